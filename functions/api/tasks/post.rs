//! `POST /api/tasks`: 201 with the new task and where it is.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Create,
};
use shared::{models::NewTask, resources::Tasks};

fn main() -> ExitCode {
    lambda::run("Failed to create task", create)
}

async fn create(request: Request, (authenticator, tasks): (Authenticator, Tasks<Create>)) -> Result {
    let caller = authenticator.caller(&request)?;
    let new = request.json(NewTask::read)?;
    let key = request.idempotency_key(caller.id().as_deref())?;
    Response::created(&tasks.create(new, key).await?)
}
