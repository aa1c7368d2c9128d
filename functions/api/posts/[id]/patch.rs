//! `PATCH /api/posts/{id}`: 200 with the post after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::{Post, PostChanges},
    store::{Posts, Update},
};

fn main() -> ExitCode {
    lambda::run("Failed to update post", patch)
}

async fn patch(request: Request, (guard, posts): (Guard, Posts<Update>)) -> Result {
    guard.caller(&request)?;
    let changes = request.json(PostChanges::read_patch)?;
    let id = request.item::<Post>()?;
    Response::changed(&posts.update(id, &changes, &request.expected()?).await?)
}
