//! Which part of the document an exchange falls under.

use super::{
    document::Document, drift::Drift, exchange::Exchange, gateway, node::Node, path::Path, request, response,
};

/// Checks an exchange against the part of the document that it falls under.
pub(super) fn check(exchange: &Exchange<'_>, document: &Document) -> Result<(), Drift> {
    if gateway::answered(exchange) {
        return Ok(());
    }
    let method = exchange.request.described_as();
    let path = document.path(&method, exchange.request.path());
    let operation = path.as_ref().and_then(|path| path.item.child(&method));
    match (&path, operation) {
        (Some(path), Some(operation)) => {
            let id = operation.text("operationId").unwrap_or("an operation without an id");
            under(exchange, path, &operation).map_err(|drift| drift.under(id))
        }
        _ => under_none(exchange, document, path.is_some()).map_err(|drift| drift.under("fallback")),
    }
}

fn under(exchange: &Exchange<'_>, path: &Path<'_>, operation: &Node<'_>) -> Result<(), Drift> {
    let status = exchange.response.status.to_string();
    let responses = operation.child("responses");
    let described = responses.and_then(|responses| responses.child(&status));
    let Some(described) = described else {
        return Err(Drift::new(format!("{}/responses", operation.pointer), "this status is not there"));
    };
    response::check(&described, exchange)?;
    if (200..300).contains(&exchange.response.status) {
        request::check(path, operation, &exchange.request)
    } else {
        Ok(())
    }
}

/// What no operation describes is answered by `fallback`.
fn under_none(exchange: &Exchange<'_>, document: &Document, path_is_known: bool) -> Result<(), Drift> {
    let expected: &[u16] = match (path_is_known, exchange.request.method) {
        (true, "OPTIONS") => &[204],
        (true, _) => &[405],
        (false, _) if exchange.request.has_a_slash_too_many() => &[308],
        (false, _) => &[404],
    };
    let status = exchange.response.status;
    let described = document.root().child("x-fallback").and_then(|all| all.child(&status.to_string()));
    match described {
        Some(described) if expected.contains(&status) => response::check(&described, exchange),
        _ => Err(Drift::new(
            "/x-fallback",
            format!("no operation covers this, so it has to be a {expected:?}"),
        )),
    }
}
