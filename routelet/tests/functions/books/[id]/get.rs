//! `GET /books/{id}`: 200 with the book, 404 if there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Book, Books};

fn main() -> ExitCode {
    lambda::run("Failed to fetch book", get)
}

async fn get(request: Request, books: Books<Read>) -> Result {
    let id = request.item_id::<Book>()?;
    Response::item(&request, &books.get(id).await?)
}
