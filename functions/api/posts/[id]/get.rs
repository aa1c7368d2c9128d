//! `GET /api/posts/{id}`: 200 with the post, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::Post, resources::Posts};

fn main() -> ExitCode {
    lambda::run("Failed to fetch post", get)
}

async fn get(request: Request, posts: Posts<Read>) -> Result {
    let id = request.item_id::<Post>()?;
    Response::item(&request, &posts.get(id).await?)
}
