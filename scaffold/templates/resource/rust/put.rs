//! `PUT /api/{{ many.kebab }}/{id}`: 200 with the {{ one.words }} after the change; {{ put_rule }}.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Update,
};
use shared::{
    models::{ {{- one.pascal }}, {{ one.pascal }}Changes},
    resources::{{ many.pascal }},
};

fn main() -> ExitCode {
    lambda::run("Failed to update {{ one.words }}", put)
}

async fn put(request: Request, (authenticator, {{ many.snake }}): (Authenticator, {{ many.pascal }}<Update>)) -> Result {
    authenticator.caller(&request)?;
    let changes = request.json({{ one.pascal }}Changes::read_put)?;
    let id = request.item_id::<{{ one.pascal }}>()?;
    Response::changed(&{{ many.snake }}.update(id, &changes, &request.expected()?).await?)
}
