//! What is stored is damaged, or lost: by hands other than this API's, or by an incomplete restore.
//!
//! A list is whole or it fails, and what can't be read is not changed. The caller gets a 500 in the
//! function's words, and the log says what is damaged.

use serde_json::{Value, json};
use testkit::Api;

use crate::app::{APP, BOOK, LABEL};

fn put(api: &Api, table: &str, item: &Value) {
    api.dynamodb("PutItem", &json!({"TableName": table, "Item": item}));
}

fn stored(api: &Api, table: &str, key: &Value) -> Value {
    let get = json!({"TableName": table, "Key": key, "ConsistentRead": true});
    api.dynamodb("GetItem", &get)["Item"].clone()
}

fn key(partition: &str, id: u64) -> Value {
    json!({"pk": {"S": partition}, "id": {"N": id.to_string()}})
}

fn set_counter(api: &Api, table: &str, value: &Value) {
    let mut counter = key("counter", 0);
    counter["lastId"] = value.clone();
    put(api, table, &counter);
}

#[track_caller]
fn assert_logged(api: &Api, text: &str) {
    if api.is_own() {
        let log = api.log().join("\n");
        assert!(log.contains(text), "{text:?} is not in the log:\n{log}");
    }
}

/// A list that ended early would look as if the rest had been deleted.
#[test]
fn a_lost_or_damaged_counter_fails_the_list() {
    for (path, table, body, failure) in [
        ("/books", "BooksTable", BOOK, "Failed to fetch books"),
        ("/labels", "LabelsTable", LABEL, "Failed to fetch labels"),
    ] {
        let api = APP.start();
        api.get(path).assert(200, &json!([]));
        for _ in 0..2 {
            assert_eq!(api.post(path, body).status, 201);
        }
        let damages = [
            None,
            Some(json!({"N": "1"})),
            Some(json!({"N": "0"})),
            Some(json!({"N": "-1"})),
            Some(json!({"N": "1.5"})),
            Some(json!({"N": "9007199254740992"})),
            Some(json!({"N": "1e40"})),
            Some(json!({"S": "2"})),
            Some(json!({"NULL": true})),
        ];
        for damage in damages {
            match &damage {
                None => {
                    api.dynamodb("DeleteItem", &json!({"TableName": table, "Key": key("counter", 0)}));
                }
                Some(value) => set_counter(&api, table, value),
            }
            for target in [path.to_owned(), format!("{path}?limit=2")] {
                let answer = api.get(&target);
                assert_eq!((answer.status, &answer.json()["error"]), (500, &json!(failure)), "{damage:?}");
            }
        }
        assert_logged(&api, &format!("the counter of {table} is damaged"));
        set_counter(&api, table, &json!({"N": "2"}));
        assert_eq!(api.get(path).json().as_array().unwrap().len(), 2, "mended");
    }
}

/// Also where the first ids are gone, so that nothing is where a list begins.
#[test]
fn a_lost_counter_is_noticed_wherever_the_items_are() {
    for last in [0_u64, 9_999, 10_000, 123_456, 5_000_000_000] {
        let api = APP.start();
        if last > 0 {
            set_counter(&api, "BooksTable", &json!({"N": last.to_string()}));
        }
        assert_eq!(api.post("/books", BOOK).json()["id"], last + 1);
        api.dynamodb("DeleteItem", &json!({"TableName": "BooksTable", "Key": key("counter", 0)}));
        api.get("/books").assert_error(500, "Failed to fetch books");
    }
}

/// What may be missing is not looked at before a change.
const OPTIONAL: [&str; 9] =
    ["content", "pages", "rating", "publishedAt", "format", "publisher", "editions", "remark", "note"];

/// Each way in which a row can be damaged: something that must be there is missing, or of another type.
fn damages(row: &Value) -> Vec<(String, Value)> {
    let mut damaged = Vec::new();
    let fields = row.as_object().unwrap().keys();
    let of_the_store = ["pk", "id", "authorKey", "availableKey"];
    let is_needed = |field: &str| !of_the_store.contains(&field) && !OPTIONAL.contains(&field);
    for field in fields.filter(|field| is_needed(field)) {
        let is = |kind: &str| row[field].get(kind).is_some();
        let others = [
            Value::Null,
            json!({"N": "7"}),
            if is("L") { json!({"S": "x"}) } else { json!({"L": []}) },
            json!({"M": {}}),
            // A set of texts can be read as an array of them.
            if is("L") { json!({"NS": ["7"]}) } else { json!({"SS": ["a"]}) },
            if is("BOOL") { json!({"S": "x"}) } else { json!({"BOOL": true}) },
        ];
        for other in others {
            let mut row = row.clone();
            if other.is_null() {
                row.as_object_mut().unwrap().remove(field);
            } else {
                row[field] = other.clone();
            }
            damaged.push((format!("{field}: {other}"), row));
        }
    }
    damaged
}

#[test]
fn a_damaged_row_is_neither_shown_nor_changed() {
    for (path, table, body, kind) in
        [("/books", "BooksTable", BOOK, "book"), ("/labels", "LabelsTable", LABEL, "label")]
    {
        let api = APP.start();
        for _ in 0..2 {
            assert_eq!(api.post(path, body).status, 201);
        }
        let item = format!("{path}/1");
        let row = stored(&api, table, &key("items#0", 1));
        for (damage, damaged) in damages(&row) {
            put(&api, table, &damaged);
            let fails = |method: &str, target: &str, body: &str, failure: String| {
                let answer = api.request(method, target, &[], body);
                let found = (answer.status, answer.json()["error"].clone());
                assert_eq!(found, (500, json!(failure)), "{method} with {damage}");
            };
            fails("GET", path, "", format!("Failed to fetch {kind}s"));
            fails("GET", &item, "", format!("Failed to fetch {kind}"));
            fails("PUT", &item, body, format!("Failed to update {kind}"));
            fails("PATCH", &item, r#"{"title":"new"}"#, format!("Failed to update {kind}"));
            fails("PATCH", &item, "{}", format!("Failed to update {kind}"));
            fails("DELETE", &item, "", format!("Failed to delete {kind}"));
            assert_eq!(stored(&api, table, &key("items#0", 1)), damaged, "{damage}");
        }
        assert_logged(&api, &format!("item 1 of {table} is damaged"));
        // The other item is well.
        assert_eq!(api.get(&format!("{path}/2")).status, 200);
        put(&api, table, &row);
        assert_eq!(api.delete(&item).status, 200, "mended");
    }
}

/// What may be missing is not part of the condition. If it is of another type, nobody is told that nothing
/// was done.
#[test]
fn an_optional_field_of_another_type_fails_what_reads_it() {
    let api = APP.start();
    assert_eq!(api.post("/books", BOOK).status, 201);
    let mut row = stored(&api, "BooksTable", &key("items#0", 1));
    row["content"] = json!({"N": "7"});
    put(&api, "BooksTable", &row);
    api.get("/books").assert_error(500, "Failed to fetch books");
    api.get("/books/1").assert_error(500, "Failed to fetch book");
    let unsure = "The change may or may not have been made";
    api.patch("/books/1", r#"{"title":"new"}"#).assert_error(503, unsure);
    assert_eq!(stored(&api, "BooksTable", &key("items#0", 1))["title"], json!({"S": "new"}));
    // A change of the field itself mends it.
    assert_eq!(api.patch("/books/1", r#"{"content":null}"#).status, 200);
    assert_eq!(api.get("/books/1").status, 200);
}

/// An earlier release wrote versions of another form; what it stored can be read and changed.
#[test]
fn what_an_earlier_release_stored_is_well() {
    let api = APP.start();
    assert_eq!(api.post("/books", BOOK).status, 201);
    let item = "/books/1";
    let mut row = stored(&api, "BooksTable", &key("items#0", 1));
    row["version"] = json!({"S": "fedcba9876543210"});
    put(&api, "BooksTable", &row);
    let tag = [("if-match", "\"fedcba9876543210\"")];
    assert_eq!(api.get(item).header("etag"), Some(tag[0].1));
    assert_eq!(api.patch(item, r#"{"title":"new"}"#).status, 200);
    put(&api, "BooksTable", &row);
    assert_eq!(api.request("PATCH", item, &tag, r#"{"title":"new"}"#).status, 200);
    assert_eq!(api.request("DELETE", item, &tag, "").status, 412);
}

/// A machine whose clock is ahead has written: nobody is kept from changing the item.
#[test]
fn a_version_of_the_future_can_be_followed() {
    let api = APP.start();
    assert_eq!(api.post("/books", BOOK).status, 201);
    let mut row = stored(&api, "BooksTable", &key("items#0", 1));
    row["version"] = json!({"S": "v7ffffffffff000000000000"});
    put(&api, "BooksTable", &row);
    for title in ["one", "two"] {
        let changed = api.patch("/books/1", json!({"title": title}).to_string());
        assert_eq!((changed.status, &changed.json()["title"]), (200, &json!(title)));
        let tag = [("if-match", changed.header("etag").unwrap())];
        assert_eq!(api.request("PUT", "/books/1", &tag, BOOK).status, 200);
    }
}

/// A record that does not tell when it expires, or what was made, must not make a second item, nor a 503 for
/// ever.
#[test]
fn a_damaged_record_of_a_create_is_a_500() {
    let api = APP.start();
    let create = |body: &str| api.request("POST", "/books", &[("idempotency-key", "k")], body);
    let first = create(BOOK);
    assert_eq!(first.status, 201);
    let scanned = api.dynamodb("Scan", &json!({"TableName": "BooksTable"}));
    let rows = scanned["Items"].as_array().unwrap();
    let record = rows.iter().find(|row| row["pk"]["S"].as_str().unwrap().starts_with("once#")).unwrap();
    for field in ["expiresAt", "payload", "item"] {
        for other in [Value::Null, json!({"S": "soon"}), json!({"N": "1.5"}), json!({"M": {}})] {
            if field == "payload" && other.get("S").is_some() {
                continue; // the hash of another body
            }
            let mut damaged = record.clone();
            if other.is_null() {
                damaged.as_object_mut().unwrap().remove(field);
            } else {
                damaged[field] = other.clone();
            }
            put(&api, "BooksTable", &damaged);
            let answer = create(BOOK);
            assert_eq!(answer.status, 500, "{field}: {other}: {answer:?}");
            assert_eq!(answer.json()["error"], "Failed to create book");
        }
    }
    assert_logged(&api, "of BooksTable is damaged");
    put(&api, "BooksTable", record);
    assert_eq!(create(BOOK).body, first.body, "mended");
    assert_eq!(api.get("/books").json().as_array().unwrap().len(), 1);
}

/// A filter that grows beyond what a key can hold when its case is folded finds nothing: `İ` becomes three
/// bytes.
#[test]
fn a_filter_that_grows_when_folded_finds_nothing() {
    let api = APP.start();
    assert_eq!(api.post("/books", BOOK).status, 201);
    let (i_with_dot, a_with_stroke) = ("%C4%B0", "%C8%BA");
    for (letter, count) in [
        (i_with_dot, 682),
        (i_with_dot, 683),
        (i_with_dot, 1_000),
        (a_with_stroke, 700),
        ("a", 2_048),
        ("a", 2_049),
    ] {
        let answer = api.get(&format!("/books?author={}", letter.repeat(count)));
        assert_eq!((answer.status, answer.body.as_str()), (200, "[]"), "{count} of {letter}");
    }
}
