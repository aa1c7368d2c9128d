//! The page, `/`. What every file that is served must be is tested in `web`.

use crate::{
    routes::{Event, Route},
    web::content,
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("page", 200, content("web/dist/page.html").into())]
}
