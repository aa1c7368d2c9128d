//! `GET /books`: 200 with the books in id order; `?author=` keeps those of one author, without regard to
//! case.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Book, Books};

fn main() -> ExitCode {
    lambda::run("Failed to fetch books", list)
}

async fn list(request: Request, books: Books<Read>) -> Result {
    let wanted = request.page::<Book>()?;
    Response::page(&wanted, &books.list(&wanted).await?)
}
