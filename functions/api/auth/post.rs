//! `POST /api/auth`: validates the bearer token. No tokens can be configured yet, so none is valid: 401.

use std::process::ExitCode;

use shared::{
    http::{Error, Request, Result},
    lambda,
};

fn main() -> ExitCode {
    lambda::run("Failed to authorize", post)
}

async fn post(_: Request, (): ()) -> Result {
    Err(Error::Unauthorized)
}
