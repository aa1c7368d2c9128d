//! An answer against its description.

use super::{drift::Drift, exchange::Exchange, gateway, node::Node, text};

pub(super) fn check(described: &Node<'_>, exchange: &Exchange<'_>) -> Result<(), Drift> {
    headers(described, exchange)?;
    let body = exchange.response.body;
    match described.child("content") {
        Some(content) => content_is(&content, exchange),
        None if !body.is_empty() => {
            Err(Drift::new(&described.pointer, "there is a body, and none is described"))
        }
        None if exchange.response.headers.contains_key("content-type") => {
            Err(Drift::new(&described.pointer, "there is a content-type, and no body is described"))
        }
        None => Ok(()),
    }
}

fn headers(described: &Node<'_>, exchange: &Exchange<'_>) -> Result<(), Drift> {
    let mut sent = gateway::without_its_own(exchange.response.headers);
    // It belongs to the body.
    sent.retain(|(name, _)| *name != "content-type");
    let known = described.child("headers").map(|headers| headers.children()).unwrap_or_default();
    for (name, header) in &known {
        let values: Vec<_> = sent.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name)).collect();
        match values[..] {
            [] if header.value["required"] == true => {
                return Err(Drift::new(&header.pointer, format!("the header {name} is missing")));
            }
            [] => {}
            [(_, value)] => {
                let schema = header.child("schema");
                let schema =
                    schema.ok_or_else(|| Drift::new(&header.pointer, "a header without a schema"))?;
                schema.validate(&format!("the header {name}"), &text::typed(&schema, value))?;
            }
            _ => return Err(Drift::new(&header.pointer, format!("the header {name} is there twice"))),
        }
    }
    let unknown =
        sent.iter().find(|(name, _)| !known.iter().any(|(known, _)| name.eq_ignore_ascii_case(known)));
    unknown.map_or(Ok(()), |(name, _)| {
        let here = format!("{}/headers", described.pointer);
        Err(Drift::new(here, format!("the header {name} is not there")))
    })
}

fn content_is(content: &Node<'_>, exchange: &Exchange<'_>) -> Result<(), Drift> {
    let response = &exchange.response;
    let content_type =
        response.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = text::media_type(content_type);
    let described = content.children().into_iter().find(|(name, _)| text::media_type(name) == media_type);
    let Some((_, described)) = described else {
        return Err(Drift::new(&content.pointer, format!("the content type {content_type:?} is not there")));
    };
    let is_whole = exchange.request.method != "HEAD" && !response.headers.contains_key("content-encoding");
    match described.child("schema") {
        Some(schema) if is_whole && media_type == "application/json" => {
            let body = text::json(response.body)
                .map_err(|error| Drift::new(&described.pointer, format!("the body is no JSON: {error}")))?;
            body.map_or(Ok(()), |body| schema.validate("the body", &body))
        }
        _ => Ok(()),
    }
}
