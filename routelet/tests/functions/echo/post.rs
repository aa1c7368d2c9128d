//! `POST /echo`: 200 with the JSON that was sent, whatever it is.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    model::Json,
};
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
struct Echo {
    received: Box<RawValue>,
}

fn main() -> ExitCode {
    lambda::run("Failed to echo", echo)
}

async fn echo(request: Request, (): ()) -> Result {
    let received = request.json(|json: Json<'_>| Ok(json.as_raw().to_owned()))?;
    Response::ok(&Echo { received })
}
