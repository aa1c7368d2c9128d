//! `/api/echo`.

use serde_json::json;

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("echo", 200, json!({"received": {"title": "My Post", "author": "Jane"}}))]
}

/// Compared as text: reading it as a JSON value would hide a lost digit or a new order.
#[test]
fn echo_keeps_key_order_and_every_digit() {
    let api = APP.start();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    for body in [
        r#"{"title":"My Post","author":"Jane"}"#,
        r#"{"z":1,"a":2,"10":3,"2":4}"#,
        "12345678901234567890.123456789012345678901234567890",
        "1e400",
        "-0.0",
        "null",
        "\"text\"",
        "[]",
        r#""\ud800""#,
        &deep,
    ] {
        let answer = api.post("/api/echo", body);
        assert_eq!((answer.status, answer.body), (200, format!(r#"{{"received":{body}}}"#)));
    }
    let spaced = api.post("/api/echo", " { \"a\" : 1 } \n");
    spaced.assert(200, &json!({"received": {"a": 1}}));
}

/// What is no text is JSON all the same, and echoed as it came.
#[test]
fn echo_keeps_halves_of_surrogate_pairs() {
    let body = r#"{"title":"\ud83e\udd80 \udd80\ud83e","\ud800":["\udfff"]}"#;
    let answer = APP.start().post("/api/echo", body);
    assert_eq!((answer.status, answer.body), (200, format!(r#"{{"received":{body}}}"#)));
}

#[test]
fn echo_reads_json_whatever_it_is_called() {
    let api = APP.start();
    for content_type in
        ["application/json", "application/x-www-form-urlencoded", "text/plain", "image/png", ""]
    {
        let answer =
            api.request("POST", "/api/echo", &[("content-type", content_type)], r#"{"title":"Ünï"}"#);
        answer.assert(200, &json!({"received": {"title": "Ünï"}}));
    }
    api.post("/api/echo", "\u{feff}[]").assert(200, &json!({"received": []}));
}
