//! `GET /api/{{ many.kebab }}/{id}`: 200 with the {{ one.words }}, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::{{ one.pascal }}, resources::{{ many.pascal }}};

fn main() -> ExitCode {
    lambda::run("Failed to fetch {{ one.words }}", get)
}

async fn get(request: Request, {{ many.snake }}: {{ many.pascal }}<Read>) -> Result {
    let id = request.item_id::<{{ one.pascal }}>()?;
    Response::item(&request, &{{ many.snake }}.get(id).await?)
}
