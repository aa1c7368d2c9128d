//! The rules, in Zod 4's words: expected texts were printed by `zod` 4 itself for the same schemas.

mod post;
mod task;

use proptest::{collection::vec, prelude::*};
use routelet::model::{Invalid, Json};
use serde_json::{Map, Value, json};
use testkit::any;

/// What `read` says of `body`: the issues as JSON, the sentence, or `null` where it is fine.
fn verdict<T>(read: impl FnOnce(Json<'_>) -> Result<T, Invalid>, body: &str) -> Value {
    match Json::parse(body.as_bytes()).and_then(read) {
        Ok(_) => Value::Null,
        Err(Invalid::Issues(issues)) => json!(issues),
        Err(Invalid::Message(message)) => json!(message),
        Err(Invalid::Json(detail)) => json!(format!("Invalid JSON: {detail}")),
        Err(Invalid::Text(detail)) => json!(format!("Invalid text: {detail}")),
    }
}

/// The issues of a body that is no object.
fn no_object(received: &str) -> Value {
    let message = format!("Invalid input: expected object, received {received}");
    json!([{"expected": "object", "code": "invalid_type", "path": [], "message": message}])
}

/// Bodies that are no object, and what they are.
const NO_OBJECTS: [(&str, &str); 5] =
    [("[]", "array"), ("null", "null"), ("\"x\"", "string"), ("5", "number"), ("true", "boolean")];

fn too_big(field: &str, maximum: u64, unit: &str) -> Value {
    let message = format!("Too big: expected string to have <={maximum} {unit}");
    json!({"origin": "string", "code": "too_big", "maximum": maximum, "inclusive": true, "path": [field],
           "message": message})
}

/// The message about half of a surrogate pair.
fn half(field: &str, line: usize, column: usize) -> Value {
    json!(format!("Invalid text: {field} has half of a surrogate pair at line {line} column {column}"))
}

/// An object of some of these fields, right or wrong.
fn document(names: &'static [&str]) -> impl Strategy<Value = Map<String, Value>> {
    let name = prop_oneof![
        6 => proptest::sample::select(names).prop_map(str::to_owned),
        1 => any::text(),
    ];
    let value = prop_oneof![
        Just(Value::Null),
        Just(Value::from("")),
        any::json(),
        any::text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (9_998..10_003_usize).prop_map(|length| "é".repeat(length).into()),
        (498..503_usize).prop_map(|length| "漢".repeat(length).into()),
    ];
    vec((name, value), 0..6).prop_map(|fields| fields.into_iter().collect())
}

/// Whether a value is a text of a number of characters.
fn is_text(value: Option<&Value>, least: usize, most: usize) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| (least..=most).contains(&text.chars().count()))
}

/// The fields of a document that are named.
fn only(document: &Map<String, Value>, names: &[&str]) -> Value {
    let kept = document.iter().filter(|(name, _)| names.contains(&name.as_str()));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>().into()
}

/// What `read` makes of a document, or that it refuses it.
fn made<T: serde::Serialize>(
    read: impl FnOnce(Json<'_>) -> Result<T, Invalid>,
    document: &Map<String, Value>,
) -> Option<Value> {
    Json::parse(json!(document).to_string().as_bytes()).and_then(read).ok().map(|made| json!(made))
}
