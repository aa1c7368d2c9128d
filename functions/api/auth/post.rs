//! `POST /api/auth`: validates the bearer token, 200 or 401. Where no tokens are configured, none is valid.

use std::process::ExitCode;

use serde_json::json;
use shared::{
    auth::Guard,
    http::{Credentials, Error, Request, Response, Result},
    lambda,
};

fn main() -> ExitCode {
    lambda::run("Failed to authorize", post)
}

async fn post(request: Request, guard: Guard) -> Result {
    if guard.caller(&request)?.is_anonymous() {
        return Err(Error::Unauthorized(Credentials::Missing));
    }
    Response::ok(&json!({"authorized": true}))
}
