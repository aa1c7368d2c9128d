//! `PUT /api/tasks/{id}`: 200 with the task after the change. `title` is required; what is left out keeps its
//! value.

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::{Task, TaskChanges},
    store::{Tasks, Update},
};

fn main() -> ExitCode {
    lambda::run("Failed to update task", put)
}

async fn put(request: Request, (guard, tasks): (Guard, Tasks<Update>)) -> Result {
    guard.caller(&request)?;
    let changes = request.json(TaskChanges::read_put)?;
    let id = request.item::<Task>()?;
    Response::changed(&tasks.update(id, &changes, &request.expected()?).await?)
}
