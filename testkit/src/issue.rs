//! Issues as Zod 4 words them.

use serde_json::{Value, json};

/// The issue of a field that is of another type.
pub fn wrong_type(field: &str, expected: &str, received: &str) -> Value {
    let message = format!("Invalid input: expected {expected}, received {received}");
    json!({"code": "invalid_type", "expected": expected, "path": [field], "message": message})
}
