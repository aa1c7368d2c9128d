//! What a function does at its start, before the first request.

use std::time::{Duration, Instant};

use serde_json::json;
use testkit::{FakeDynamoDb, Watched};

use crate::app::{APP, BOOK, LABEL};

/// The connection is opened by a call that the function's permissions allow, while nobody waits; and the
/// request goes over it.
#[test]
fn a_function_opens_its_connection_before_its_first_request() {
    let routes = [
        ("POST", "/books", BOOK, 201, vec!["GetItem"]),
        ("GET", "/books", "", 200, vec!["GetItem"]),
        ("GET", "/books/1", "", 200, vec!["GetItem"]),
        ("GET", "/books/1/exists", "", 200, vec!["GetItem"]),
        ("GET", "/books/count", "", 200, vec!["GetItem"]),
        ("PUT", "/books/1", BOOK, 200, vec!["UpdateItem"]),
        ("PATCH", "/books/1", BOOK, 200, vec!["UpdateItem"]),
        ("DELETE", "/books/1", "", 200, vec!["DeleteItem"]),
        ("POST", "/labels", LABEL, 201, vec!["GetItem"]),
        // It works with two stores, on one connection.
        ("PUT", "/labels/1", LABEL, 200, vec!["UpdateItem"]),
        ("GET", "/greeting", "", 200, vec![]),
    ];
    let watched = Watched::start(&APP);
    for (method, path, body, status, expected) in routes {
        let before = watched.connections();
        assert_eq!(watched.api.request(method, path, &[], body).status, status, "{method} {path}");
        assert_eq!(watched.warm_ups(), expected, "{method} {path}");
        // A list and a count ask two things at once.
        let most = if ["/books", "/books/count"].contains(&path) && method == "GET" { 2 } else { 1 };
        let connections = watched.connections() - before;
        assert!(connections <= most, "{method} {path}: {connections} connections");
        watched.api.request(method, path, &[], body);
        assert_eq!(watched.warm_ups(), Vec::<String>::new(), "{method} {path}, the second time");
    }
    // Nothing of it is left in the tables: what is there is what was made.
    for table in ["BooksTable", "LabelsTable"] {
        let items = watched.api.dynamodb("Scan", &json!({"TableName": table}));
        let others: Vec<_> = items["Items"].as_array().unwrap().iter().map(|item| &item["pk"]["S"]).collect();
        assert!(!others.iter().any(|key| **key == "nothing"), "{others:?}");
    }
}

/// A database that is slow or away costs a start two seconds at most, and then the request is answered for
/// itself.
#[test]
fn a_start_does_not_depend_on_the_database() {
    let silent = FakeDynamoDb::silent();
    let api = APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &silent.url)]);
    let started = Instant::now();
    assert_eq!(api.get("/books/x").status, 404, "which needs no database");
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    let refusing = FakeDynamoDb::failing(400, "AccessDeniedException");
    let api = APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &refusing.url)]);
    assert_eq!(api.get("/books/x").status, 404);
}
