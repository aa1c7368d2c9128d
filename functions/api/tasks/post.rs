//! `POST /api/tasks`: 201 with the new task and where it is.

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::NewTask,
    store::{Create, Tasks},
};

fn main() -> ExitCode {
    lambda::run("Failed to create task", create)
}

async fn create(request: Request, (guard, tasks): (Guard, Tasks<Create>)) -> Result {
    let caller = guard.caller(&request)?;
    let new = request.json(NewTask::read)?;
    let once = request.once(caller.id().as_deref())?;
    Response::created(&tasks.create(new, once).await?)
}
