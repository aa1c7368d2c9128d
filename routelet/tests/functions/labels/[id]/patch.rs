//! `PATCH /labels/{id}`: 200 with the label after a JSON Merge Patch (RFC 7396).

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use routelet_tests::{Label, LabelChanges, Labels};

fn main() -> ExitCode {
    lambda::run("Failed to update label", patch)
}

async fn patch(request: Request, labels: Labels<Update>) -> Result {
    let changes = request.json(LabelChanges::read_patch)?;
    let id = request.item_id::<Label>()?;
    Response::changed(&labels.update(id, &changes, &request.expected()?).await?)
}
