//! `POST /api/posts`: 201 with the new post and where it is.

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::NewPost,
    store::{Create, Posts},
};

fn main() -> ExitCode {
    lambda::run("Failed to create post", create)
}

async fn create(request: Request, (guard, posts): (Guard, Posts<Create>)) -> Result {
    let caller = guard.caller(&request)?;
    let new = request.json(NewPost::read)?;
    let once = request.once(caller.id().as_deref())?;
    Response::created(&posts.create(new, once).await?)
}
