//! `GET /labels/{id}`: 200 with the label, 404 if there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Read,
};
use routelet_tests::{Label, Labels};

fn main() -> ExitCode {
    lambda::run("Failed to fetch label", get)
}

async fn get(request: Request, labels: Labels<Read>) -> Result {
    let id = request.item_id::<Label>()?;
    Response::item(&request, &labels.get(id).await?)
}
