//! `GET /api/{{ many.kebab }}`: 200 with the {{ many.words }} in id order.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::{{ one.pascal }}, resources::{{ many.pascal }}};

fn main() -> ExitCode {
    lambda::run("Failed to fetch {{ many.words }}", list)
}

async fn list(request: Request, {{ many.snake }}: {{ many.pascal }}<Read>) -> Result {
    let wanted = request.page::<{{ one.pascal }}>()?;
    Response::page(&wanted, &{{ many.snake }}.list(&wanted).await?)
}
