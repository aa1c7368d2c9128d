//! Posts.

use proptest::prelude::*;
use routelet::model::Json;
use serde_json::{Value, json};
use testkit::{any, wrong_type};

use super::{NO_OBJECTS, document, half, is_text, made, no_object, only, too_big, verdict};
use crate::models::{NewPost, PostChanges};

#[test]
fn a_new_post_lacks_fields_or_has_issues() {
    let new = |body: &str| verdict(NewPost::read, body);
    let missing = json!("Missing required fields: title, content, author");
    assert_eq!(new(r#"{"title":"t","content":"c","author":"a"}"#), Value::Null);
    for body in [
        "{}",
        "[]",
        "null",
        "7",
        "\"text\"",
        r#"{"title":"t","content":"c"}"#,
        r#"{"title":"","content":"c","author":"a"}"#,
        r#"{"title":"t","content":null,"author":"a"}"#,
        r#"{"title":"","content":5,"author":"a"}"#,
    ] {
        assert_eq!(new(body), missing, "{body}");
    }
    assert_eq!(
        new(r#"{"title":0,"content":false,"author":["a"]}"#),
        json!([
            wrong_type("title", "string", "number"),
            wrong_type("content", "string", "boolean"),
            wrong_type("author", "string", "array"),
        ])
    );
}

#[test]
fn put_of_a_post_keeps_what_is_blank_and_patch_refuses_it() {
    let blank = r#"{"title":"","content":null}"#;
    let changes = Json::parse(blank.as_bytes()).and_then(PostChanges::read_put).unwrap();
    assert_eq!(changes, PostChanges::default());
    assert_eq!(
        verdict(PostChanges::read_patch, blank),
        json!([
            {"origin": "string", "code": "too_small", "minimum": 1, "inclusive": true, "path": ["title"],
             "message": "Too small: expected string to have >=1 characters"},
            wrong_type("content", "string", "null"),
        ])
    );
    assert_eq!(
        verdict(PostChanges::read_put, r#"{"title":1}"#),
        json!([wrong_type("title", "string", "number")])
    );
}

#[test]
fn a_body_that_is_no_object_is_one_issue_without_a_path() {
    for (body, received) in NO_OBJECTS {
        assert_eq!(verdict(PostChanges::read_put, body), no_object(received));
        assert_eq!(verdict(PostChanges::read_patch, body), no_object(received));
    }
}

#[test]
fn lengths_end_where_the_limits_say() {
    let post = |title: usize, content: usize, author: usize| {
        json!({"title": "é".repeat(title), "content": "é".repeat(content), "author": "é".repeat(author)})
            .to_string()
    };
    let over = json!([
        too_big("title", 10_000, "characters"),
        too_big("content", 262_144, "bytes"),
        too_big("author", 500, "characters"),
    ]);
    assert_eq!(verdict(NewPost::read, &post(10_000, 131_072, 500)), Value::Null);
    assert_eq!(verdict(NewPost::read, &post(10_001, 131_073, 501)), over);
    assert_eq!(verdict(PostChanges::read_put, &post(10_001, 131_073, 501)), over);
    assert_eq!(verdict(PostChanges::read_patch, &post(10_001, 131_073, 501)), over);
}

/// Where in the body it is, not where in the field.
#[test]
fn half_of_a_surrogate_pair_is_told_with_its_field_and_place() {
    for (body, field, column) in [
        (r#"{"title":"\ud800","content":"c","author":"a"}"#, "title", 11),
        (r#"{"title":"t","content":"\ud800","author":"\ud800"}"#, "content", 25),
        (r#"{"title":"t","content":"c","author":"\udc00\ud800"}"#, "author", 38),
    ] {
        assert_eq!(verdict(NewPost::read, body), half(field, 1, column), "{body}");
        assert_eq!(verdict(PostChanges::read_put, body), half(field, 1, column), "{body}");
        assert_eq!(verdict(PostChanges::read_patch, body), half(field, 1, column), "{body}");
    }
}

proptest! {
    #![proptest_config(any::cases())]

    /// The rules once more, said in another way; and what is changed is what was named, and nothing else.
    #[test]
    fn documents_are_judged_by_the_rules(document in document(&["title", "content", "author", "other"])) {
        let field = |name: &str| document.get(name);
        let fits = |name: &str| match name {
            "content" => field(name).and_then(Value::as_str).is_some_and(|text| (1..=262_144).contains(&text.len())),
            "author" => is_text(field(name), 1, 500),
            _ => is_text(field(name), 1, 10_000),
        };
        let names = ["title", "content", "author"];
        let is_blank = |name: &str| field(name).is_none_or(|value| value.is_null() || *value == "");
        let new = names.iter().all(|name| fits(name));
        let put = names.iter().all(|name| is_blank(name) || fits(name));
        let patch = names.iter().all(|name| field(name).is_none() || fits(name));
        let given: Vec<_> = names.into_iter().filter(|name| !is_blank(name)).collect();
        prop_assert_eq!(made(|json| NewPost::read(json).map(drop), &document).is_some(), new);
        prop_assert_eq!(made(PostChanges::read_put, &document), put.then(|| only(&document, &given)));
        prop_assert_eq!(made(PostChanges::read_patch, &document), patch.then(|| only(&document, &names)));
    }
}
