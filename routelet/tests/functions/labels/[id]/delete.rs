//! `DELETE /labels/{id}`: 200 with a message, 404 if there is none.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Delete,
};
use routelet_tests::{Label, Labels};
use serde_json::json;

fn main() -> ExitCode {
    lambda::run("Failed to delete label", delete)
}

async fn delete(request: Request, labels: Labels<Delete>) -> Result {
    let id = request.item_id::<Label>()?;
    labels.delete(id, &request.expected()?).await?;
    Response::ok(&json!({"message": "Label deleted"}))
}
