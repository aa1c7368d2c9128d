//! `GET /api/tasks/{id}`: 200 with the task, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::Task, resources::Tasks};

fn main() -> ExitCode {
    lambda::run("Failed to fetch task", get)
}

async fn get(request: Request, tasks: Tasks<Read>) -> Result {
    let id = request.item_id::<Task>()?;
    Response::item(&request, &tasks.get(id).await?)
}
