//! `GET /api/tasks`: 200 with the tasks in id order.

use std::process::ExitCode;

use shared::{
    http::{Request, Response, Result},
    lambda,
    store::{MAX_PAGE_ITEMS, Tasks},
};

fn main() -> ExitCode {
    lambda::run("Failed to fetch tasks", list)
}

async fn list(_: Request, tasks: Tasks) -> Result {
    let page = tasks.list(None, MAX_PAGE_ITEMS).await?;
    Response::ok(&page.items)
}
