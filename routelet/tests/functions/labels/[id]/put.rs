//! `PUT /labels/{id}`: 200 with the label after the change. What is left out keeps its value. It works with
//! two stores: if there is no such label, 404 comes before anything is said about the body.

use std::process::ExitCode;

use routelet::{
    http::{Request, Response, Result},
    lambda,
    store::{Read, Update},
};
use routelet_tests::{Label, LabelChanges, Labels};

fn main() -> ExitCode {
    lambda::run("Failed to update label", put)
}

async fn put(request: Request, (labels, stored): (Labels<Update>, Labels<Read>)) -> Result {
    let id = request.item_id::<Label>()?;
    match request.json(LabelChanges::read_put) {
        Ok(changes) => Response::changed(&labels.update(id, &changes, &request.expected()?).await?),
        Err(refused) => {
            stored.get(id).await?;
            Err(refused)
        }
    }
}
