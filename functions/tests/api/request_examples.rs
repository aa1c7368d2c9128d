//! `/api/hello`, `/api/search`, `/api/echo`, `/api/form` and `/api/auth`.

use serde_json::{Value, json};
use testkit::{Answer, Api};

use crate::app::APP;

/// What is no text is JSON all the same, and echoed as it came.
#[test]
fn echo_keeps_halves_of_surrogate_pairs() {
    let body = r#"{"title":"\ud83e\udd80 \udd80\ud83e","\ud800":["\udfff"]}"#;
    let answer = APP.start().post("/api/echo", body);
    assert_eq!((answer.status, answer.body), (200, format!(r#"{{"received":{body}}}"#)));
}

#[test]
fn hello_greets() {
    APP.start().get("/api/hello").assert(200, &json!({"message": "Hello, World!"}));
}

#[test]
fn search_says_what_was_asked_for() {
    let api = APP.start();
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
    let api = APP.start();
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

/// The answers of Zod 4.6's `z.coerce.number().int().min(1).max(100)`, as text: the order of the keys is
/// Zod's too.
#[test]
fn search_refuses_any_other_limit_in_zods_words() {
    const SMALL: &str = r#"{"origin":"number","code":"too_small","minimum":1,"inclusive":true,"path":["limit"],"message":"Too small: expected number to be >=1"}"#;
    const BIG: &str = r#"{"origin":"number","code":"too_big","maximum":100,"inclusive":true,"path":["limit"],"message":"Too big: expected number to be <=100"}"#;
    const NO_INT: &str = r#"{"expected":"int","format":"safeint","code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received number"}"#;
    const UNSAFE_SMALL: &str = r#"{"code":"too_small","minimum":-9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too small: expected int to be >=-9007199254740991"}"#;
    const UNSAFE_BIG: &str = r#"{"code":"too_big","maximum":9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too big: expected int to be <=9007199254740991"}"#;
    let api = APP.start();
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

#[test]
fn form_reads_url_encoded_fields() {
    let api = APP.start();
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
    let api = APP.start();
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
    let api = APP.start();
    let mut bytes = part("name=\"title\"", "a?b").into_bytes();
    let invalid = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[invalid] = 0xFF;
    multipart(&api, [&bytes[..], b"--XX--\r\n"].concat())
        .assert(200, &json!({"title": "a\u{fffd}b", "author": null}));
}

#[test]
fn form_refuses_what_is_no_form() {
    let api = APP.start();
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

/// As browsers and Next.js parse content types (WHATWG MIME Sniffing).
#[test]
fn form_finds_a_boundary_however_it_is_written() {
    let api = APP.start();
    let form = |content_type: &str, boundary: &str| {
        let body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMy Post\r\n--{boundary}--\r\n"
        );
        api.request("POST", "/api/form", &[("content-type", content_type)], body)
    };
    let long = "x".repeat(71);
    for boundary in [
        "a/b",
        "a:b",
        "a=b",
        "a?b",
        "(a)",
        "a,b",
        "a'b",
        "a+b",
        "a.b",
        "a_b",
        "a-b",
        "a b",
        "a\"b",
        "a\\b",
        "a[b]",
        "a@b",
        "a%b",
        "--a",
        "gc0p4Jq0M2Yt08j34c0p/:=?(),",
        "'()+_,-./:=?",
        &long,
    ] {
        let escaped = boundary.replace('\\', "\\\\").replace('"', "\\\"");
        for content_type in [
            format!("multipart/form-data; boundary={boundary}"),
            format!("multipart/form-data;boundary={boundary};charset=utf-8"),
            format!("multipart/form-data; boundary=\"{escaped}\""),
        ] {
            form(&content_type, boundary).assert(200, &json!({"title": "My Post", "author": null}));
        }
    }
    for content_type in [
        "multipart/form-data;boundary=XX",
        "multipart/form-data ; boundary=XX",
        "multipart/form-data\t;\tboundary=XX\t",
        " multipart/form-data; boundary=XX ",
        "Multipart/Form-Data; Boundary=XX",
        "MULTIPART/FORM-DATA; BOUNDARY=\"XX\"",
        "multipart/form-data;;; boundary=XX;",
        "multipart/form-data; ; ;boundary=XX ; ; x",
        "multipart/form-data; charset=utf-8; boundary=XX",
        "multipart/form-data; boundary=XX; charset=utf-8",
        "multipart/form-data; boundary=XX; boundary=YY",
        "multipart/form-data; boundary=XX; BOUNDARY=YY",
        "multipart/form-data; boundary=; boundary=XX",
        "multipart/form-data; =; x==; boundary=XX",
        "multipart/form-data; x=\"a;b\\\"; boundary=YY\"; boundary=XX",
        "multipart/form-data; boundary=\"XX\"trailing; y=z",
        "multipart/form-data; boundary=\"XX",
        "multipart/form-data; boundary=\"\\X\\X\"",
    ] {
        form(content_type, "XX").assert(200, &json!({"title": "My Post", "author": null}));
    }
    for content_type in [
        "multipart/form-data",
        "multipart/form-data;",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary =XX",
        "multipart/form-data; boundary*=XX",
        "multipart/form-data; x=\"boundary=XX\"",
    ] {
        form(content_type, "XX")
            .assert_error(400, "Invalid body: multipart boundary not found in Content-Type");
    }
    for content_type in ["multipart/form-data; boundary= XX", "multipart/form-data; boundary=YY; boundary=XX"]
    {
        form(content_type, "XX").assert_error(400, "Invalid body: incomplete multipart stream");
    }
    for content_type in [
        "multipart /form-data; boundary=XX",
        "multipart/form-data boundary=XX",
        "multipart/form-data, boundary=XX",
        "multipart/form-datax; boundary=XX",
        "multipart/; boundary=XX",
        "form-data; boundary=XX",
        "application/x-www-form-urlencoded charset=utf-8",
    ] {
        assert_eq!(form(content_type, "XX").status, 415, "{content_type}");
    }
    for content_type in [
        "application/x-www-form-urlencoded;",
        "Application/X-WWW-Form-Urlencoded ; charset=x",
        "application/x-www-form-urlencoded\t;;",
    ] {
        let answer = api.request("POST", "/api/form", &[("content-type", content_type)], "title=a");
        answer.assert(200, &json!({"title": "a", "author": null}));
    }
}

/// The names of a part's parameters have no case, and a file stays a file.
#[test]
fn form_tells_fields_from_files_however_they_are_written() {
    let api = APP.start();
    let with = |head: &str| multipart(&api, format!("--XX\r\n{head}\r\n\r\nMy Post\r\n--XX--\r\n"));
    for head in [
        "Content-Disposition: form-data; NAME=\"title\"",
        "content-disposition: Form-Data;Name=title",
        "CONTENT-DISPOSITION:form-data ;\tname = \"title\"\t;",
        "Content-Disposition: form-data; name*=UTF-8''t%69tle",
        "Content-Disposition: form-data; x=\"; filename=a\"; name=\"title\"",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"title\"\r\nX-A: b",
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Transfer-Encoding: binary\r\nContent-Length: 7",
    ] {
        with(head).assert(200, &json!({"title": "My Post", "author": null}));
    }
    for parameter in [
        "filename=\"a\"",
        "fileName=\"a\"",
        "FILENAME=a",
        "filename*=utf-8''a",
        "FileName*=utf-8''a",
        "filename=\"\"",
        "filename = a",
    ] {
        for head in [
            format!("Content-Disposition: form-data; name=\"title\"; {parameter}"),
            format!("Content-Disposition: form-data;{parameter};NAME=title"),
        ] {
            let answer = with(&head);
            answer.assert_error(400, "Invalid body: expected title to be text, received a file");
        }
    }
    for (head, detail) in [
        ("Content-Disposition: form-data", "a part has no name"),
        ("Content-Disposition: attachment; name=\"title\"", "a part is no form-data"),
        ("X-A: b", "a part is no form-data"),
        ("Content-Disposition: form-data; name=\"title", "a part's Content-Disposition has no closing quote"),
    ] {
        with(head).assert_error(400, format!("Invalid body: {detail}"));
    }
    let base64 =
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    multipart(&api, format!("--XX\r\n{base64}TXkg\r\nUG9zdA==\r\n--XX--\r\n"))
        .assert(200, &json!({"title": "My Post", "author": null}));
    multipart(&api, format!("--XX\r\n{base64}My Post\r\n--XX--\r\n"))
        .assert_error(400, "Invalid body: title is no base64");
}

/// `title=My+Post&author=Jane`, and the same as a multipart form and as JSON, compressed in several ways.
mod encoded {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use serde_json::json;
    use testkit::Answer;

    use crate::{
        app::APP,
        resources::{RESOURCES, count_items, make_items, with_json},
    };

    const URLENCODED: &str = "application/x-www-form-urlencoded";
    const MULTIPART: &str = "multipart/form-data; boundary=XX";
    const FORM: &str = "title=My+Post&author=Jane";

    /// Coding, url-encoded form, multipart form, JSON, in base64: as Node.js's `zlib` writes them, blocks
    /// that are stored as they are among them.
    const BODIES: [(&str, &str, &str, &str); 11] = [
        (
            "gzip",
            "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
            "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
            "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
        ),
        (
            "x-gzip",
            "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
            "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
            "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
        ),
        (
            "deflate",
            "eJwrySzJSbX1rdQOyC8uUUssLcnIL7L1SsxLBQB7FAlr",
            "eJzT1Y2I4OVyzs8rSc0r0XXJLC7IL84syczPs1JIyy/K1U1JLEm0VshLzE21VSrJLMlJVeLl4uXyrVQIyC8u4eXSJUF7YmlJRn4RWL9XYl4qRLOuLi8XABmhKOU=",
            "eJyrVirJLMlJVbJSKlHSUUrOzytJzStRslJKVtJRSiwtycgvUrJSSlSqBQAFXAx/",
        ),
        (
            "deflate",
            "K8ksyUm19a3UDsgvLlFLLC3JyC+y9UrMSwUA",
            "09WNiODlcs7PK0nNK9F1ySwuyC/OLMnMz7NSSMsvytVNSSxJtFbIS8xNtVUqySzJSVXi5eLl8q1UCMgvLuHl0iVBe2JpSUZ+EVi/V2JeKkSzri4vFwA=",
            "q1YqySzJSVWyUipR0lFKzs8rSc0rUbJSSlbSUUosLcnIL1KyUkpUqgUA",
        ),
        (
            "br",
            "CwyAdGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZQM=",
            "G4MAaKyOd5gKawfHmXsjos8tWxrKWqFBqWk2YKU1CFFYnnKbK5EdnRywfv8pbAEG1BZpnNvYEMGzJIo6dW6LouXxZzMSzMqWqpyS/zh8lgRPE3tZQAI=",
            "GycAcIzUYs0Z7oxQ6S0yRrc3dVj6wCHHB8W25q2IqweM/Dhp2eVjopBfWAM=",
        ),
        (
            "br",
            "CwyAdGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZQM=",
            "i0GALS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KTXkgUG9zdA0KLS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhdXRob3IiDQoNCkphbmUNCi0tWFgtLQ0KAw==",
            "ixOAeyJ0aXRsZSI6InQiLCJjb250ZW50IjoiYyIsImF1dGhvciI6ImEifQM=",
        ),
        (
            "gzip",
            "H4sIAAAAAAAEAwEZAOb/dGl0bGU9TXkrUG9zdCZhdXRob3I9SmFuZfuhEuoZAAAA",
            "H4sIAAAAAAAEAwGEAHv/LS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KTXkgUG9zdA0KLS1YWA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJhdXRob3IiDQoNCkphbmUNCi0tWFgtLQ0KdliL9YQAAAA=",
            "H4sIAAAAAAAEAwEoANf/eyJ0aXRsZSI6InQiLCJjb250ZW50IjoiYyIsImF1dGhvciI6ImEifa9YoZwoAAAA",
        ),
        (
            "deflate",
            "eAEBGQDm/3RpdGxlPU15K1Bvc3QmYXV0aG9yPUphbmV7FAlr",
            "eAEBhAB7/y0tWFgNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0idGl0bGUiDQoNCk15IFBvc3QNCi0tWFgNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0iYXV0aG9yIg0KDQpKYW5lDQotLVhYLS0NChmhKOU=",
            "eAEBKADX/3sidGl0bGUiOiJ0IiwiY29udGVudCI6ImMiLCJhdXRob3IiOiJhIn0FXAx/",
        ),
        (
            "deflate",
            "ARkA5v90aXRsZT1NeStQb3N0JmF1dGhvcj1KYW5l",
            "AYQAe/8tLVhYDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9InRpdGxlIg0KDQpNeSBQb3N0DQotLVhYDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9ImF1dGhvciINCg0KSmFuZQ0KLS1YWC0tDQo=",
            "ASgA1/97InRpdGxlIjoidCIsImNvbnRlbnQiOiJjIiwiYXV0aG9yIjoiYSJ9",
        ),
        (
            "gzip, identity",
            "H4sIAAAAAAAAAyvJLMlJtfWt1A7ILy5RSywtycgvsvVKzEsFAPuhEuoZAAAA",
            "H4sIAAAAAAAAA9PVjYjg5XLOzytJzSvRdcksLsgvzizJzM+zUkjLL8rVTUksSbRWyEvMTbVVKsksyUlV4uXi5fKtVAjILy7h5dIlQXtiaUlGfhFYv1diXipEs64uLxcAdliL9YQAAAA=",
            "H4sIAAAAAAAAA6tWKsksyUlVslIqUdJRSs7PK0nNK1GyUkpW0lFKLC3JyC9SslJKVKoFAK9YoZwoAAAA",
        ),
        (
            "deflate, gzip",
            "H4sIAAAAAAAAA6uYo31S56Tn1q9rr/Cd0NcL9NbRPXlCf9NXrzPerAzVIpzZAK8pWJwhAAAA",
            "H4sIAAAAAAAAAwFcAKP/eJzT1Y2I4OVyzs8rSc0r0XXJLC7IL84syczPs1JIyy/K1U1JLEm0VshLzE21VSrJLMlJVeLl4uXyrVQIyC8u4eXSJUF7YmlJRn4RWL9XYl4qRLOuLi8XABmhKOXbQhKoXAAAAA==",
            "H4sIAAAAAAAAAwEwAM//eJyrVirJLMlJVbJSKlHSUUrOzytJzStRslJKVtJRSiwtycgvUrJSSlSqBQAFXAx/VeMXjjAAAAA=",
        ),
    ];

    #[track_caller]
    fn assert_unsupported(answer: &Answer) {
        answer.assert_error(415, "Content-Encoding of a body must be identity");
        assert_eq!(answer.header("accept-encoding"), Some("identity"));
    }

    fn bytes(text: &str) -> Vec<u8> {
        BASE64_STANDARD.decode(text).unwrap()
    }

    /// `cargo lambda watch` has an answer of its own to a body that is said to be JSON and is not UTF-8.
    mod gateway {
        use super::*;

        #[test]
        fn a_compressed_body_which_is_not_utf_8_is_415_on_every_route_that_reads_one() {
            let api = APP.start();
            make_items(&api);
            for (coding, _, _, json) in BODIES {
                for (method, path) in &with_json() {
                    for content_type in ["application/json", "application/octet-stream"] {
                        let headers = [("content-encoding", coding), ("content-type", content_type)];
                        assert_unsupported(&api.request(method, path, &headers, bytes(json)));
                    }
                }
            }
            for (coding, urlencoded, multipart, json) in BODIES {
                for (content_type, body) in
                    [(URLENCODED, urlencoded), (MULTIPART, multipart), ("application/json", json)]
                {
                    let headers = [("content-encoding", coding), ("content-type", content_type)];
                    assert_unsupported(&api.request("POST", "/api/form", &headers, bytes(body)));
                }
            }
            assert_eq!(count_items(&api), vec![1; RESOURCES.len()], "nothing was made");
        }
    }

    /// Something before us has decoded it and left the header.
    #[test]
    fn a_body_that_is_readable_is_read_whatever_the_header_says() {
        let api = APP.start();
        for coding in [
            "gzip",
            "deflate",
            "br",
            "zstd",
            "GZIP",
            "x-gzip",
            "gzip, br",
            "gzip, identity",
            "utf-8",
            "unknown",
        ] {
            let send = |method: &str, path: &str, content_type: &str, body: &str| {
                api.request(
                    method,
                    path,
                    &[("content-encoding", coding), ("content-type", content_type)],
                    body,
                )
            };
            for resource in RESOURCES {
                let made = send("POST", resource.path, "application/json", resource.body);
                assert_eq!(made.status, 201, "{coding}");
                // Where no body is read, none is refused.
                let item = |id: u64| format!("{}/{id}", resource.path);
                assert_eq!(send("GET", &item(1), "application/json", "").status, 200, "{coding}");
                let deleted = send("DELETE", &item(99), "application/json", "\u{1f}\u{8b}");
                assert_eq!(deleted.status, 404, "{coding}");
            }
            send("POST", "/api/echo", "application/json", "[1]").assert(200, &json!({"received": [1]}));
            let expected = json!({"title": "My Post", "author": "Jane"});
            send("POST", "/api/form", URLENCODED, FORM).assert(200, &expected);
            send("POST", "/api/form", URLENCODED, &format!("{FORM}\n"))
                .assert(200, &json!({"title": "My Post", "author": "Jane\n"}));
            send("POST", "/api/form", URLENCODED, "title=ä")
                .assert(200, &json!({"title": "ä", "author": null}));
            send("POST", "/api/form", MULTIPART, &multipart_form()).assert(200, &expected);
            assert_unsupported(&send("POST", "/api/echo", "application/json", "{"));
            assert_unsupported(&send("POST", "/api/form", MULTIPART, "--XX"));
            assert_eq!(send("POST", "/api/auth", "application/json", "\u{1f}\u{8b}").status, 401, "{coding}");
        }
    }

    #[test]
    fn identity_is_no_encoding() {
        let api = APP.start();
        for coding in [
            "",
            " ",
            "identity",
            "Identity",
            "IDENTITY",
            "identity, identity",
            "identity,",
            ",",
            " identity ",
        ] {
            let headers = [("content-encoding", coding), ("content-type", "application/json")];
            api.request("POST", "/api/echo", &headers, "{")
                .assert_error(400, "Invalid JSON: EOF while parsing an object at line 1 column 1");
            let headers = [("content-encoding", coding), ("content-type", URLENCODED)];
            api.request("POST", "/api/form", &headers, "title=\u{1}")
                .assert(200, &json!({"title": "\u{1}", "author": null}));
        }
        for coding in ["identity, gzip", "gzip,identity", "identity gzip", "not-identity"] {
            assert_unsupported(&api.request("POST", "/api/echo", &[("content-encoding", coding)], "{"));
        }
    }

    fn multipart_form() -> String {
        let part = |name: &str, value: &str| {
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        format!("{}{}--XX--\r\n", part("title", "My Post"), part("author", "Jane"))
    }
}

#[track_caller]
fn assert_unauthorized(answer: &Answer) {
    answer.assert_error(401, "Unauthorized");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

#[test]
fn auth_asks_for_an_authorization_header() {
    let api = APP.start();
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
    let api = APP.start();
    assert_unauthorized(&api.post("/api/auth", ""));
    assert_unauthorized(&api.request("POST", "/api/auth", &[("authorization", "Bearer secret")], "{}"));
}
