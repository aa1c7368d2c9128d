//! `PUT /api/tasks/{id}`: 200 with the task after the change. `title` is required; what is left out keeps its
//! value.

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
    lambda::run("Failed to update task", put)
}

async fn put(request: Request, (authenticator, tasks): (Authenticator, Tasks<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json(TaskChanges::read_put)?;
    let id = request.item_id::<Task>()?;
    Response::changed(&tasks.update(id, &changes, &request.expected()?).await?)
}
