//! `GET /labels`: 200 with the labels in id order.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Label, Labels};

fn main() -> ExitCode {
    lambda::run("Failed to fetch labels", list)
}

async fn list(request: Request, labels: Labels<Read>) -> Result {
    let wanted = request.page::<Label>()?;
    Response::page(&wanted, &labels.list(&wanted).await?)
}
