//! `GET /api/docs`: the reference of this API, to read and to try.

use std::process::ExitCode;

use routelet::{
    http::{File, Request, Response, Result},
    lambda,
};

const REFERENCE: File = embed::html!("../web/dist/reference.html");

fn main() -> ExitCode {
    lambda::run("Failed to fetch reference", docs)
}

async fn docs(request: Request, (): ()) -> Result {
    Response::file(&request, &REFERENCE)
}
