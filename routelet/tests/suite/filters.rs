//! Lists that are filtered, by fields of every type that a filter can have: by `author`, which is a text, and
//! by `available`, `pages` and `format`, of which the last two may be null.

use serde_json::{Value, json};
use testkit::Api;

use crate::app::{APP, ids, walk};

fn create(api: &Api, fields: &Value) -> Value {
    let mut book = json!({"title": "t", "author": "a"});
    book.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = api.post("/books", book.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

/// What a filter finds, and that as many are counted.
#[track_caller]
fn assert_found(api: &Api, query: &str, expected: &[u64]) {
    assert_eq!(ids(&api.get(&format!("/books?{query}"))), expected, "{query}");
    api.get(&format!("/books/count?{query}")).assert(200, &json!({"count": expected.len(), "more": false}));
}

#[test]
fn each_type_is_filtered_alone_and_together_with_others() {
    let api = APP.start();
    create(&api, &json!({"author": "Jane", "format": "e-book", "pages": 7, "available": true}));
    create(&api, &json!({"author": "John", "format": "e-book", "pages": 8}));
    create(&api, &json!({"author": "JANE", "format": "paperback", "pages": 7}));
    create(&api, &json!({"author": "jane", "available": true}));
    for (query, expected) in [
        ("author=jane", &[1, 3, 4][..]),
        ("format=e-book", &[1, 2]),
        ("format=hardcover", &[]),
        ("pages=7", &[1, 3]),
        ("pages=9", &[]),
        ("pages=0", &[]),
        ("available=true", &[1, 4]),
        ("available=false", &[2, 3]),
        ("author=JANE&format=e-book", &[1]),
        ("format=e-book&author=jane", &[1]),
        ("author=jane&available=true", &[1, 4]),
        ("pages=7&format=paperback", &[3]),
        ("author=jane&format=e-book&pages=7&available=true", &[1]),
        ("author=john&format=e-book&pages=7", &[]),
        ("author=&format=e-book&pages=", &[1, 2]),
        ("format=e-book&format=paperback", &[1, 2]),
        ("author=&format=&pages=&available=", &[1, 2, 3, 4]),
    ] {
        assert_found(&api, query, expected);
    }
}

/// A typo is told, and not answered with an empty list. A text can be anything.
#[test]
fn a_value_that_no_item_can_have_is_an_issue() {
    let api = APP.start();
    let option = |name: &str, values: Value, told: &str| {
        json!({"code": "invalid_value", "values": values, "path": [name],
               "message": format!("Invalid option: expected one of {told}")})
    };
    let available = option("available", json!(["true", "false"]), r#""true"|"false""#);
    let format =
        option("format", json!(["hardcover", "paperback", "e-book"]), r#""hardcover"|"paperback"|"e-book""#);
    let int = json!({"code": "invalid_type", "expected": "int", "format": "safeint", "path": ["pages"],
                     "message": "Invalid input: expected int, received number"});
    for path in ["/books", "/books/count"] {
        let get = |query: &str| api.get(&format!("{path}?{query}"));
        get("available=1").assert_error(400, json!([available]));
        get("format=E-Book").assert_error(400, json!([format]));
        get("pages=1.5").assert_error(400, json!([int]));
        get("format=x&author=a&available=x").assert_error(400, json!([available, format]));
        assert_eq!(get("pages=9007199254740992").status, 400);
        assert_eq!(get("pages=x").status, 400);
        assert_eq!(get("pages=%2B7.0").status, 200);
        assert_eq!(get("author=true").status, 200);
    }
    api.get("/labels?format=x").assert(200, &json!([]));
}

/// An index holds those that have a value, and as it is now.
#[test]
fn a_filter_follows_every_change() {
    let api = APP.start();
    create(&api, &json!({"format": "e-book", "pages": 7}));
    create(&api, &json!({}));
    let change = |body: Value| assert_eq!(api.patch("/books/1", body.to_string()).status, 200, "{body}");
    let assert_is = |format: &str, pages: &str| {
        for (name, values, is) in [("format", ["e-book", "paperback"], format), ("pages", ["7", "8"], pages)]
        {
            for value in values {
                let expected: &[u64] = if value == is { &[1] } else { &[] };
                assert_found(&api, &format!("{name}={value}"), expected);
            }
        }
    };
    assert_is("e-book", "7");
    change(json!({"format": "paperback"}));
    assert_is("paperback", "7");
    change(json!({"format": null}));
    assert_is("", "7");
    change(json!({"format": null, "pages": null}));
    assert_is("", "");
    change(json!({"format": "e-book", "pages": null, "title": "u"}));
    assert_is("e-book", "");
    change(json!({"format": null, "pages": 8}));
    assert_is("", "8");
    // A put that leaves out a field keeps it.
    assert_eq!(api.put("/books/1", r#"{"title":"t","author":"a","available":true}"#).status, 200);
    assert_is("", "8");
    assert_found(&api, "available=true", &[1]);
    assert_eq!(api.delete("/books/1").status, 200);
    assert_is("", "");
    assert_found(&api, "available=true", &[]);
}

/// Whoever is last, list and item agree: the key of an index is written with its field.
#[test]
fn changes_and_clears_at_once_leave_one_value_in_the_index() {
    let api = APP.start();
    create(&api, &json!({}));
    let bodies =
        [r#"{"format":"e-book"}"#, r#"{"format":null}"#, r#"{"format":"paperback"}"#, r#"{"pages":7}"#];
    for _ in 0..5 {
        std::thread::scope(|scope| {
            for body in bodies.iter().cycle().take(12) {
                let api = &api;
                scope.spawn(move || assert_eq!(api.patch("/books/1", *body).status, 200));
            }
        });
        let book = api.get("/books/1").json();
        for format in ["e-book", "paperback"] {
            let expected: &[u64] = if book["format"] == format { &[1] } else { &[] };
            assert_found(&api, &format!("format={format}"), expected);
            assert_found(&api, &format!("pages=7&format={format}"), expected);
        }
    }
}

/// What is left of a walk's items is walked, each once, however few of them match the second filter.
#[test]
fn a_list_with_two_filters_is_walked_page_by_page() {
    let api = APP.start();
    for number in 1..=40_u64 {
        let format = if number % 13 == 0 { "paperback" } else { "e-book" };
        create(&api, &json!({"author": if number % 2 == 0 { "Even" } else { "Odd" }, "format": format}));
    }
    for (query, expected) in [
        ("author=odd&format=paperback", vec![13, 39]),
        ("author=even&format=paperback", vec![26]),
        ("format=paperback", vec![13, 26, 39]),
        ("author=odd&format=e-book", (1..=37).step_by(2).filter(|id| *id != 13).collect()),
        ("author=nobody&format=e-book", vec![]),
    ] {
        for limit in [1, 2, 5, 1_000] {
            let pages = walk(&api, &format!("/books?{query}&limit={limit}"));
            assert_eq!(pages.concat(), expected, "{query}");
            assert!(pages.iter().all(|page| page.len() <= limit), "{pages:?}");
        }
    }
    let link = api.get("/books?limit=1&format=e-book&author=ODD").next_page().unwrap();
    assert!(link.starts_with("/books?author=odd&format=e-book&limit=1&cursor="), "{link}");
}

/// A cursor is of all its filters, and carries them.
#[test]
fn a_cursor_is_bound_to_its_filters() {
    let api = APP.start();
    for _ in 0..3 {
        create(&api, &json!({"author": "Jane", "format": "e-book", "available": true}));
    }
    let link = api.get("/books?limit=1&author=jane&format=e-book").next_page().unwrap();
    let cursor = link.rsplit('=').next().unwrap();
    for query in ["", "author=jane&format=e-book&", "format=e-book&author=JANE&", "author=&format=&"] {
        assert_eq!(ids(&api.get(&format!("/books?{query}cursor={cursor}"))), [2, 3], "{query}");
    }
    for query in [
        "author=jane",
        "format=e-book",
        "author=jane&format=paperback",
        "author=jane&format=e-book&available=true",
        "available=true",
    ] {
        api.get(&format!("/books?{query}&cursor={cursor}")).assert_error(400, "Invalid cursor");
    }
    let unfiltered = api.get("/books?limit=1").next_page().unwrap();
    let unfiltered = unfiltered.rsplit('=').next().unwrap();
    api.get(&format!("/books?available=true&cursor={unfiltered}")).assert_error(400, "Invalid cursor");
}

/// Items that were stored before a field was a filter are in its index once the field is written again.
#[test]
fn a_new_filter_finds_what_is_written_from_then_on() {
    let api = APP.start();
    create(&api, &json!({"format": "e-book", "pages": 7}));
    let update = json!({"TableName": "BooksTable", "Key": {"pk": {"S": "items#0"}, "id": {"N": "1"}},
                        "UpdateExpression": "REMOVE formatKey"});
    api.dynamodb("UpdateItem", &update);
    assert_found(&api, "format=e-book", &[]);
    assert_found(&api, "pages=7&format=e-book", &[]);
    assert_eq!(api.patch("/books/1", r#"{"pages":8}"#).status, 200);
    assert_found(&api, "format=e-book", &[]);
    assert_eq!(api.patch("/books/1", r#"{"format":"e-book"}"#).status, 200);
    assert_found(&api, "format=e-book", &[1]);
    assert_found(&api, "pages=8&format=e-book", &[1]);
}

/// What is stored beside the fields, and what deployed tables have: texts lower-cased, the others as they
/// are, and nothing for null.
#[test]
fn the_keys_of_the_indexes_are_texts() {
    let api = APP.start();
    create(&api, &json!({"author": "JÄNE", "format": "e-book", "available": true}));
    let get = json!({"TableName": "BooksTable", "Key": {"pk": {"S": "items#0"}, "id": {"N": "1"}}});
    let row = api.dynamodb("GetItem", &get)["Item"].clone();
    assert_eq!(
        (&row["authorKey"], &row["formatKey"], &row["availableKey"], &row["pagesKey"]),
        (&json!({"S": "jäne"}), &json!({"S": "e-book"}), &json!({"S": "true"}), &Value::Null)
    );
    assert_eq!(row["format"], json!({"S": "e-book"}));
    assert_eq!(row["available"], json!({"BOOL": true}));
}

/// What a request costs in calls of DynamoDB: seen by a proxy before the database.
mod costs {
    use serde_json::json;
    use testkit::Watched;

    use super::{create, ids};
    use crate::app::APP;

    /// A second filter that leaves few of many costs a few queries, and not one for each item.
    #[test]
    fn a_page_that_a_second_filter_leaves_almost_empty_is_soon_there() {
        let watched = Watched::start(&APP);
        let api = &watched.api;
        for number in 1..=120 {
            create(api, &json!({"pages": if number == 120 { 8 } else { 7 }}));
        }
        watched.operations();
        let page = api.get("/books?author=a&pages=8&limit=1");
        assert_eq!((ids(&page), page.next_page()), (vec![120], None));
        let operations = watched.operations();
        assert!((2..=5).contains(&operations.len()), "{operations:?}");
        assert!(operations.iter().all(|operation| operation == "Query"), "{operations:?}");
        // Where all match, no more is read than fits into the page.
        let page = api.get("/books?author=a&pages=7&limit=1");
        assert_eq!((ids(&page), watched.operations().len()), (vec![1], 1));
    }
}
