//! `DELETE /books/{id}`: 200 with a message and the book as it was, 404 if there is none.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Delete,
};
use routelet_tests::{Book, Books};
use serde::Serialize;

#[derive(Serialize)]
struct Deleted {
    message: &'static str,
    deleted: Book,
}

fn main() -> ExitCode {
    lambda::run("Failed to delete book", delete)
}

async fn delete(request: Request, (authenticator, books): (Authenticator, Books<Delete>)) -> Result {
    authenticator.caller(&request)?;
    let id = request.item_id::<Book>()?;
    let deleted = books.delete(id, &request.expected()?).await?;
    Response::ok(&Deleted { message: "Book deleted", deleted })
}
