//! `/api/hello`, `/api/search`, `/api/echo`, `/api/form` and `/api/auth`.

use serde_json::{Value, json};

use crate::harness::{Answer, Api, wrong_type};

#[test]
fn hello_greets() {
    Api::start().get("/api/hello").assert(200, &json!({"message": "Hello, World!"}));
}

#[test]
fn search_says_what_was_asked_for() {
    let api = Api::start();
    for (query, expected) in [
        ("?q=react&limit=5", json!({"search": "react", "limit": 5})),
        ("", json!({"search": null, "limit": 10})),
        ("?q=&limit=", json!({"search": "", "limit": 10})),
        ("?q=a+b%20c%26&q=second", json!({"search": "a b c&", "limit": 10})),
        ("?limit=100&limit=5", json!({"search": null, "limit": 100})),
        ("?limit=1", json!({"search": null, "limit": 1})),
        ("?q=%F0%9F%A6%80%FF", json!({"search": "🦀\u{fffd}", "limit": 10})),
        ("?Q=a", json!({"search": null, "limit": 10})),
    ] {
        api.get(&format!("/api/search{query}")).assert(200, &expected);
    }
}

#[test]
fn search_refuses_a_limit_that_is_no_whole_number_from_1_to_100() {
    let api = Api::start();
    let small = json!({"code": "too_small", "origin": "number", "minimum": 1, "inclusive": true, "path": ["limit"],
                       "message": "Too small: expected number to be >=1"});
    let big = json!({"code": "too_big", "origin": "number", "maximum": 100, "inclusive": true, "path": ["limit"],
                     "message": "Too big: expected number to be <=100"});
    for (limit, issue) in [
        ("0", small.clone()),
        ("-5", small.clone()),
        ("-99999999999999999999", small),
        ("101", big.clone()),
        ("99999999999999999999", big),
        ("1.5", wrong_type("limit", "int", "number")),
        ("abc", wrong_type("limit", "number", "NaN")),
        ("5abc", wrong_type("limit", "number", "NaN")),
        ("-", wrong_type("limit", "number", "NaN")),
        ("NaN", wrong_type("limit", "number", "NaN")),
    ] {
        api.get(&format!("/api/search?limit={limit}")).assert_error(400, json!([issue]));
    }
}

/// Compared as text: reading it as a JSON value would hide a lost digit or a new order.
#[test]
fn echo_keeps_key_order_and_every_digit() {
    let api = Api::start();
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

#[test]
fn form_reads_url_encoded_fields() {
    let api = Api::start();
    let form = |body: &str| {
        api.request(
            "POST",
            "/api/form",
            &[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")],
            body,
        )
    };
    form("title=My+Post&author=Jane%20D%C3%B6")
        .assert(200, &json!({"title": "My Post", "author": "Jane Dö"}));
    form("title=a&title=b&other=c").assert(200, &json!({"title": "a", "author": null}));
    form("title=").assert(200, &json!({"title": "", "author": null}));
    form("").assert(200, &json!({"title": null, "author": null}));
}

fn multipart(api: &Api, body: impl AsRef<[u8]>) -> Answer {
    api.request("POST", "/api/form", &[("content-type", "multipart/form-data; boundary=XX")], body)
}

fn part(disposition: &str, value: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{value}\r\n")
}

#[test]
fn form_reads_multipart_fields() {
    let api = Api::start();
    let title = part("name=\"title\"", "My Post 🦀");
    let author = part("name=\"author\"", "Jane");
    let file = part("name=\"file\"; filename=\"a.bin\"", "\u{0}\u{1}");
    multipart(&api, format!("{file}{title}{author}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": "Jane"}));
    let second = part("name=\"title\"", "second");
    multipart(&api, format!("{title}{second}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": null}));
    multipart(&api, "--XX--\r\n").assert(200, &json!({"title": null, "author": null}));
    let many: String = (0..1_000).map(|number| part(&format!("name=\"n{number}\""), "v")).collect();
    multipart(&api, format!("{many}{title}--XX--\r\n"))
        .assert(200, &json!({"title": "My Post 🦀", "author": null}));
}

#[test]
fn a_multipart_field_that_is_not_utf_8_is_read_with_replacements() {
    let api = Api::start();
    let mut bytes = part("name=\"title\"", "a?b").into_bytes();
    let invalid = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[invalid] = 0xFF;
    multipart(&api, [&bytes[..], b"--XX--\r\n"].concat())
        .assert(200, &json!({"title": "a\u{fffd}b", "author": null}));
}

#[test]
fn form_refuses_what_is_no_form() {
    let api = Api::start();
    let title = part("name=\"title\"", "My Post");
    let file = part("name=\"title\"; filename=\"a.txt\"", "text");
    let refused = |answer: &Answer, detail: &str| answer.assert_error(400, format!("Invalid body: {detail}"));
    refused(&multipart(&api, format!("{file}--XX--\r\n")), "expected title to be text, received a file");
    refused(&multipart(&api, title.trim_end()), "field \"title\" received with incomplete data");
    refused(&multipart(&api, format!("{title}--XX")), "incomplete multipart stream");
    refused(&multipart(&api, ""), "incomplete multipart stream");
    refused(
        &api.request("POST", "/api/form", &[("content-type", "multipart/form-data")], &title),
        "multipart boundary not found in Content-Type",
    );
    let nameless = "--XX\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--XX--\r\n";
    refused(&multipart(&api, nameless), "a part has no name");
    let unsupported = "Expected application/x-www-form-urlencoded or multipart/form-data";
    for content_type in ["application/json", "text/plain", "multipart/mixed; boundary=XX", ""] {
        let answer = api.request("POST", "/api/form", &[("content-type", content_type)], r#"{"title":"a"}"#);
        answer.assert_error(415, unsupported);
    }
}

#[track_caller]
fn assert_unauthorized(answer: &Answer) {
    answer.assert_error(401, "Unauthorized");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[test]
fn auth_asks_for_an_authorization_header() {
    let api = Api::start();
    let authorized: Value = json!({"authorized": true});
    assert_unauthorized(&api.get("/api/auth"));
    for blank in ["", " ", "\t "] {
        assert_unauthorized(&api.request("GET", "/api/auth", &[("authorization", blank)], ""));
    }
    let twice = [("authorization", ""), ("authorization", " ")];
    assert_unauthorized(&api.request("GET", "/api/auth", &twice, ""));
    for value in ["Bearer anything", "Basic eA==", "x"] {
        api.request("GET", "/api/auth", &[("authorization", value)], "").assert(200, &authorized);
    }
}

/// Without configured tokens no token is valid: open would be worse than closed.
#[test]
fn auth_accepts_no_token_where_none_are_configured() {
    let api = Api::start();
    assert_unauthorized(&api.post("/api/auth", ""));
    assert_unauthorized(&api.request("POST", "/api/auth", &[("authorization", "Bearer secret")], "{}"));
}
