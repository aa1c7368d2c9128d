//! `GET /api/tasks`: 200 with the tasks in id order.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::Task, resources::Tasks};

fn main() -> ExitCode {
    lambda::run("Failed to fetch tasks", list)
}

async fn list(request: Request, tasks: Tasks<Read>) -> Result {
    let wanted = request.page::<Task>()?;
    Response::page(&wanted, &tasks.list(&wanted).await?)
}
