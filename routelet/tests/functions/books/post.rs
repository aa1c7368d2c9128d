//! `POST /books`: 201 with the new book and where it is.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Create,
};
use routelet_tests::{Books, NewBook};

fn main() -> ExitCode {
    lambda::run("Failed to create book", create)
}

async fn create(request: Request, (authenticator, books): (Authenticator, Books<Create>)) -> Result {
    let caller = authenticator.caller(&request)?;
    let new = request.json(NewBook::read)?;
    let key = request.idempotency_key(caller.id().as_deref())?;
    Response::created(&books.create(new, key).await?)
}
