//! `GET /api/auth`: 200 where there is an `Authorization` header, 401 where there is none or a blank one.

use std::process::ExitCode;

use serde_json::json;
use shared::{
    http::{Error, Request, Response, Result},
    lambda,
};

fn main() -> ExitCode {
    lambda::run("Failed to authorize", get)
}

async fn get(request: Request, (): ()) -> Result {
    // The gateway joins repeated headers with commas: two blank ones are still blank.
    let is_blank = |value: &str| value.chars().all(|letter| letter == ',' || letter.is_whitespace());
    if request.header("authorization").is_none_or(is_blank) {
        return Err(Error::Unauthorized);
    }
    Response::ok(&json!({"authorized": true}))
}
