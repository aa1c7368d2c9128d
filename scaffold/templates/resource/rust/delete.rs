//! `DELETE /api/{{ many.kebab }}/{id}`: 200 with a message, 404 where there is none.

use std::process::ExitCode;

use routelet::{
    auth::Authenticator,
    http::{Request, Response, Result},
    lambda,
    store::Delete,
};
use serde_json::json;
use shared::{models::{{ one.pascal }}, resources::{{ many.pascal }}};

fn main() -> ExitCode {
    lambda::run("Failed to delete {{ one.words }}", delete)
}

async fn delete(request: Request, (authenticator, {{ many.snake }}): (Authenticator, {{ many.pascal }}<Delete>)) -> Result {
    authenticator.caller(&request)?;
    let id = request.item_id::<{{ one.pascal }}>()?;
    {{ many.snake }}.delete(id, &request.expected()?).await?;
    Response::ok(&json!({"message": "{{ one.sentence }} deleted"}))
}
