//! `PUT /api/posts/{id}`: 200 with the post after the fields that are given and not empty have changed.

use std::process::ExitCode;

use shared::{
    auth::Guard,
    http::{Request, Response, Result},
    lambda,
    models::{Post, PostChanges},
    store::{Posts, Read, Update},
};

fn main() -> ExitCode {
    lambda::run("Failed to update post", put)
}

async fn put(request: Request, (guard, posts, stored): (Guard, Posts<Update>, Posts<Read>)) -> Result {
    guard.caller(&request)?;
    let id = request.item::<Post>()?;
    match request.json(PostChanges::read_put) {
        Ok(changes) => Response::changed(&posts.update(id, &changes, &request.expected()?).await?),
        // Where there is no such post, 404 comes before anything is said about the body.
        Err(refused) => {
            stored.get(id).await?;
            Err(refused)
        }
    }
}
