//! A request that the API took, against what the document lets callers send.

use super::{drift::Drift, exchange::Request, node::Node, path::Path, text};

pub(super) fn check(path: &Path<'_>, operation: &Node<'_>, request: &Request<'_>) -> Result<(), Drift> {
    let query = text::query(request.query());
    for parameter in [&path.item, operation].into_iter().filter_map(|node| node.child("parameters")) {
        for parameter in parameter.items() {
            let name = parameter.text("name").unwrap_or_default();
            let value = match parameter.text("in") {
                Some("path") => {
                    path.parameters.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
                }
                Some("query") => query.get(name).map(String::as_str),
                Some("header") => request.header(name),
                _ => return Err(Drift::new(&parameter.pointer, "a parameter of a kind that nobody reads")),
            };
            is_allowed(&parameter, name, value)?;
        }
    }
    operation.child("requestBody").map_or(Ok(()), |described| body(&described, request))
}

fn is_allowed(parameter: &Node<'_>, name: &str, value: Option<&str>) -> Result<(), Drift> {
    let Some(value) = value else {
        let is_required = parameter.value["required"] == true;
        let missing = || Drift::new(&parameter.pointer, format!("{name} is missing, and was not asked for"));
        return if is_required { Err(missing()) } else { Ok(()) };
    };
    if value.is_empty() && parameter.value["allowEmptyValue"] == true {
        return Ok(());
    }
    let schema = parameter.child("schema");
    let schema = schema.ok_or_else(|| Drift::new(&parameter.pointer, "a parameter without a schema"))?;
    schema.validate(name, &text::typed(&schema, value))
}

fn body(described: &Node<'_>, request: &Request<'_>) -> Result<(), Drift> {
    let content = described.child("content").map(|content| content.children()).unwrap_or_default();
    let sent = text::media_type(request.header("content-type").unwrap_or_default());
    // Whatever its content type says, unless the operation reads forms.
    let json = content.iter().find(|(name, _)| text::media_type(name) == "application/json");
    match json {
        Some((_, json)) if !request.body.is_empty() => json_is(json, request.body),
        None if content.iter().any(|(name, _)| text::media_type(name) == sent) => Ok(()),
        _ if request.body.is_empty() && described.value["required"] != true => Ok(()),
        _ if request.body.is_empty() => {
            Err(Drift::new(&described.pointer, "a body is required, and none was sent"))
        }
        _ => Err(Drift::new(&described.pointer, format!("the content type {sent:?} is not there"))),
    }
}

fn json_is(described: &Node<'_>, body: &[u8]) -> Result<(), Drift> {
    // `request.json()` drops it, too.
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let body = text::json(body)
        .map_err(|error| Drift::new(&described.pointer, format!("the request is no JSON: {error}")))?;
    let schema = described.child("schema");
    schema.zip(body).map_or(Ok(()), |(schema, body)| schema.validate("the request", &body))
}

impl Request<'_> {
    fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    }
}
