//! `DELETE /api/posts/{id}`: 200 with a message and the post as it was, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Delete,
};
use serde::Serialize;
use shared::{models::Post, resources::Posts};

#[derive(Serialize)]
struct Deleted {
    message: &'static str,
    deleted: Post,
}

fn main() -> ExitCode {
    lambda::run("Failed to delete post", delete)
}

async fn delete(request: Request, (authenticator, posts): (Authenticator, Posts<Delete>)) -> Result {
    authenticator.caller(&request)?;
    let id = request.item_id::<Post>()?;
    let deleted = posts.delete(id, &request.expected()?).await?;
    Response::ok(&Deleted { message: "Post deleted", deleted })
}
