//! `PUT /api/posts/{id}`: 200 with the post after the fields that are given and not empty have changed.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::{Read, Update},
};
use shared::{
    models::{Post, PostChanges},
    resources::Posts,
};

fn main() -> ExitCode {
    lambda::run("Failed to update post", put)
}

async fn put(
    request: Request,
    (authenticator, posts, stored): (Authenticator, Posts<Update>, Posts<Read>),
) -> Result {
    authenticator.caller(&request)?;
    let id = request.item_id::<Post>()?;
    match request.json(PostChanges::read_put) {
        Ok(changes) => Response::changed(&posts.update(id, &changes, &request.expected()?).await?),
        // Where there is no such post, 404 comes before anything is said about the body.
        Err(refused) => {
            stored.get(id).await?;
            Err(refused)
        }
    }
}
