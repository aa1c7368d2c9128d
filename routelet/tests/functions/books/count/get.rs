//! `GET /books/count` — 200 with how many books there are, of those that the filters keep; past 10,000, with
//! `more`.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Book, Books};

fn main() -> ExitCode {
    lambda::run("Failed to count books", count)
}

async fn count(request: Request, books: Books<Read>) -> Result {
    Response::ok(&books.count(&request.filters::<Book>()?).await?)
}
