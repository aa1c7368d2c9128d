//! The limits in `openapi.yaml` are those of the code.

use std::collections::BTreeMap;

use routelet::{model::Id, resource::MAX_PAGE_ITEMS};
use serde_json::{Value, json};

use super::openapi;
use crate::{house::assert_same, routes};

const LIMITS: [&str; 5] = ["maxLength", "maximum", "maxItems", "maxProperties", "x-max-bytes"];

/// All of them, so that one more in the document needs a rule that it describes.
#[test]
fn the_limits_are_those_of_the_code() {
    let shared = [
        ("/components/parameters/PageLimit/schema/maximum", json!(MAX_PAGE_ITEMS)),
        ("/components/schemas/Id/maximum", json!(Id::MAX)),
    ];
    // What several resources share goes with the last of them.
    let shared = shared.into_iter().filter(|(pointer, _)| openapi().value(pointer).is_some());
    let expected = routes::limits().into_iter().chain(shared);
    let expected: BTreeMap<_, _> = expected.map(|(pointer, limit)| (pointer.to_owned(), limit)).collect();
    let mut described = BTreeMap::new();
    collect(openapi().root().value, "", &mut described);
    let lines = |limits: BTreeMap<String, Value>| -> Vec<_> {
        limits.into_iter().map(|(pointer, limit)| format!("{pointer} = {limit}")).collect()
    };
    let what = "the limits in openapi.yaml against those of the code, as `limits` of each module lists them";
    assert_same(what, lines(described), lines(expected));
}

#[test]
fn a_pages_limit_that_is_left_out_is_the_default_that_is_described() {
    if let Some(default) = openapi().value("/components/parameters/PageLimit/schema/default") {
        assert_eq!(default, MAX_PAGE_ITEMS);
    }
}

/// The limits below a value, but for what is in examples, by their pointers.
fn collect(value: &Value, pointer: &str, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in
                fields.iter().filter(|(key, _)| !["example", "examples"].contains(&key.as_str()))
            {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                if LIMITS.contains(&key.as_str()) && value.is_number() {
                    into.insert(pointer, value.clone());
                } else {
                    collect(value, &pointer, into);
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{at}"), into);
            }
        }
        _ => {}
    }
}
