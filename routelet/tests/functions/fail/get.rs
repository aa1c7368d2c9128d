//! `GET /fail?how=`: fails in the way that is asked for.

use std::{future::pending, process::ExitCode};

use routelet::{
    http::{Error, Request, Response, Result},
    lambda,
};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed on demand", fail)
}

async fn fail(request: Request, (): ()) -> Result {
    match request.query("how").as_deref() {
        Some("panic") => panic!("the caller asked for it"),
        Some("error") => Err(Error::Internal("a cause for the log".to_owned())),
        // It is never done, so the function gives up a second before its timeout.
        Some("wait") => pending().await,
        _ => Response::ok(&json!({"message": "Nothing failed"})),
    }
}
