//! `GET /greeting`: 200, and needs nothing for it: neither a database nor a body.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to greet", greet)
}

async fn greet(_: Request, (): ()) -> Result {
    Response::ok(&json!({"message": "Hello"}))
}
