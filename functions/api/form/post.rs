//! `POST /api/form`: 200 with two fields of a form, url-encoded or multipart.

use std::process::ExitCode;

use serde_json::json;
use shared::{
    http::{Request, Response, Result},
    lambda,
};

fn main() -> ExitCode {
    lambda::run("Failed to read the form", form)
}

async fn form(request: Request) -> Result {
    let form = request.form().await?;
    Response::ok(&json!({"title": form.text("title")?, "author": form.text("author")?}))
}
