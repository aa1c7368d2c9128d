//! `GET /books/{id}/exists` — 200 with whether there is such a book.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Book, Books};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to fetch book", exists)
}

async fn exists(request: Request, books: Books<Read>) -> Result {
    let id = request.item_id::<Book>()?;
    Response::ok(&json!({"exists": books.exists(id).await?}))
}
