//! `{{ first }}`.

use serde_json::json;

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![]
}
