//! `GET /api/auth`: 200 where there is an `Authorization` header, and a valid token in it where tokens are
//! configured; else 401.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Credentials, Error, Request, Response, Result},
    lambda,
};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to authorize", get)
}

async fn get(request: Request, authenticator: Authenticator) -> Result {
    // The gateway joins repeated headers with commas: two blank ones are still blank.
    let is_blank = |value: &str| value.chars().all(|letter| letter == ',' || letter.is_whitespace());
    if request.header("authorization").is_none_or(is_blank) {
        return Err(Error::Unauthorized(Credentials::Missing));
    }
    authenticator.caller(&request)?;
    Response::ok(&json!({"authorized": true}))
}
