//! Tasks.

use proptest::prelude::*;
use routelet::model::Json;
use serde_json::{Value, json};
use testkit::{any, wrong_type};

use super::{NO_OBJECTS, document, half, is_text, made, no_object, only, too_big, verdict};
use crate::models::{NewTask, TaskChanges};

fn too_small(field: &str, message: &str) -> Value {
    json!({"origin": "string", "code": "too_small", "minimum": 1, "inclusive": true, "path": [field],
           "message": message})
}

#[test]
fn a_new_task_is_judged_as_zod_judges_it() {
    let new = |body: &str| verdict(NewTask::read, body);
    assert_eq!(new(r#"{"title":" ","extra":[[1]]}"#), Value::Null);
    assert_eq!(new(r#"{"title":"a","description":"","completed":true}"#), Value::Null);
    assert_eq!(new("{}"), json!([wrong_type("title", "string", "undefined")]));
    assert_eq!(new(r#"{"title":""}"#), json!([too_small("title", "Title is required")]));
    assert_eq!(
        new(r#"{"completed":"x","description":null,"title":5}"#),
        json!([
            wrong_type("title", "string", "number"),
            wrong_type("description", "string", "null"),
            wrong_type("completed", "boolean", "string"),
        ]),
        "all issues at once, in the schema's order"
    );
    assert_eq!(
        new(r#"{"title":{},"description":[],"completed":null}"#),
        json!([
            wrong_type("title", "string", "object"),
            wrong_type("description", "string", "array"),
            wrong_type("completed", "boolean", "null"),
        ])
    );
    assert_eq!(new(r#"{"title":true}"#), json!([wrong_type("title", "string", "boolean")]));
}

#[test]
fn a_body_that_is_no_object_is_one_issue_without_a_path() {
    for (body, received) in NO_OBJECTS {
        assert_eq!(verdict(NewTask::read, body), no_object(received));
        assert_eq!(verdict(TaskChanges::read_put, body), no_object(received));
        assert_eq!(verdict(TaskChanges::read_patch, body), no_object(received));
    }
}

#[test]
fn lengths_end_where_the_limits_say() {
    let task = |title: usize, description: usize| {
        json!({"title": "é".repeat(title), "description": "é".repeat(description)}).to_string()
    };
    let over = json!([too_big("title", 10_000, "characters"), too_big("description", 100_000, "characters")]);
    assert_eq!(verdict(NewTask::read, &task(10_000, 100_000)), Value::Null);
    assert_eq!(verdict(NewTask::read, &task(10_001, 100_001)), over);
    assert_eq!(verdict(TaskChanges::read_patch, &task(10_001, 100_001)), over);
}

/// What is left out must not be written: a change that names a field it does not have would undo another's.
#[test]
fn changes_serialise_to_the_fields_that_change_and_no_others() {
    let changed = |body: &str| json!(Json::parse(body.as_bytes()).and_then(TaskChanges::read_patch).unwrap());
    assert_eq!(changed("{}"), json!({}));
    assert_eq!(changed(r#"{"description":null}"#), json!({"description": null}));
    assert_eq!(changed(r#"{"completed":false,"other":1}"#), json!({"completed": false}));
    let put = Json::parse(br#"{"title":"t"}"#).and_then(TaskChanges::read_put).unwrap();
    assert_eq!(json!(put), json!({"title": "t"}));
}

/// Where in the body it is, not where in the field.
#[test]
fn half_of_a_surrogate_pair_is_told_with_its_field_and_place() {
    for (body, field, line, column) in [
        (r#"{"title":"\ud800"}"#, "title", 1, 11),
        (r#"{"title":"t","description":"\udfff"}"#, "description", 1, 29),
        (r#"{"completed":1,"description":"\udfff"}"#, "description", 1, 31),
        (" \n\t{\n  \"completed\": true,\n  \"title\": \"\\ud800\" }\n", "title", 4, 13),
    ] {
        assert_eq!(verdict(NewTask::read, body), half(field, line, column), "{body}");
        assert_eq!(verdict(TaskChanges::read_put, body), half(field, line, column), "{body}");
        assert_eq!(verdict(TaskChanges::read_patch, body), half(field, line, column), "{body}");
    }
}

proptest! {
    #![proptest_config(any::cases())]

    /// The rules once more, said in another way; and what is changed is what was named, and nothing else.
    #[test]
    fn documents_are_judged_by_the_rules(document in document(&["title", "description", "completed", "other"])) {
        let field = |name: &str| document.get(name);
        let is_absent_or = |name: &str, rule: &dyn Fn(&Value) -> bool| field(name).is_none_or(rule);
        let title = is_text(field("title"), 1, 10_000);
        let description = is_absent_or("description", &|value| is_text(Some(value), 0, 100_000));
        let completed = is_absent_or("completed", &Value::is_boolean);
        let new = title && description && completed;
        let patch = is_absent_or("title", &|value| is_text(Some(value), 1, 10_000))
            && is_absent_or("description", &|value| value.is_null() || is_text(Some(value), 0, 100_000))
            && completed;
        let named = only(&document, &["title", "description", "completed"]);
        prop_assert_eq!(made(|json| NewTask::read(json).map(drop), &document).is_some(), new);
        prop_assert_eq!(made(TaskChanges::read_put, &document), new.then(|| named.clone()));
        prop_assert_eq!(made(TaskChanges::read_patch, &document), patch.then_some(named));
    }
}
