//! `PUT /books/{id}`: 200 with the book after the change. What is left out keeps its value. What is wrong
//! with the body is told before whether there is such a book.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use routelet_tests::{Book, BookChanges, Books};

fn main() -> ExitCode {
    lambda::run("Failed to update book", put)
}

async fn put(request: Request, (authenticator, books): (Authenticator, Books<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json(BookChanges::read_put)?;
    let id = request.item_id::<Book>()?;
    Response::changed(&books.update(id, &changes, &request.expected()?).await?)
}
