//! `POST /labels`: 201 with the new label and where it is.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Create,
};
use routelet_tests::{Labels, NewLabel};

fn main() -> ExitCode {
    lambda::run("Failed to create label", create)
}

async fn create(request: Request, labels: Labels<Create>) -> Result {
    let new = request.json(NewLabel::read)?;
    let key = request.idempotency_key(None)?;
    Response::created(&labels.create(new, key).await?)
}
