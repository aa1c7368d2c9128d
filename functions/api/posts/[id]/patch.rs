//! `PATCH /api/posts/{id}`: 200 with the post after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use shared::{
    models::{Post, PostChanges},
    resources::Posts,
};

fn main() -> ExitCode {
    lambda::run("Failed to update post", patch)
}

async fn patch(request: Request, (authenticator, posts): (Authenticator, Posts<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json(PostChanges::read_patch)?;
    let id = request.item_id::<Post>()?;
    Response::changed(&posts.update(id, &changes, &request.expected()?).await?)
}
