//! `DELETE /api/posts/{id}`: 200 with a message and the post as it was, 404 where there is none.

use std::process::ExitCode;

use serde::Serialize;
use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::Post,
    store::{Delete, Posts},
};

#[derive(Serialize)]
struct Deleted {
    message: &'static str,
    deleted: Post,
}

fn main() -> ExitCode {
    lambda::run("Failed to delete post", delete)
}

async fn delete(request: Request, (guard, posts): (Guard, Posts<Delete>)) -> Result {
    guard.caller(&request)?;
    let id = request.item::<Post>()?;
    let deleted = posts.delete(id, &request.expected()?).await?;
    Response::ok(&Deleted { message: "Post deleted", deleted })
}
