//! `POST /api/{{ many.kebab }}`: 201 with the new {{ one.words }} and where it is.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Create,
};
use shared::{models::New{{ one.pascal }}, resources::{{ many.pascal }}};

fn main() -> ExitCode {
    lambda::run("Failed to create {{ one.words }}", create)
}

async fn create(request: Request, (authenticator, {{ many.snake }}): (Authenticator, {{ many.pascal }}<Create>)) -> Result {
    let caller = authenticator.caller(&request)?;
    let new = request.json(New{{ one.pascal }}::read)?;
    let key = request.idempotency_key(caller.id().as_deref())?;
    Response::created(&{{ many.snake }}.create(new, key).await?)
}
