//! `POST /api/posts`: 201 with the new post and where it is.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Create,
};
use shared::{models::NewPost, resources::Posts};

fn main() -> ExitCode {
    lambda::run("Failed to create post", create)
}

async fn create(request: Request, (authenticator, posts): (Authenticator, Posts<Create>)) -> Result {
    let caller = authenticator.caller(&request)?;
    let new = request.json(NewPost::read)?;
    let key = request.idempotency_key(caller.id().as_deref())?;
    Response::created(&posts.create(new, key).await?)
}
