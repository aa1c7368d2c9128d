//! `PATCH /api/tasks/{id}`: 200 with the task after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use shared::{
    models::{Task, TaskChanges},
    resources::Tasks,
};

fn main() -> ExitCode {
    lambda::run("Failed to update task", patch)
}

async fn patch(request: Request, (authenticator, tasks): (Authenticator, Tasks<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json(TaskChanges::read_patch)?;
    let id = request.item_id::<Task>()?;
    Response::changed(&tasks.update(id, &changes, &request.expected()?).await?)
}
