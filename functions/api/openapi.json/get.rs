//! `GET /api/openapi.json`: the contract of this API, which `openapi.yaml` is, as JSON.

use std::process::ExitCode;

use routelet::{
    http::{File, Request, Response, Result},
    lambda,
};

const DOCUMENT: File = embed::json!("../openapi.yaml");

fn main() -> ExitCode {
    lambda::run("Failed to fetch document", openapi)
}

async fn openapi(request: Request, (): ()) -> Result {
    Response::file(&request, &DOCUMENT)
}
