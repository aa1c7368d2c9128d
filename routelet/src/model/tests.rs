//! What a derived model does beside judging: zod.rs has the judgements.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Attribute, Id, Invalid, Json, Model, Stored, Timestamp, validator::ValidationError};
use crate::fixture::{NewVenue, VENUE, Venue, VenueChanges};

/// What a field can have beside the rules that a venue's have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewPart, changes = PartChanges)]
struct Part {
    id: Id,
    #[validate(length(max = 75_001))]
    long: String,
    #[validate(length(max = 75_000))]
    short: String,
    #[model(bytes = 3)]
    #[serde(rename = "bytes")]
    few: String,
    #[model(default = 7)]
    #[validate(range(min = 1, max = 9, message = "At least one"))]
    #[serde(default)]
    count: i64,
    #[validate(custom(function = "is_sorted"))]
    #[model(default)]
    sorted: Vec<i64>,
    #[validate(
        length(max = 2, message = "Short, please"),
        custom(function = "is_even", message = "Be even")
    )]
    r#type: Option<String>,
    created_at: Timestamp,
}

fn is_sorted(numbers: &[i64]) -> Result<(), ValidationError> {
    if numbers.is_sorted() { Ok(()) } else { Err(ValidationError::new("sorted")) }
}

fn is_even(text: &str) -> Result<(), ValidationError> {
    if text.len().is_multiple_of(2) { Ok(()) } else { Err(ValidationError::new("even")) }
}

fn read<T>(read: fn(Json<'_>) -> Result<T, Invalid>, body: &str) -> Result<T, Invalid> {
    Json::parse(body.as_bytes()).and_then(read)
}

fn messages<T: std::fmt::Debug>(
    read_as: fn(Json<'_>) -> Result<T, Invalid>,
    body: &str,
) -> Vec<(Value, String)> {
    match read(read_as, body) {
        Err(Invalid::Issues(issues)) => issues
            .iter()
            .map(|issue| json!(issue))
            .map(|issue| (issue["path"].clone(), issue["message"].as_str().unwrap_or_default().to_owned()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_stored_follows_from_types_and_rules() {
    let listed: Vec<_> =
        Part::ATTRIBUTES.iter().map(|attribute| (attribute.name, attribute.stored)).collect();
    assert_eq!(
        listed,
        [
            ("long", Stored::LongText),
            ("short", Stored::Text),
            ("bytes", Stored::Text),
            ("count", Stored::Optional),
            ("sorted", Stored::List),
            ("type", Stored::Optional),
            ("createdAt", Stored::Text),
        ]
    );
    let reserved = Part::ATTRIBUTES.iter().filter(|attribute| attribute.is_reserved);
    assert_eq!(
        reserved.map(|Attribute { name, .. }| *name).collect::<Vec<_>>(),
        ["long", "short", "count", "type"]
    );
}

#[test]
fn what_is_left_out_of_a_new_item_has_its_default() {
    let new = read(NewPart::read, r#"{"long":"","short":"","bytes":"äb"}"#).unwrap();
    let part = Part::create(Id::FIRST, Timestamp::now(), new);
    assert_eq!((part.count, part.sorted.len(), part.r#type.as_ref()), (7, 0, None));
    let mut stored = json!(part);
    stored.as_object_mut().unwrap().remove("count");
    assert_eq!(
        serde_json::from_value::<Part>(stored).unwrap().count,
        0,
        "it was stored before it had a count"
    );
}

#[test]
fn rules_have_messages_of_their_own() {
    let body = r#"{"bytes":"äöü","count":0,"sorted":[2,1],"type":"abc"}"#;
    assert_eq!(
        messages(PartChanges::read_patch, body),
        [
            (json!(["bytes"]), "Too big: expected string to have <=3 bytes".to_owned()),
            (json!(["count"]), "At least one".to_owned()),
            (json!(["sorted"]), "Invalid input".to_owned()),
            (json!(["type"]), "Short, please".to_owned()),
            (json!(["type"]), "Be even".to_owned()),
        ]
    );
    let upper = messages(PartChanges::read_patch, r#"{"count":10}"#);
    assert_eq!(upper, [(json!(["count"]), "Too big: expected number to be <=9".to_owned())]);
}

/// A change that names a field it does not have would undo another's.
#[test]
fn changes_hold_what_was_sent_and_no_more() {
    let changed = |body: &str| json!(read(VenueChanges::read_patch, body).unwrap());
    for body in [
        "{}",
        r#"{"floor":null,"rooms":null,"note":null}"#,
        r#"{"opensAt":"2026-06-01T10:00:00.000Z","rooms":[{"name":"r","seats":null}],"prices":[0.5,1]}"#,
    ] {
        let sent: Value = serde_json::from_str(body).unwrap();
        // An object within a patch has the rules of a new one, where `null` is no number.
        let body = body.replace(r#","seats":null"#, "");
        assert_eq!(changed(&body), sent, "{body}");
    }
    let required = r#"{"name":"n","code":"abc","open":true,"seats":1,"rating":1,"opensAt":"2026-06-01T10:00:00Z",
        "kind":"club","tags":["ab","cd"],"address":{"street":"s","number":1,"country":{"code":"de"}}"#;
    let put = json!(read(VenueChanges::read_put, &format!("{required}}}")).unwrap());
    assert_eq!(put.as_object().unwrap().len(), 9, "what may be left out keeps its value: {put}");
    let put = json!(read(VenueChanges::read_put, &format!("{required},\"note\":null}}")).unwrap());
    assert_eq!(put["note"], Value::Null);
    assert_eq!(put.as_object().unwrap().len(), 10, "a nullable one is cleared");
}

#[test]
fn a_model_comes_back_as_it_was_sent() {
    let venue =
        Venue::create(Id::FIRST, Timestamp::now(), Json::parse(VENUE).and_then(NewVenue::read).unwrap());
    let sent: Value = serde_json::from_slice(VENUE).unwrap();
    let json = json!(venue);
    for (name, value) in sent.as_object().unwrap() {
        match name.as_str() {
            "opensAt" | "closesAt" | "dates" => {}
            "rooms" => {
                assert_eq!(json[name], json!([{"name": "r", "seats": null}, {"name": "r", "seats": 1}]));
            }
            _ => assert_eq!(&json[name], value, "{name}"),
        }
    }
    assert_eq!(json["closesAt"], "2026-06-02T00:00:00.500Z");
}

#[test]
fn half_of_a_surrogate_pair_is_told_with_its_path() {
    for (body, path, column) in [
        (r#"{"tags":["ab","\ud800"]}"#, "tags[1]", 16),
        (r#"{"rooms":[{"name":"\udc00"}],"name":5}"#, "rooms[0].name", 20),
        (r#"{"address":{"country":{"code":"\ud800"}}}"#, "address.country.code", 32),
        (r#"{"opensAt":"\ud800"}"#, "opensAt", 13),
    ] {
        let told = format!("{path} has half of a surrogate pair at line 1 column {column}");
        assert_eq!(read(VenueChanges::read_patch, body).unwrap_err(), Invalid::Text(told));
    }
    let issues = messages(VenueChanges::read_patch, r#"{"kind":"\ud800"}"#);
    assert_eq!(issues.len(), 1, "it is none of the values: {issues:?}");
}

/// A body of 1 MiB can have hundreds of thousands of wrong elements.
#[test]
fn no_more_issues_are_told_than_a_function_has_memory_for() {
    for element in ["1", "[[]]", "{}"] {
        let flags = vec![element; 50_000].join(",");
        for body in [format!(r#"{{"flags":[{flags}]}}"#), format!(r#"{{"flags":[{flags}],"name":5}}"#)] {
            assert_eq!(messages(VenueChanges::read_patch, &body).len(), 100);
        }
    }
}
