//! `DELETE /api/tasks/{id}`: 200 with a message, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Delete,
};
use serde_json::json;
use shared::{models::Task, resources::Tasks};

fn main() -> ExitCode {
    lambda::run("Failed to delete task", delete)
}

async fn delete(request: Request, (authenticator, tasks): (Authenticator, Tasks<Delete>)) -> Result {
    authenticator.caller(&request)?;
    let id = request.item_id::<Task>()?;
    tasks.delete(id, &request.expected()?).await?;
    Response::ok(&json!({"message": "Task deleted"}))
}
