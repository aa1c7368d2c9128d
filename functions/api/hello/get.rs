//! `GET /api/hello`: 200 with a greeting.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to greet", hello)
}

async fn hello(_: Request, (): ()) -> Result {
    Response::ok(&json!({"message": "Hello, World!"}))
}
