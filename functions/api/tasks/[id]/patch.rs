//! `PATCH /api/tasks/{id}`: 200 with the task after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::{Task, TaskChanges},
    store::{Tasks, Update},
};

fn main() -> ExitCode {
    lambda::run("Failed to update task", patch)
}

async fn patch(request: Request, (guard, tasks): (Guard, Tasks<Update>)) -> Result {
    guard.caller(&request)?;
    let changes = request.json(TaskChanges::read_patch)?;
    let id = request.item::<Task>()?;
    Response::changed(&tasks.update(id, &changes, &request.expected()?).await?)
}
