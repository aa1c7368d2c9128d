//! `GET /api/posts`: 200 with the posts in id order; `?author=` keeps those of one author, without regard to case.

use std::process::ExitCode;

use shared::{
    http::{Request, Response, Result},
    lambda,
    store::{MAX_PAGE_ITEMS, Posts},
};

fn main() -> ExitCode {
    lambda::run("Failed to fetch posts", list)
}

async fn list(request: Request, posts: Posts) -> Result {
    let page = match request.query("author").filter(|author| !author.is_empty()) {
        Some(author) => posts.list_by(&author, None, MAX_PAGE_ITEMS).await?,
        None => posts.list(None, MAX_PAGE_ITEMS).await?,
    };
    Response::ok(&page.items)
}
