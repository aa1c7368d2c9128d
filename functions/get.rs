//! `GET /`, `/posts`, `/tasks`: the page that uses this API. It finds out for itself at which of the three it
//! is.

use std::process::ExitCode;

use routelet::{
    http::{File, Request, Response, Result},
    lambda,
};

const PAGE: File = embed::html!("../web/dist/page.html");

fn main() -> ExitCode {
    lambda::run("Failed to fetch page", page)
}

async fn page(request: Request, (): ()) -> Result {
    Response::file(&request, &PAGE)
}
