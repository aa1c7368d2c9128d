//! `GET /api/tasks/{id}`: 200 with the task, 404 where there is none.

use std::process::ExitCode;

use shared::{
    http::{Request, Response, Result},
    lambda,
    models::Task,
    store::{Read, Tasks},
};

fn main() -> ExitCode {
    lambda::run("Failed to fetch task", get)
}

async fn get(request: Request, tasks: Tasks<Read>) -> Result {
    let id = request.item::<Task>()?;
    Response::item(&request, &tasks.get(id).await?)
}
