//! Bodies of any kind: what is JSON, and what is told of it where it is none.

use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json, value::RawValue};
use testkit::any;

use super::{Invalid, Json};
use crate::fixture::{NewNote, NoteChanges};

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

#[test]
fn of_a_repeated_key_the_last_counts() {
    let changes = Json::parse(br#"{"title":1,"title":"b"}"#).and_then(NoteChanges::read_patch).unwrap();
    assert_eq!(json!(changes), json!({"title": "b"}));
}

/// Unknown keys are dropped silently, also where they are no text.
#[test]
fn an_unknown_key_may_be_anything() {
    for key in [r"\ud800", r"\u0000", "", r"\\"] {
        let body = format!(r#"{{"title":"t","{key}":{{"{key}":"{key}"}}}}"#);
        assert_eq!(verdict(NewNote::read, &body), Value::Null, "{body}");
    }
}

/// Garbage is an answer, never a panic and never a long wait.
#[test]
fn what_is_no_json_is_told_with_its_place() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(verdict(NewNote::read, &format!(r#"{{"title":"t","other":{deep}}}"#)), Value::Null);
    for (body, detail) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{\n\"title\":}", "expected value at line 2 column 9"),
        ("{} {}", "trailing characters at line 1 column 4"),
    ] {
        assert_eq!(verdict(NewNote::read, body), json!(format!("Invalid JSON: {detail}")), "{body}");
    }
    assert!(matches!(Json::parse(b"{\"title\":\"\xFF\"}"), Err(Invalid::Json(_))));
}

/// Where in the body it is, not where in the field.
#[test]
fn half_of_a_surrogate_pair_is_told_with_its_field_and_place() {
    let told = |field: &str, line: usize, column: usize| {
        json!(format!("Invalid text: {field} has half of a surrogate pair at line {line} column {column}"))
    };
    for (body, field, line, column) in [
        (r#"{"title":"\ud800"}"#, "title", 1, 11),
        (r#"{"title":"ab\udc00"}"#, "title", 1, 13),
        (r#"{"title":"ä\ud83e\udd80\ud83e"}"#, "title", 1, 25),
        (" \n\t{\n  \"pinned\": true,\n  \"title\": \"\\ud800\" }\n", "title", 4, 13),
        (r#"{"t\u0069tle":"\ud800"}"#, "title", 1, 16),
        (r#"{"title":"ok","title":"\ud800"}"#, "title", 1, 24),
        (r#"{"body":"\ud800","title":"\ud800"}"#, "title", 1, 27),
        (r#"{"title":"t","body":"\udfff"}"#, "body", 1, 22),
        (r#"{"x":"\ud800","\ud800":1,"title":"\ud800"}"#, "title", 1, 35),
    ] {
        assert_eq!(verdict(NewNote::read, body), told(field, line, column), "{body}");
        assert_eq!(verdict(NoteChanges::read_put, body), told(field, line, column), "{body}");
        assert_eq!(verdict(NoteChanges::read_patch, body), told(field, line, column), "{body}");
    }
    // Where it is in no field of a model, it is dropped.
    for body in [
        r#"{"title":"t","other":"\ud800"}"#,
        r#"{"title":"t","\ud800":1}"#,
        r#"{"title":"\ud800","title":"t"}"#,
    ] {
        assert_eq!(verdict(NewNote::read, body), Value::Null, "{body}");
    }
}

/// The issues of fields keep the order of keys that they had.
#[test]
fn the_keys_of_a_fields_issue_keep_their_order() {
    let text = |body: &str| match Json::parse(body.as_bytes()).and_then(NewNote::read) {
        Err(Invalid::Issues(issues)) => serde_json::to_string(&issues).unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        text(r#"{"title":""}"#),
        r#"[{"code":"too_small","origin":"string","minimum":1,"inclusive":true,"path":["title"],"message":"Too small: expected string to have >=1 characters"}]"#
    );
    assert_eq!(
        text(r#"{"title":1}"#),
        r#"[{"code":"invalid_type","expected":"string","path":["title"],"message":"Invalid input: expected string, received number"}]"#
    );
}

/// An object that is about a note, right or wrong.
fn document() -> impl Strategy<Value = Map<String, Value>> {
    let name = prop_oneof![
        6 => proptest::sample::select(vec!["title", "body", "pinned"]).prop_map(str::to_owned),
        1 => any::text(),
    ];
    let value = prop_oneof![
        Just(Value::Null),
        any::json(),
        any::text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from)
    ];
    vec((name, value), 0..6).prop_map(|fields| fields.into_iter().collect())
}

proptest! {
    #![proptest_config(any::cases())]

    #[test]
    fn any_bytes_are_a_document_or_refused(
        bytes in prop_oneof![
            vec(any::<u8>(), 0..100),
            any::damaged(document().prop_map(|document| json!(document).to_string().into_bytes())),
        ],
    ) {
        let is_json = serde_json::from_slice::<&RawValue>(&bytes).is_ok();
        for read in [|json: Json<'_>| NewNote::read(json).map(drop), |json: Json<'_>| NoteChanges::read_patch(json).map(drop)] {
            match Json::parse(&bytes).and_then(read) {
                Err(Invalid::Json(_)) => prop_assert!(!is_json),
                Err(Invalid::Text(told)) => prop_assert!(is_json && told.contains(" has half of"), "{told}"),
                Err(Invalid::Issues(issues)) => prop_assert!(is_json && !issues.is_empty()),
                Ok(()) | Err(Invalid::Message(_)) => prop_assert!(is_json),
            }
        }
    }
}
