//! The rules, in Zod 4's words: expected texts were printed by `zod` 4 itself for the same schemas.

use proptest::{collection::vec, prelude::*};
use routelet::model::{Invalid, Issue, Json};

use serde_json::{Map, Value, json};
use testkit::any;

use super::*;

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

fn wrong_type(field: &str, expected: &str, received: &str) -> Value {
    let message = format!("Invalid input: expected {expected}, received {received}");
    json!({"expected": expected, "code": "invalid_type", "path": [field], "message": message})
}

fn too_big(field: &str, maximum: u64, unit: &str) -> Value {
    let message = format!("Too big: expected string to have <={maximum} {unit}");
    json!({"origin": "string", "code": "too_big", "maximum": maximum, "inclusive": true, "path": [field],
           "message": message})
}

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
    for (body, received) in
        [("[]", "array"), ("null", "null"), ("\"x\"", "string"), ("5", "number"), ("true", "boolean")]
    {
        let message = format!("Invalid input: expected object, received {received}");
        let expected =
            json!([{"expected": "object", "code": "invalid_type", "path": [], "message": message}]);
        assert_eq!(verdict(NewTask::read, body), expected);
        assert_eq!(verdict(TaskChanges::read_put, body), expected);
        assert_eq!(verdict(TaskChanges::read_patch, body), expected);
        assert_eq!(verdict(PostChanges::read_put, body), expected);
        assert_eq!(verdict(PostChanges::read_patch, body), expected);
    }
}

#[test]
fn lengths_end_where_the_limits_say() {
    let task = |title: usize, description: usize| {
        json!({"title": "é".repeat(title), "description": "é".repeat(description)}).to_string()
    };
    assert_eq!(verdict(NewTask::read, &task(10_000, 100_000)), Value::Null);
    assert_eq!(
        verdict(NewTask::read, &task(10_001, 100_001)),
        json!([too_big("title", 10_000, "characters"), too_big("description", 100_000, "characters")])
    );
    assert_eq!(
        verdict(TaskChanges::read_patch, &task(10_001, 100_001)),
        json!([too_big("title", 10_000, "characters"), too_big("description", 100_000, "characters")])
    );
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
            too_small("title", "Too small: expected string to have >=1 characters"),
            wrong_type("content", "string", "null"),
        ])
    );
    assert_eq!(
        verdict(PostChanges::read_put, r#"{"title":1}"#),
        json!([wrong_type("title", "string", "number")])
    );
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

#[test]
fn of_a_repeated_key_the_last_counts() {
    let changes = Json::parse(br#"{"title":1,"title":"b"}"#).and_then(TaskChanges::read_patch).unwrap();
    assert_eq!(json!(changes), json!({"title": "b"}));
}

/// Unknown keys are dropped silently, also where they are no text.
#[test]
fn an_unknown_key_may_be_anything() {
    for key in [r"\ud800", r"\u0000", "", r"\\"] {
        let body = format!(r#"{{"title":"t","{key}":{{"{key}":"{key}"}}}}"#);
        assert_eq!(verdict(NewTask::read, &body), Value::Null, "{body}");
    }
}

/// Garbage is an answer, never a panic and never a long wait.
#[test]
fn what_is_no_json_is_told_with_its_place() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(verdict(NewTask::read, &format!(r#"{{"title":"t","other":{deep}}}"#)), Value::Null);
    for (body, detail) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("{\n\"title\":}", "expected value at line 2 column 9"),
        ("{} {}", "trailing characters at line 1 column 4"),
    ] {
        assert_eq!(verdict(NewTask::read, body), json!(format!("Invalid JSON: {detail}")), "{body}");
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
        (" \n\t{\n  \"completed\": true,\n  \"title\": \"\\ud800\" }\n", "title", 4, 13),
        (r#"{"t\u0069tle":"\ud800"}"#, "title", 1, 16),
        (r#"{"title":"ok","title":"\ud800"}"#, "title", 1, 24),
        (r#"{"description":"\ud800","title":"\ud800"}"#, "title", 1, 34),
        (r#"{"title":"t","description":"\udfff"}"#, "description", 1, 29),
        (r#"{"completed":1,"description":"\udfff"}"#, "description", 1, 31),
        (r#"{"x":"\ud800","\ud800":1,"title":"\ud800"}"#, "title", 1, 35),
    ] {
        assert_eq!(verdict(NewTask::read, body), told(field, line, column), "{body}");
        assert_eq!(verdict(TaskChanges::read_put, body), told(field, line, column), "{body}");
        assert_eq!(verdict(TaskChanges::read_patch, body), told(field, line, column), "{body}");
    }
    for (body, field, column) in [
        (r#"{"title":"\ud800","content":"c","author":"a"}"#, "title", 11),
        (r#"{"title":"t","content":"\ud800","author":"\ud800"}"#, "content", 25),
        (r#"{"title":"t","content":"c","author":"\udc00\ud800"}"#, "author", 38),
    ] {
        assert_eq!(verdict(NewPost::read, body), told(field, 1, column), "{body}");
        assert_eq!(verdict(PostChanges::read_put, body), told(field, 1, column), "{body}");
        assert_eq!(verdict(PostChanges::read_patch, body), told(field, 1, column), "{body}");
    }
    // Where it is in no field of a model, it is dropped.
    for body in [
        r#"{"title":"t","other":"\ud800"}"#,
        r#"{"title":"t","\ud800":1}"#,
        r#"{"title":"\ud800","title":"t"}"#,
    ] {
        assert_eq!(verdict(NewTask::read, body), Value::Null, "{body}");
    }
}

/// As text, for the order of the keys is Zod's too.
#[test]
fn a_whole_number_is_judged_as_zod_judges_it() {
    let judged = |number: f64| match Issue::whole_number("limit", number, 100) {
        Ok(number) => number.to_string(),
        Err(issues) => json_text(&issues),
    };
    let not_finite = |received: &str| {
        format!(
            r#"[{{"expected":"number","code":"invalid_type","received":"{received}","path":["limit"],"message":"Invalid input: expected number, received {received}"}}]"#
        )
    };
    let no_int = r#"[{"expected":"int","format":"safeint","code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received number"}]"#;
    let small = r#"{"origin":"number","code":"too_small","minimum":1,"inclusive":true,"path":["limit"],"message":"Too small: expected number to be >=1"}]"#;
    let big = r#"{"origin":"number","code":"too_big","maximum":100,"inclusive":true,"path":["limit"],"message":"Too big: expected number to be <=100"}]"#;
    let unsafe_small = r#"[{"code":"too_small","minimum":-9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too small: expected int to be >=-9007199254740991"},"#;
    let unsafe_big = r#"[{"code":"too_big","maximum":9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too big: expected int to be <=9007199254740991"},"#;
    for number in [1.0, 2.0, 99.0, 100.0] {
        assert_eq!(judged(number), number.to_string());
    }
    assert_eq!(judged(f64::NAN), not_finite("NaN"));
    assert_eq!(judged(f64::INFINITY), not_finite("Infinity"));
    assert_eq!(judged(f64::NEG_INFINITY), not_finite("-Infinity"));
    for number in [1.5, 0.5, -1.5, 100.5, 1e-300] {
        assert_eq!(judged(number), no_int, "{number}");
    }
    for number in [0.0, -0.0, -1.0, -9_007_199_254_740_991.0] {
        assert_eq!(judged(number), format!("[{small}"), "{number}");
    }
    for number in [101.0, 9_007_199_254_740_991.0] {
        assert_eq!(judged(number), format!("[{big}"), "{number}");
    }
    for number in [-9_007_199_254_740_992.0, -1e22, f64::MIN] {
        assert_eq!(judged(number), format!("{unsafe_small}{small}"), "{number}");
    }
    for number in [9_007_199_254_740_992.0, 1e22, f64::MAX] {
        assert_eq!(judged(number), format!("{unsafe_big}{big}"), "{number}");
    }
}

fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// The issues of fields keep the order of keys that they had.
#[test]
fn the_keys_of_a_fields_issue_keep_their_order() {
    let text = |body: &str| match Json::parse(body.as_bytes()).and_then(NewTask::read) {
        Err(Invalid::Issues(issues)) => json_text(&issues),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        text(r#"{"title":""}"#),
        r#"[{"code":"too_small","origin":"string","minimum":1,"inclusive":true,"path":["title"],"message":"Title is required"}]"#
    );
    assert_eq!(
        text(r#"{"title":1}"#),
        r#"[{"code":"invalid_type","expected":"string","path":["title"],"message":"Invalid input: expected string, received number"}]"#
    );
}

/// What every reader says of a body.
fn verdicts(body: &[u8]) -> [(&'static str, Result<Value, Invalid>); 6] {
    let json = || Json::parse(body);
    [
        ("new task", json().and_then(NewTask::read).map(|_| Value::Null)),
        ("put task", json().and_then(TaskChanges::read_put).map(|changes| json!(changes))),
        ("patch task", json().and_then(TaskChanges::read_patch).map(|changes| json!(changes))),
        ("new post", json().and_then(NewPost::read).map(|_| Value::Null)),
        ("put post", json().and_then(PostChanges::read_put).map(|changes| json!(changes))),
        ("patch post", json().and_then(PostChanges::read_patch).map(|changes| json!(changes))),
    ]
}

/// An object that is about a task or a post, right or wrong.
fn document() -> impl Strategy<Value = Map<String, Value>> {
    let name = prop_oneof![
        6 => proptest::sample::select(vec!["title", "description", "completed", "content", "author"])
            .prop_map(str::to_owned),
        1 => any::text(),
    ];
    let value = prop_oneof![
        Just(Value::Null),
        Just(Value::from("")),
        any::json(),
        any::text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (9_998..10_003_usize).prop_map(|length| "é".repeat(length).into()),
        (498..503_usize).prop_map(|length| "漢".repeat(length).into()),
    ];
    vec((name, value), 0..6).prop_map(|fields| fields.into_iter().collect())
}

/// Whether a value is a text of a number of characters.
fn is_text(value: Option<&Value>, least: usize, most: usize) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| (least..=most).contains(&text.chars().count()))
}

/// The fields of a document that are named.
fn only(document: &Map<String, Value>, names: &[&str]) -> Value {
    let kept = document.iter().filter(|(name, _)| names.contains(&name.as_str()));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>().into()
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
        let is_json = serde_json::from_slice::<&serde_json::value::RawValue>(&bytes).is_ok();
        for (reader, verdict) in verdicts(&bytes) {
            match verdict {
                Err(Invalid::Json(_)) => prop_assert!(!is_json, "{reader}"),
                Err(Invalid::Text(told)) => prop_assert!(is_json && told.contains(" has half of"), "{reader}: {told}"),
                Err(Invalid::Issues(issues)) => prop_assert!(is_json && !issues.is_empty(), "{reader}"),
                Ok(_) | Err(Invalid::Message(_)) => prop_assert!(is_json, "{reader}"),
            }
        }
    }

    /// The rules once more, said in another way; and what is changed is what was named, and nothing else.
    #[test]
    fn documents_are_judged_by_the_rules(document in document()) {
        let field = |name: &str| document.get(name);
        let is_absent_or = |name: &str, rule: &dyn Fn(&Value) -> bool| field(name).is_none_or(rule);
        let title = is_text(field("title"), 1, 10_000);
        let description = is_absent_or("description", &|value| is_text(Some(value), 0, 100_000));
        let completed = is_absent_or("completed", &Value::is_boolean);
        let task = title && description && completed;
        let patch_task = is_absent_or("title", &|value| is_text(Some(value), 1, 10_000))
            && is_absent_or("description", &|value| value.is_null() || is_text(Some(value), 0, 100_000))
            && completed;
        let fits = |name: &str, least| match name {
            "content" => field(name).and_then(Value::as_str).is_some_and(|text| (least..=262_144).contains(&text.len())),
            "author" => is_text(field(name), least, 500),
            _ => is_text(field(name), least, 10_000),
        };
        let names = ["title", "content", "author"];
        let is_blank = |name: &str| field(name).is_none_or(|value| value.is_null() || *value == "");
        let post = names.iter().all(|name| fits(name, 1));
        let put_post = names.iter().all(|name| is_blank(name) || fits(name, 1));
        let patch_post = names.iter().all(|name| field(name).is_none() || fits(name, 1));
        let tasks = only(&document, &["title", "description", "completed"]);
        let posts = only(&document, &names);
        let named: Vec<_> = names.into_iter().filter(|name| !is_blank(name)).collect();
        let expected = [
            task.then_some(Value::Null),
            task.then(|| tasks.clone()),
            patch_task.then_some(tasks),
            post.then_some(Value::Null),
            put_post.then(|| only(&document, &named)),
            patch_post.then_some(posts),
        ];
        for ((reader, verdict), expected) in verdicts(json!(document).to_string().as_bytes()).into_iter().zip(expected) {
            prop_assert_eq!(verdict.as_ref().ok(), expected.as_ref(), "{}: {:?}", reader, verdict);
        }
    }
}
