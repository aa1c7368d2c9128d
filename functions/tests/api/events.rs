//! The events in `events/`, each through its function: what a developer invokes by hand works. An event is
//! named by its function, and its case where there are several.

use std::{collections::BTreeSet, fs};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use testkit::decoded;

use crate::{
    app::{APP, root},
    house::assert_same,
    routes,
};

#[test]
fn each_event_is_answered_by_its_function() {
    let api = APP.start();
    let expected = routes::events();
    for (name, status, body) in &expected {
        let event = fs::read(root().join(format!("events/{name}.json"))).unwrap();
        let sent: Value = serde_json::from_slice(&event).unwrap();
        let function = name.split('.').next().unwrap();
        let response: Value = serde_json::from_slice(&api.invoke(function, event)).unwrap();
        assert_eq!(response["statusCode"], *status, "{name}: {response}");
        APP.contract().assert_holds_of_invocation(&sent, &response);
        let mut answered = body_of(&response);
        forget_time(&mut answered);
        // The document describes fields of this name.
        let mut body = body.clone();
        forget_time(&mut body);
        assert_eq!(answered, body, "{name}");
        assert_eq!(response["headers"]["x-request-id"], sent["requestContext"]["requestId"], "{name}");
    }
    let expected: BTreeSet<_> = expected.iter().map(|(name, ..)| format!("{name}.json")).collect();
    let files: BTreeSet<_> = fs::read_dir(root().join("events"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_same("events/ against the answers that `events` of each module lists", files, expected);
}

/// JSON, or the text that it is else.
fn body_of(response: &Value) -> Value {
    let Some(body) = response["body"].as_str() else { return Value::Null };
    let coding = response["headers"]["content-encoding"].as_str();
    let text = match response["isBase64Encoded"].as_bool() {
        Some(true) => String::from_utf8(decoded(coding, &BASE64_STANDARD.decode(body).unwrap())).unwrap(),
        _ => body.to_owned(),
    };
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// Replaces every `createdAt`, which no test can know.
pub(crate) fn forget_time(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "createdAt" {
                    *field = "<now>".into();
                } else {
                    forget_time(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(forget_time),
        _ => {}
    }
}
