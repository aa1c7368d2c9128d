//! `count` and `exists`: how many items there are, and whether there is one.

use serde_json::{Value, json};
use testkit::{Answer, Api};

use crate::app::{APP, BOOK};

fn create(api: &Api) {
    assert_eq!(api.post("/books", BOOK).status, 201);
}

fn put(api: &Api, id: u64, content: &str) {
    let item = json!({"pk": {"S": format!("items#{}", (id - 1) / 10_000)}, "id": {"N": id.to_string()},
                      "title": {"S": "t"}, "author": {"S": "a"}, "authorKey": {"S": "a"},
                      "content": {"S": content}, "available": {"BOOL": true}, "tags": {"L": []},
                      "createdAt": {"S": "2026-06-01T10:00:00.000Z"}, "version": {"S": "0123456789abcdef"}});
    api.dynamodb("PutItem", &json!({"TableName": "BooksTable", "Item": item}));
}

fn set_counter(api: &Api, last: u64) {
    let counter = json!({"pk": {"S": "counter"}, "id": {"N": "0"}, "lastId": {"N": last.to_string()}});
    api.dynamodb("PutItem", &json!({"TableName": "BooksTable", "Item": counter}));
}

#[track_caller]
fn assert_counted(answer: &Answer, count: u64, more: bool) {
    answer.assert(200, &json!({"count": count, "more": more}));
}

#[track_caller]
fn assert_exists(api: &Api, id: u64, exists: bool) {
    api.get(&format!("/books/{id}/exists")).assert(200, &json!({"exists": exists}));
}

#[test]
fn a_count_follows_creates_and_deletes() {
    let api = APP.start();
    assert_counted(&api.get("/books/count"), 0, false);
    assert_exists(&api, 1, false);
    for _ in 0..3 {
        create(&api);
    }
    // The record of an idempotent create is no item.
    for _ in ["first", "again"] {
        assert_eq!(api.request("POST", "/books", &[("idempotency-key", "k")], BOOK).status, 201);
    }
    assert_counted(&api.get("/books/count"), 4, false);
    assert_exists(&api, 2, true);
    assert_eq!(api.delete("/books/2").status, 200);
    assert_counted(&api.get("/books/count"), 3, false);
    assert_exists(&api, 2, false);
    for id in [1, 3, 4] {
        api.delete(&format!("/books/{id}"));
    }
    assert_counted(&api.get("/books/count"), 0, false);
    create(&api);
    assert_counted(&api.get("/books/count"), 1, false);
    assert_eq!(api.request("HEAD", "/books/count", &[], "").status, 200);
}

#[test]
fn what_is_no_id_does_not_exist() {
    let api = APP.start();
    create(&api);
    assert_exists(&api, 9_007_199_254_740_991, false);
    for id in ["0", "01", "x", "9007199254740992"] {
        api.get(&format!("/books/{id}/exists")).assert_error(404, "Book not found");
    }
}

/// Neither looks into an item.
#[test]
fn an_item_that_cannot_be_read_is_there_and_is_counted() {
    let api = APP.start();
    create(&api);
    let update = json!({"TableName": "BooksTable", "Key": {"pk": {"S": "items#0"}, "id": {"N": "1"}},
                        "UpdateExpression": "REMOVE title"});
    api.dynamodb("UpdateItem", &update);
    api.get("/books/1").assert_error(500, "Failed to fetch book");
    assert_exists(&api, 1, true);
    assert_counted(&api.get("/books/count"), 1, false);
    assert_counted(&api.get("/books/count?author=A"), 1, false);
}

/// An item sits in the partition of its ten thousand ids.
#[test]
fn a_count_walks_the_ranges() {
    let api = APP.start();
    for id in [1, 10_000, 10_001, 25_000, 100_000] {
        put(&api, id, "");
    }
    set_counter(&api, 100_000);
    assert_counted(&api.get("/books/count"), 5, false);
    assert_exists(&api, 25_000, true);
    assert_exists(&api, 25_001, false);
    create(&api);
    assert_counted(&api.get("/books/count"), 6, false);
}

/// Where a million ids were deleted, a count ends early, and says so.
#[test]
fn a_count_of_many_empty_ranges_ends_early() {
    let api = APP.start();
    put(&api, 1, "");
    put(&api, 160_000, "");
    set_counter(&api, 160_000);
    assert_counted(&api.get("/books/count"), 2, false);
    set_counter(&api, 160_001);
    assert_counted(&api.get("/books/count"), 2, true);
    assert_counted(&api.get("/books/count?author=a"), 2, false);
}

/// A count that ended early would look as if the rest had been deleted.
#[test]
fn a_lost_or_damaged_counter_fails_the_count() {
    let api = APP.start();
    let fails = |damage: &str| {
        let answer = api.get("/books/count");
        assert_eq!(
            (answer.status, &answer.json()["error"]),
            (500, &json!("Failed to count books")),
            "{damage}"
        );
    };
    for _ in 0..3 {
        create(&api);
    }
    let key = json!({"pk": {"S": "counter"}, "id": {"N": "0"}});
    api.dynamodb("DeleteItem", &json!({"TableName": "BooksTable", "Key": key}));
    fails("lost");
    for last in [1, 2] {
        set_counter(&api, last);
        fails("behind");
    }
    set_counter(&api, 0);
    fails("no id");
    put(&api, 10_001, "");
    set_counter(&api, 10_000);
    fails("behind the first of the next range");
    set_counter(&api, 10_001);
    assert_counted(&api.get("/books/count"), 4, false);
    // An index is walked to its end.
    api.dynamodb("DeleteItem", &json!({"TableName": "BooksTable", "Key": key}));
    assert_counted(&api.get("/books/count?author=a"), 4, false);
}

/// What a request costs in calls of DynamoDB: seen by a proxy before the database.
mod costs {
    use serde_json::json;
    use testkit::Watched;

    use super::{APP, assert_counted, assert_exists, create, put, set_counter};

    #[test]
    fn a_count_of_few_items_is_three_calls_and_exists_is_one() {
        let watched = Watched::start(&APP);
        let api = &watched.api;
        create(api);
        watched.operations();
        assert_counted(&api.get("/books/count"), 1, false);
        assert_eq!(watched.operations(), ["GetItem", "Query", "Query"]);
        assert_counted(&api.get("/books/count?author=a&available=false"), 1, false);
        assert_eq!(watched.operations(), ["Query"]);
        assert_exists(api, 1, true);
        assert_eq!(watched.operations(), ["GetItem"]);
    }

    /// A query counts 1 MB.
    #[test]
    fn a_count_of_large_items_goes_on_where_a_query_ended() {
        let watched = Watched::start(&APP);
        let api = &watched.api;
        let content = "c".repeat(250_000);
        for id in 1..=12 {
            put(api, id, &content);
        }
        put(api, 10_001, &content);
        set_counter(api, 10_001);
        watched.operations();
        watched.units();
        assert_counted(&api.get("/books/count"), 13, false);
        let queries = watched.operations().iter().filter(|operation| *operation == "Query").count();
        assert!((4..=6).contains(&queries), "{queries} queries of 1 MB for 3 MB, and one of what is after");
        assert!(watched.units() <= queries, "numbers alone are sent");
        assert_counted(&api.get("/books/count?author=A"), 13, false);
        assert!(watched.units() <= queries, "of an index, too");
    }

    /// 16 queries are 16 MB: the rest is not counted, and that is told.
    #[test]
    fn a_count_ends_after_16_mb() {
        let api = APP.start();
        let content = "c".repeat(390_000);
        for id in 1..=60 {
            put(&api, id, &content);
        }
        set_counter(&api, 60);
        for query in ["", "?author=a"] {
            let counted = api.get(&format!("/books/count{query}")).json();
            // A query finds two or three such items. How many there were tells less: a slow one is repeated.
            let of_each = [2, 3].map(|items| json!(16 * items));
            assert!(of_each.contains(&counted["count"]) && counted["more"] == true, "{counted}");
        }
    }
}

/// Past ten thousand a person does not ask how many.
#[test]
fn no_more_than_ten_thousand_are_counted() {
    let api = APP.start();
    let batch = |ids: std::ops::Range<u64>| {
        let puts: Vec<Value> = ids
            .map(|id| {
                json!({"PutRequest": {"Item": {"pk": {"S": format!("items#{}", (id - 1) / 10_000)},
                       "id": {"N": id.to_string()}, "authorKey": {"S": "a"}}}})
            })
            .collect();
        api.dynamodb("BatchWriteItem", &json!({"RequestItems": {"BooksTable": puts}}));
    };
    for start in (1..10_001).step_by(25) {
        batch(start..start + 25);
    }
    set_counter(&api, 10_000);
    for query in ["", "?author=a"] {
        assert_counted(&api.get(&format!("/books/count{query}")), 10_000, false);
    }
    batch(10_001..10_002);
    set_counter(&api, 10_001);
    for query in ["", "?author=a"] {
        assert_counted(&api.get(&format!("/books/count{query}")), 10_000, true);
    }
}
