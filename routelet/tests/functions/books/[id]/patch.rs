//! `PATCH /books/{id}`: 200 with the book after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use routelet_tests::{Book, BookChanges, Books};

fn main() -> ExitCode {
    lambda::run("Failed to update book", patch)
}

async fn patch(request: Request, (authenticator, books): (Authenticator, Books<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json(BookChanges::read_patch)?;
    let id = request.item_id::<Book>()?;
    Response::changed(&books.update(id, &changes, &request.expected()?).await?)
}
