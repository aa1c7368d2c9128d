//! Every type and rule, held against what Zod says: testdata/zod.mjs wrote testdata/zod.json.

use serde_json::{Value, json};

use super::{Invalid, Json};
use crate::fixture::{NewVenue, VenueChanges};

/// What a reader says of a body. Numbers are compared as JavaScript has them: 1 is 1.0.
fn issues<T>(read: fn(Json<'_>) -> Result<T, Invalid>, body: &str) -> Value {
    match Json::parse(body.as_bytes()).and_then(read) {
        Ok(_) => json!([]),
        Err(Invalid::Issues(issues)) => json!(issues),
        Err(other) => json!(format!("{other:?}")),
    }
}

#[test]
fn a_body_is_judged_as_zod_judges_it() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("testdata/zod.json")).unwrap();
    let mut differences = Vec::new();
    for case in &cases {
        let body = case["body"].as_str().unwrap();
        let ours = match case["reader"].as_str().unwrap() {
            "new" => issues(NewVenue::read, body),
            "patch" => issues(VenueChanges::read_patch, body),
            reader => panic!("{reader}"),
        };
        if ours != case["issues"] {
            differences.push(format!("{body}\n  Zod:  {}\n  ours: {ours}", case["issues"]));
        }
    }
    assert!(differences.is_empty(), "{} of {}:\n{}", differences.len(), cases.len(), differences.join("\n"));
}
