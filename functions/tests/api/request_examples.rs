//! `/api/hello`, `/api/search`, `/api/echo`, `/api/form` and `/api/auth`.

use serde_json::{Value, json};

use crate::harness::{Answer, Api};

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

/// `Number()` reads it: what JavaScript takes for a number is one.
#[test]
fn search_takes_every_whole_number_that_javascript_reads() {
    let api = Api::start();
    for (limit, number) in [
        ("5.0", 5),
        ("+5", 5),
        ("%2B5", 5),
        ("%205%20", 5),
        ("%095%0A", 5),
        ("%EF%BB%BF5%C2%A0", 5),
        ("5.", 5),
        ("005", 5),
        ("1e1", 10),
        ("1E%2B1", 10),
        ("1000e-2", 10),
        (".5e1", 5),
        ("0x10", 16),
        ("0b11", 3),
        ("0O17", 15),
        ("1.0000000000000001", 1),
        ("100.00000000000000001", 100),
    ] {
        api.get(&format!("/api/search?limit={limit}")).assert(200, &json!({"search": null, "limit": number}));
    }
}

/// The answers of Zod 4.6's `z.coerce.number().int().min(1).max(100)`, as text: the order of the keys is Zod's too.
#[test]
fn search_refuses_any_other_limit_in_zods_words() {
    const SMALL: &str = r#"{"origin":"number","code":"too_small","minimum":1,"inclusive":true,"path":["limit"],"message":"Too small: expected number to be >=1"}"#;
    const BIG: &str = r#"{"origin":"number","code":"too_big","maximum":100,"inclusive":true,"path":["limit"],"message":"Too big: expected number to be <=100"}"#;
    const NO_INT: &str = r#"{"expected":"int","format":"safeint","code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received number"}"#;
    const UNSAFE_SMALL: &str = r#"{"code":"too_small","minimum":-9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too small: expected int to be >=-9007199254740991"}"#;
    const UNSAFE_BIG: &str = r#"{"code":"too_big","maximum":9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too big: expected int to be <=9007199254740991"}"#;
    let api = Api::start();
    let not_finite = |received: &str| {
        format!(
            r#"{{"expected":"number","code":"invalid_type","received":"{received}","path":["limit"],"message":"Invalid input: expected number, received {received}"}}"#
        )
    };
    let refused = |limit: &str, issues: &str| {
        let answer = api.get(&format!("/api/search?limit={limit}"));
        assert_eq!((answer.status, answer.body), (400, format!(r#"{{"error":[{issues}]}}"#)), "{limit}");
    };
    for limit in ["0", "-0", "0.0", "-5", "%20", "+", "0x0", "-9007199254740991", "1e-400"] {
        refused(limit, SMALL);
    }
    for limit in ["101", "1e3", "0xFF", "9007199254740991"] {
        refused(limit, BIG);
    }
    for limit in ["1.5", "-1.5", "0.5", "1e-1", "101.5", ".1"] {
        refused(limit, NO_INT);
    }
    for limit in ["-9007199254740992", "-99999999999999999999", "-1e300"] {
        refused(limit, &format!("{UNSAFE_SMALL},{SMALL}"));
    }
    for limit in ["9007199254740992", "99999999999999999999", "1e300"] {
        refused(limit, &format!("{UNSAFE_BIG},{BIG}"));
    }
    for limit in ["1e400", "Infinity", "%2BInfinity"] {
        refused(limit, &not_finite("Infinity"));
    }
    for limit in ["-1e400", "-Infinity"] {
        refused(limit, &not_finite("-Infinity"));
    }
    for limit in [
        "abc",
        "5abc",
        "-",
        "%2B",
        "NaN",
        "inf",
        "infinity",
        "5,",
        "1_0",
        "1%200",
        "1n",
        "0x",
        "-0x10",
        "0b2",
        "null",
        "true",
        "[]",
        "%EF%BC%95",
        "%D9%A5",
        "%FF",
        "%00",
        "5%00",
        "%C2%855",
        "--5",
        "1e",
        "1.2.3",
    ] {
        refused(limit, &not_finite("NaN"));
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
