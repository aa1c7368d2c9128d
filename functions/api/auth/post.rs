//! `POST /api/auth`: validates the bearer token, 200 or 401. Where no tokens are configured, none is valid.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Credentials, Error, Request, Response, Result},
    lambda,
};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to authorize", post)
}

async fn post(request: Request, authenticator: Authenticator) -> Result {
    if authenticator.caller(&request)?.is_anonymous() {
        return Err(Error::Unauthorized(Credentials::Missing));
    }
    Response::ok(&json!({"authorized": true}))
}
