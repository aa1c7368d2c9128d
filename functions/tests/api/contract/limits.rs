//! The limits in `openapi.yaml` are those of the code.

use std::collections::BTreeMap;

use routelet::{model::Id, resource::MAX_PAGE_ITEMS};
use serde_json::{Value, json};

use super::openapi;
use crate::{app::APP, house::assert_same, resources::RESOURCES};

const LIMITS: [&str; 5] = ["maxLength", "maximum", "maxItems", "maxProperties", "x-max-bytes"];

/// All of them, so that one more in the document needs a rule that it describes.
#[test]
fn the_limits_are_those_of_the_code() {
    let search = APP.start().get("/api/search?limit=1000").json()["error"][0]["maximum"].clone();
    let others = [
        ("/components/parameters/PageLimit/schema/maximum", json!(MAX_PAGE_ITEMS)),
        ("/components/schemas/Id/maximum", json!(Id::MAX)),
        ("/paths/~1api~1search/get/parameters/1/schema/maximum", search.clone()),
        (
            "/paths/~1api~1search/get/responses/200/content/application~1json/schema/properties/limit/maximum",
            search,
        ),
    ];
    // What several resources share goes with the last of them.
    let is_described =
        |pointer: &str| !pointer.starts_with("/components/") || openapi().value(pointer).is_some();
    let others = others.into_iter().filter(|(pointer, _)| is_described(pointer));
    let expected = RESOURCES.iter().flat_map(|resource| (resource.limits)()).chain(others);
    let expected: BTreeMap<_, _> = expected.map(|(pointer, limit)| (pointer.to_owned(), limit)).collect();
    let mut described = BTreeMap::new();
    collect(openapi().root().value, "", &mut described);
    let lines = |limits: BTreeMap<String, Value>| -> Vec<_> {
        limits.into_iter().map(|(pointer, limit)| format!("{pointer} = {limit}")).collect()
    };
    let what =
        "the limits in openapi.yaml against those of the code, as `limits` of each resource lists them";
    assert_same(what, lines(described), lines(expected));
}

#[test]
fn a_limit_that_is_left_out_is_the_default_that_is_described() {
    let described = |pointer: &str| openapi().value(pointer);
    if let Some(default) = described("/components/parameters/PageLimit/schema/default") {
        assert_eq!(default, MAX_PAGE_ITEMS);
    }
    let search = APP.start().get("/api/search").json();
    assert_eq!(described("/paths/~1api~1search/get/parameters/1/schema/default"), Some(&search["limit"]));
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
