//! The database throttles, fails, is slow or away.

use std::{
    net::TcpListener,
    time::{Duration, Instant},
};

use testkit::{Answer, Api, FakeDynamoDb};

use crate::app::{APP, BOOK, LABEL};

/// Every route that uses the database, with what it says if the caller can't mend it.
const ROUTES: [(&str, &str, &str, &str); 16] = [
    ("GET", "/books", "", "Failed to fetch books"),
    ("GET", "/books?author=a&pages=7", "", "Failed to fetch books"),
    ("GET", "/books/count", "", "Failed to count books"),
    ("GET", "/books/count?format=e-book", "", "Failed to count books"),
    ("GET", "/books/1/exists", "", "Failed to fetch book"),
    ("POST", "/books", BOOK, "Failed to create book"),
    ("GET", "/books/1", "", "Failed to fetch book"),
    ("PUT", "/books/1", BOOK, "Failed to update book"),
    ("PATCH", "/books/1", BOOK, "Failed to update book"),
    ("DELETE", "/books/1", "", "Failed to delete book"),
    ("GET", "/labels", "", "Failed to fetch labels"),
    ("POST", "/labels", LABEL, "Failed to create label"),
    ("GET", "/labels/1", "", "Failed to fetch label"),
    ("PUT", "/labels/1", LABEL, "Failed to update label"),
    ("PATCH", "/labels/1", LABEL, "Failed to update label"),
    ("DELETE", "/labels/1", "", "Failed to delete label"),
];

fn with_database(url: &str) -> Api {
    APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", url)])
}

#[track_caller]
fn assert_unavailable(answer: &Answer) {
    answer.assert_error(503, "Temporarily unavailable");
    assert_eq!(answer.header("retry-after"), Some("1"));
}

/// What the caller cannot mend is told in the function's own sentence, and the cause stays inside.
#[test]
fn a_database_that_refuses_is_a_500_in_the_functions_words() {
    let database = FakeDynamoDb::failing(400, "AccessDeniedException");
    let api = with_database(&database.url);
    for (method, path, body, error) in ROUTES {
        api.request(method, path, &[], body).assert_error(500, error);
    }
    // A list asks two things at once, and does not wait for the second where the first is refused.
    let expected = ROUTES.len()..=ROUTES.len() + 2;
    assert!(expected.contains(&database.requests()), "no retries of what cannot succeed");
}

/// The SDK tries again by itself, a bounded number of times, and then the caller is told to.
#[test]
fn a_throttling_database_is_a_503_after_bounded_retries() {
    let database = FakeDynamoDb::failing(400, "ThrottlingException");
    let api = with_database(&database.url);
    assert_unavailable(&api.get("/books/1"));
    assert_eq!(database.requests(), 4, "one attempt and three retries");
    for (method, path, body, _) in ROUTES {
        assert_unavailable(&api.request(method, path, &[], body));
    }
}

#[test]
fn a_failing_database_is_a_503() {
    for code in ["InternalServerError", "ServiceUnavailable"] {
        let database = FakeDynamoDb::failing(500, code);
        assert_unavailable(&with_database(&database.url).get("/books/1"));
    }
}

/// Whether a change was made that the database failed to answer nobody knows; a create had no id yet.
#[track_caller]
fn assert_unavailable_or_unsure(method: &str, answer: &Answer) {
    match method {
        "PUT" | "PATCH" | "DELETE" => answer.assert_error(503, "The change may or may not have been made"),
        _ => answer.assert_error(503, "Temporarily unavailable"),
    }
    assert_eq!(answer.header("retry-after"), Some("1"));
}

#[test]
fn a_change_that_the_database_failed_to_answer_may_have_been_made() {
    let database = FakeDynamoDb::failing(500, "InternalServerError");
    let api = with_database(&database.url);
    for (method, path, body, _) in ROUTES {
        assert_unavailable_or_unsure(method, &api.request(method, path, &[], body));
    }
    // One that asks for nothing was not made.
    assert_unavailable(&api.patch("/books/1", "{}"));
    let log = api.log().join("\n");
    assert!(log.contains("fake"), "the cause is in the log: {log}");
}

/// All attempts together end well before the function's timeout of 10 s.
#[test]
fn a_silent_database_is_a_503_in_time() {
    let database = FakeDynamoDb::silent();
    let api = with_database(&database.url);
    let started = Instant::now();
    std::thread::scope(|scope| {
        for (method, path, body, _) in ROUTES {
            let api = &api;
            scope.spawn(move || {
                assert_unavailable_or_unsure(method, &api.request(method, path, &[], body));
            });
        }
    });
    let elapsed = started.elapsed();
    assert!(elapsed < Duration::from_secs(8), "took {elapsed:?}");
    assert!(database.requests() > ROUTES.len(), "slow answers are tried again");
}

#[test]
fn a_database_that_is_away_is_a_503_at_once() {
    // Bound and closed again: nobody listens there.
    let url = format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let api = with_database(&url);
    let started = Instant::now();
    assert_unavailable(&api.get("/books"));
    assert_unavailable(&api.post("/labels", LABEL));
    assert!(started.elapsed() < Duration::from_secs(8));
}

/// Routes without a database know nothing of it.
#[test]
fn other_routes_work_without_the_database() {
    let api = with_database("http://127.0.0.1:1");
    assert_eq!(api.get("/greeting").status, 200);
    assert_eq!(api.post("/echo", "1").status, 200);
    assert_eq!(api.get("/books/x").status, 404, "no id, no call");
}
