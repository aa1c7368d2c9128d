//! `DELETE /api/tasks/{id}`: 200 with a message, 404 where there is none.

use std::process::ExitCode;

use serde_json::json;
use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::Task,
    store::{Delete, Tasks},
};

fn main() -> ExitCode {
    lambda::run("Failed to delete task", delete)
}

async fn delete(request: Request, (guard, tasks): (Guard, Tasks<Delete>)) -> Result {
    guard.caller(&request)?;
    let id = request.item::<Task>()?;
    tasks.delete(id, &request.expected()?).await?;
    Response::ok(&json!({"message": "Task deleted"}))
}
