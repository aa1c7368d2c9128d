//! `POST /form`: 200 with two fields of a form, url-encoded or multipart.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
};
use serde::Serialize;

#[derive(Serialize)]
struct Fields<'a> {
    title: Option<&'a str>,
    author: Option<&'a str>,
}

fn main() -> ExitCode {
    lambda::run("Failed to read the form", form)
}

async fn form(request: Request, (): ()) -> Result {
    let form = request.form(&["title", "author"]).await?;
    Response::ok(&Fields { title: form.text("title")?, author: form.text("author")? })
}
