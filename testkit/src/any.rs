//! Any input, for tests of what must hold of every one.

use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::Value;

/// A few hundred cases, and no file of those that failed before: a failure prints the smallest input, which
/// becomes a test of its own.
pub fn cases() -> ProptestConfig {
    ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() }
}

/// Text: any, or with what matters in headers, queries and forms.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ -~]{0,40}", r#"[",;=&%*/W\\\r\n\t -]{0,20}"#]
}

/// Any JSON value, a few levels deep.
pub fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((text(), inner), 0..5).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Bytes with a few of them changed, left out, repeated or put in.
pub fn damaged(valid: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let damage = (any::<Index>(), any::<u8>(), 0..5_u8);
    (valid, vec(damage, 1..4)).prop_map(|(mut bytes, damages)| {
        for (place, byte, kind) in damages {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, b"\"\\{}[],:\0\xFF"[usize::from(byte) % 10]),
                3 => bytes.truncate(place),
                _ => bytes.extend_from_within(place..),
            }
        }
        bytes
    })
}
