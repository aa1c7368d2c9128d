//! From the text of a header, a parameter or a body to a JSON value that a schema can judge.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::{Number, Value, value::RawValue};

use super::node::Node;

/// A text as the type that a schema asks for, or as the text that it is.
pub(super) fn typed(schema: &Node<'_>, text: &str) -> Value {
    let value = match schema.text("type") {
        Some("integer" | "number") => number(text).map(Value::Number),
        Some("boolean") => text.parse().ok().map(Value::Bool),
        _ => None,
    };
    value.unwrap_or_else(|| text.into())
}

/// As JavaScript's `Number()` reads it, which the tutorials' `z.coerce.number()` asks.
fn number(text: &str) -> Option<Number> {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let radix = match text.get(..2).unwrap_or_default().to_lowercase().as_str() {
        "0x" => 16,
        "0o" => 8,
        "0b" => 2,
        _ => return text.parse().ok().and_then(Number::from_f64),
    };
    u64::from_str_radix(&text[2..], radix).ok().map(Number::from)
}

/// A query's names and values, decoded. Of a repeated name the first counts.
pub(super) fn query(query: &str) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        parameters.entry(decode(name)).or_insert_with(|| decode(value));
    }
    parameters
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// A body as JSON; nothing if JSON can say it and [`Value`] can't hold it: 5,000 brackets, 1e400, half of a
/// surrogate pair.
pub(super) fn json(body: &[u8]) -> Result<Option<Value>, serde_json::Error> {
    let read = serde_json::from_slice(body).map(Some);
    read.or_else(|error| serde_json::from_slice::<&RawValue>(body).map(|_| None).map_err(|_| error))
}

/// A content type without its parameters, in lower case.
pub fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_lowercase()
}
