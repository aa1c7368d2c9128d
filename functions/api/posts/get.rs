//! `GET /api/posts`: 200 with the posts in id order; `?author=` keeps those of one author, without regard to
//! case.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use shared::{models::Post, resources::Posts};

fn main() -> ExitCode {
    lambda::run("Failed to fetch posts", list)
}

async fn list(request: Request, posts: Posts<Read>) -> Result {
    let wanted = request.page::<Post>()?;
    Response::page(&wanted, &posts.list(&wanted).await?)
}
