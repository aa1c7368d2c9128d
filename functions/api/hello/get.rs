//! `GET /api/hello`: 200 with a greeting.

use std::process::ExitCode;

use serde_json::json;
use shared::{
    http::{Request, Response, Result},
    lambda,
};

fn main() -> ExitCode {
    lambda::run("Failed to greet", hello)
}

async fn hello(_: Request, (): ()) -> Result {
    Response::ok(&json!({"message": "Hello, World!"}))
}
