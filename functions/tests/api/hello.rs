//! `/api/hello`.

use serde_json::json;

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("hello", 200, json!({"message": "Hello, World!"}))]
}

#[test]
fn hello_greets() {
    APP.start().get("/api/hello").assert(200, &json!({"message": "Hello, World!"}));
}
