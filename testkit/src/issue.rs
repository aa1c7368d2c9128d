//! Issues as Zod 4 words them.

use serde_json::{Value, json};

/// The issue of a field that is of another type.
pub fn wrong_type(field: &str, expected: &str, received: &str) -> Value {
    let message = format!("Invalid input: expected {expected}, received {received}");
    json!({"code": "invalid_type", "expected": expected, "path": [field], "message": message})
}

/// A limit of a model as the length of a text or an array.
pub fn length(limit: u64) -> usize {
    usize::try_from(limit).unwrap()
}

/// The issue of a text (`origin` is `string`) or an array that is too long.
pub fn too_big(path: &Value, origin: &str, maximum: u64) -> Value {
    let unit = if origin == "array" { "items" } else { "characters" };
    let message = format!("Too big: expected {origin} to have <={maximum} {unit}");
    json!({"code": "too_big", "origin": origin, "maximum": maximum, "inclusive": true, "path": path,
           "message": message})
}
