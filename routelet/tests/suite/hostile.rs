//! Callers that mean harm: whatever comes, the answer is right or a 4xx, soon, out of little memory, and
//! nothing of it is in the log.

use std::{
    fmt::Write as _,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use local::log::Line;
use serde_json::json;
use testkit::{
    Answer, Api, FakeDynamoDb,
    contract::{Exchange, Request, Response},
    hostile,
};
use ureq::http::{HeaderName, HeaderValue};

use crate::app::{APP, BOOK, LABEL};

/// The routes that read a JSON body.
pub(crate) const WITH_JSON: [(&str, &str); 7] = [
    ("POST", "/books"),
    ("PUT", "/books/1"),
    ("PATCH", "/books/1"),
    ("POST", "/labels"),
    ("PUT", "/labels/1"),
    ("PATCH", "/labels/1"),
    ("POST", "/echo"),
];
/// Those of them that the longest bodies are sent to, which take a debug build a while: one for each way to
/// read.
const WITH_LONG_JSON: [(&str, &str); 3] = [("POST", "/books"), ("PATCH", "/labels/1"), ("POST", "/echo")];

fn routes_for(body: &str) -> &'static [(&'static str, &'static str)] {
    if body.len() < 100_000 { &WITH_JSON } else { &WITH_LONG_JSON }
}

/// The longest body.
const MAX_BODY: usize = 1_048_576;
/// No request here should take a tenth of it, but the functions are debug builds and other tests run beside.
const SOON: Duration = Duration::from_secs(5);
/// A quarter of what the template gives a function.
const MAX_MEMORY_KIB: u64 = 64 * 1024;

/// An API with a book and a label, and its log.
struct Target {
    api: Api,
    lines: Arc<Mutex<Vec<Line>>>,
}

impl Target {
    fn start() -> Self {
        let api = APP.start();
        let lines = api.lines();
        assert_eq!(api.post("/books", BOOK).status, 201);
        assert_eq!(api.post("/labels", LABEL).status, 201);
        Self { api, lines }
    }

    /// Sends a request; its answer came soon and is not a 5xx.
    #[track_caller]
    fn send(&self, method: &str, target: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        // What is measured is not a cold start.
        let mut took = SOON;
        for _ in 0..2 {
            let started = Instant::now();
            let answer = self.api.request(method, target, headers, &body);
            took = started.elapsed();
            assert!(answer.status < 500, "{method} {}: {answer:?}", shown(target));
            if took < SOON {
                return answer;
            }
        }
        panic!("{method} {} took {took:?}", shown(target));
    }

    /// The functions had nothing to say: no panic, no error, no crash. And they took little memory.
    #[track_caller]
    fn assert_unharmed(&self) {
        let lines = self.lines.lock().unwrap();
        let own = |line: &&Line| !matches!(line, Line::Request { .. } | Line::Refused { .. });
        let told: Vec<_> = lines.iter().filter(own).collect();
        assert!(told.is_empty(), "{told:?}");
        drop(lines);
        let mut functions: Vec<_> =
            self.api.server().routes().into_iter().map(|(_, _, function)| function).collect();
        functions.dedup();
        for name in functions {
            for process in self.api.server().function(&name).unwrap().processes() {
                if let Some(peak) = peak_kib(process) {
                    assert!(peak < MAX_MEMORY_KIB, "{name} took {peak} KiB");
                }
            }
        }
    }
}

fn shown(target: &str) -> &str {
    target.get(..100).unwrap_or(target)
}

/// The most memory that a process ever had; nothing where the system does not tell.
fn peak_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

/// Nesting, sizes, numbers and repetition are no reason to break: JSON is read by its shape first.
#[test]
fn json_of_any_shape_is_read_or_refused() {
    let target = Target::start();
    let huge_object = {
        let mut object = "{".to_owned();
        for number in 0..60_000 {
            let _ = write!(object, "\"k{number}\":{number},");
        }
        object + r#""title":"t","content":"c","author":"a"}"#
    };
    let fine = [
        format!(r#"{{"title":"t","content":"c","author":"a","x":{}}}"#, nested(5_000)),
        format!(r#"{{"title":"t","content":"c","author":"a","x":{}}}"#, nested(400_000)),
        format!(r#"{{"title":"t","content":"c","author":"a","x":{}}}"#, "9".repeat(1_000_000)),
        r#"{"title":"t","content":"c","author":"a","x":-1e999999999999}"#.to_owned(),
        r#"{"title":1,"title":"t","content":[],"content":"c","author":null,"author":"a"}"#.to_owned(),
        r#"{"title":"\u0000","content":"\u0000\u0001","author":"\u0000"}"#.to_owned(),
        r#"{"title":"t","content":"c","author":"a","\ud800":"\udfff"}"#.to_owned(),
        r#"{"title":"t","content":"c","author":"a","__proto__":{"constructor":1},"version":"x","pk":"y"}"#
            .to_owned(),
        huge_object,
    ];
    for body in &fine {
        for &(method, path) in routes_for(body) {
            let answer = target.send(method, path, &[], body);
            assert!([200, 201].contains(&answer.status), "{method} {path} {}: {answer:?}", shown(body));
        }
    }
    let refused = [
        nested(5_000),
        nested(400_000),
        "[".repeat(400_000),
        "{\"a\":".repeat(100_000),
        r#"{"title":"\ud800","content":"\ud800","author":"\udc00\ud800"}"#.to_owned(),
        "\0".to_owned(),
        "{\"title\":\"\0\"}".to_owned(),
        "9".repeat(MAX_BODY),
        "\"".repeat(MAX_BODY),
        "\\".repeat(MAX_BODY),
        " ".repeat(MAX_BODY),
        format!(r#"{{"title":{}}}"#, nested(400_000)),
    ];
    for body in &refused {
        for &(method, path) in routes_for(body) {
            // Echo takes any JSON there is.
            let answer = target.send(method, path, &[], body);
            if path == "/echo" && answer.status == 200 {
                assert_eq!(answer.body, format!(r#"{{"received":{body}}}"#));
            } else {
                assert_eq!(answer.status, 400, "{method} {path} {}: {answer:?}", shown(body));
            }
        }
    }
    for invalid in
        [&b"\xFF"[..], b"{\"title\":\"\xC3\x28\"}", b"{\"title\":\"\xED\xA0\x80\"}", b"\xEF\xBB\xBF"]
    {
        for (method, path) in WITH_JSON {
            assert_eq!(target.send(method, path, &[], invalid).status, 400, "{method} {path} {invalid:?}");
        }
    }
    target.assert_unharmed();
}

/// A body that is a byte too long is refused, before anything else is said of it.
#[test]
fn a_byte_too_many_is_413_again_and_again() {
    let target = Target::start();
    for content_type in ["application/json", "application/octet-stream"] {
        for body in ["[", "\u{1}", "\""] {
            let body = body.repeat(MAX_BODY + 1);
            for (method, path) in WITH_LONG_JSON {
                let answer = target.send(method, path, &[("content-type", content_type)], &body);
                assert_eq!(answer.status, 413, "{method} {path}");
            }
        }
    }
    for size in [2 * MAX_BODY, 5 * MAX_BODY, 11 * MAX_BODY] {
        assert_eq!(target.send("POST", "/echo", &[], vec![0; size]).status, 413, "{size}");
    }
    target.assert_unharmed();
}

/// What is asked again and again does not add up.
#[test]
fn memory_does_not_grow_with_requests() {
    let target = Target::start();
    let bodies =
        [nested(MAX_BODY / 2), format!("\"{}\"", "\\u0001".repeat(170_000)), "[1,".repeat(MAX_BODY / 3)];
    let peak = || {
        let processes = target.api.server().function("fixture-echo").unwrap().processes();
        assert_eq!(processes.len(), 1, "one caller at a time needs one instance");
        peak_kib(processes[0])
    };
    let round = || {
        for body in &bodies {
            target.send("POST", "/echo", &[], body);
        }
    };
    for _ in 0..3 {
        round();
    }
    let warm = peak();
    for _ in 0..7 {
        round();
    }
    if let Some((warm, now)) = warm.zip(peak()) {
        assert!(now < warm + 8 * 1024, "from {warm} KiB to {now} KiB");
    }
    target.assert_unharmed();
}

#[test]
fn queries_of_any_kind_are_read_or_refused() {
    let target = Target::start();
    for query in hostile::queries() {
        for list in ["/books", "/labels"] {
            assert_eq!(target.send("GET", &format!("{list}?{query}"), &[], "").status, 200, "{query}");
        }
    }
    for limit in hostile::limits() {
        for path in ["/books", "/labels"] {
            let answer = target.send("GET", &format!("{path}?limit={limit}"), &[], "");
            assert_eq!(answer.status, 400, "{path} {limit}: {answer:?}");
        }
    }
    let long_cursor = "A".repeat(9_000);
    for cursor in [&long_cursor, "%00", "AAAA", "%FF", "AQAAAAAAAAAB", "../../x", "%F0%9F%98%80", "=", "AA=="]
    {
        for path in ["/books", "/labels"] {
            let answer = target.send("GET", &format!("{path}?cursor={cursor}"), &[], "");
            answer.assert_error(400, "Invalid cursor");
        }
    }
    for author in ["%00", "%FF", &"a".repeat(2_049), &"%C4%B0".repeat(1_000), &"x".repeat(9_000)] {
        let answer = target.send("GET", &format!("/books?author={author}"), &[], "");
        answer.assert(200, &json!([]));
        let answer = target.send("GET", &format!("/books/count?author={author}"), &[], "");
        answer.assert(200, &json!({"count": 0, "more": false}));
        let answer = target.send("GET", &format!("/books?available=true&author={author}"), &[], "");
        answer.assert(200, &json!([]));
        for filter in ["available", "pages", "format"] {
            for path in ["/books", "/books/count"] {
                let answer = target.send("GET", &format!("{path}?{filter}={author}"), &[], "");
                assert_eq!(answer.status, 400, "{path} {filter}: {answer:?}");
            }
        }
    }
    target.assert_unharmed();
}

#[test]
fn ids_of_any_kind_are_none() {
    let target = Target::start();
    let long = "9".repeat(10_000);
    for id in [
        "%00",
        "%FF",
        "1%00",
        "%2e%2e",
        "1%2F..",
        "%0a",
        "-1",
        "1.0",
        "9007199254740992",
        &long,
        "%F0%9F%98%80",
    ] {
        for method in ["GET", "PUT", "PATCH", "DELETE"] {
            let answer = target.send(method, &format!("/books/{id}"), &[], BOOK);
            assert_eq!(answer.status, 404, "{method} {id}: {answer:?}");
        }
    }
    target.assert_unharmed();
}

#[test]
fn headers_of_any_kind_are_read_or_refused() {
    let target = Target::start();
    let tag = target.api.get("/books/1").header("etag").unwrap().to_owned();
    let long = "x".repeat(10_000);
    let many = format!("\"0123456789abcdef\", {tag}, ").repeat(200);
    let few = format!("{}{tag}", "W/\"x\", \"y,\\\", ".repeat(600));
    for value in [&long, "\"", "W/", "\"\"", ",,,,", "*, *", "\u{e4}", "\"0123456789abcdef", "\"\t\""] {
        let match_headers = [("if-match", value)];
        for (method, path) in [("PUT", "/books/1"), ("PATCH", "/labels/1"), ("DELETE", "/books/1")] {
            let answer = target.send(method, path, &match_headers, BOOK);
            assert_eq!(answer.status, 412, "{method} {value}: {answer:?}");
        }
        let answer = target.send("GET", "/books/1", &[("if-none-match", value)], "");
        assert_eq!(answer.status, 200, "{value}: {answer:?}");
    }
    assert_eq!(target.send("PATCH", "/books/1", &[("if-match", &many)], "{}").status, 400);
    for value in [&many, &few] {
        assert_eq!(target.send("GET", "/books/1", &[("if-none-match", value)], "").status, 304);
    }
    for key in ["", " ", "a b", "\u{e4}", &"k".repeat(256), &long] {
        for (path, body) in [("/books", BOOK), ("/labels", LABEL)] {
            let answer = target.send("POST", path, &[("idempotency-key", key)], body);
            assert_eq!(answer.status, 400, "{key}: {answer:?}");
        }
    }
    for name in ["content-type", "cookie", "x-forwarded-host", "x-forwarded-proto", "accept", "range"] {
        for value in [&long, "\u{e4}\u{ff}", "%00", "../../", "${jndi:ldap://x}"] {
            target.send("GET", "/books", &[(name, value)], "");
            target.send("POST", "/form", &[(name, value)], "a=b");
        }
    }
    for head in [
        &b"GET /books HTTP/1.1\r\nhost: \xFF\xFE\r\nauthorization: \xFF\r\nif-match: \xC0\x80"[..],
        b"GET /labels/1 HTTP/1.1\r\nhost: a:b:c:99999999\r\nauthorization: Bearer \xFF\xFF",
        b"GET /books/1 HTTP/1.1\r\nhost: \r\nif-none-match: \"\xFF\"",
        b"GET http://evil.example/greeting HTTP/1.1\r\nhost: x",
    ] {
        let status = raw(&target.api, &[head, b"\r\nconnection: close\r\n\r\n"].concat());
        assert!((200..500).contains(&status), "{status} to {}", String::from_utf8_lossy(head));
    }
    let hundreds = "x: y\r\n".repeat(500);
    let status = raw(
        &target.api,
        format!("GET /greeting HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{hundreds}\r\n").as_bytes(),
    );
    assert!((200..500).contains(&status), "{status}");
    assert_eq!(target.api.get("/books").json().as_array().map(Vec::len), Some(1), "nothing was made");
    target.assert_unharmed();
}

/// Sends bytes that no client library would, the last of their connection; the status of the answer.
fn raw(api: &Api, request: &[u8]) -> u16 {
    let url = api.server().url();
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
    });
    APP.contract().assert_holds(&Exchange {
        request: Request { method: "GET", target: "/greeting", headers: &[], body: b"" },
        response: Response { status, headers: &headers.collect(), body: body.as_bytes() },
    });
    status
}

const URLENCODED: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

/// The form's answer may be several times as long as the form, and Lambda takes 6 MB.
#[test]
fn url_encoded_forms_of_any_kind_are_read_or_refused() {
    let target = Target::start();
    let form = |body: &[u8]| target.send("POST", "/form", &URLENCODED, body);
    for filler in ["&", "=", "a&", "%", "+", "title=&", "\u{e4}", "\"", "\\", "title=a&author=b&"] {
        let body = filler.repeat(MAX_BODY / filler.len());
        assert_eq!(form(body.as_bytes()).status, 200, "{filler}");
    }
    for filler in [&b"\xFF"[..], b"\0", b"\x01", b"\"", b"\x7F"] {
        let body = [b"title=", filler.repeat(MAX_BODY - 6).as_slice()].concat();
        let answer = form(&body);
        let expected = String::from_utf8_lossy(&body[6..]).into_owned();
        match answer.status {
            200 => assert!(answer.json()["title"] == expected, "{filler:?} came back as something else"),
            status => assert_eq!(status, 413, "{filler:?}"),
        }
    }
    target.assert_unharmed();
}

#[test]
fn multipart_forms_of_any_kind_are_read_or_refused() {
    let target = Target::start();
    let form = |content_type: &str, body: &[u8]| {
        target.send("POST", "/form", &[("content-type", content_type)], body)
    };
    let part = |boundary: &str, name: &str, value: &str| {
        format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut thousand = String::new();
    for number in 0..1_000 {
        thousand += &part("b", &format!("n{number}"), "v");
    }
    thousand += &part("b", "title", "last");
    thousand += "--b--\r\n";
    let answer = form("multipart/form-data; boundary=b", thousand.as_bytes());
    answer.assert(200, &json!({"title": "last", "author": null}));

    let full = part("b", "title", "").repeat(MAX_BODY / part("b", "title", "").len() - 1) + "--b--\r\n";
    assert_eq!(form("multipart/form-data; boundary=b", full.as_bytes()).status, 200);
    for content_type in [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=b; boundary=c",
        "multipart/form-data;;;; boundary",
        "multipart/form-data; boundary=\u{e4}",
        &format!("multipart/form-data; boundary={}", "b".repeat(9_000)),
        &format!("multipart/form-data; boundary={}", "-".repeat(70)),
        "multipart/form-data; boundary=\"\\r\\n\"",
    ] {
        for body in [thousand.as_bytes(), b"", b"--", b"--b", b"----\r\n\r\n", &b"-".repeat(MAX_BODY)] {
            let answer = form(content_type, body);
            assert!([200, 400, 415].contains(&answer.status), "{}: {answer:?}", shown(content_type));
        }
    }
    let headers = |count: usize, length: usize| {
        let mut body = "--b\r\n".to_owned();
        for number in 0..count {
            let _ = write!(body, "x-{number}: {}\r\n", "y".repeat(length));
        }
        body + "content-disposition: form-data; name=title\r\n\r\nv\r\n--b--"
    };
    let pathological = [
        "\r\n--".repeat(MAX_BODY / 4),
        "--b\r\n".repeat(MAX_BODY / 5),
        "\r\n--b".repeat(MAX_BODY / 5),
        format!("--b\r\n{}", "a:b\r\n".repeat(MAX_BODY / 5 - 1)),
        headers(10, 10_000),
        headers(200, 10),
        headers(1, 1_000_000),
        part("b", &"n".repeat(500_000), "v"),
        part("b", "title", &"\r\n--".repeat(200_000)),
        part("b", "title", "v") + "--b-",
        "--b\r\ncontent-disposition: form-data\r\n\r\nv\r\n--b--".to_owned(),
        "--b\r\ncontent-disposition: form-data; name=\"title\"; filename=\"/etc/passwd\"\r\n\r\nv\r\n--b--"
            .to_owned(),
        "--b\r\n\r\nv\r\n--b--".to_owned(),
    ];
    for body in &pathological {
        let answer = form("multipart/form-data; boundary=b", body.as_bytes());
        assert!([200, 400].contains(&answer.status), "{:?}: {answer:?}", shown(body));
        assert!(answer.body.len() < 2 * MAX_BODY, "{:?}", shown(body));
    }
    let control = part("b", "title", &"\u{1}".repeat(MAX_BODY - 100)) + "--b--";
    let answer = form("multipart/form-data; boundary=b", control.as_bytes());
    assert!([200, 413].contains(&answer.status), "{}", answer.status);
    target.assert_unharmed();
}

/// What callers send is theirs: no line that a function or the gateway writes has any of it, also where the
/// database fails.
#[test]
fn nothing_that_callers_send_is_in_the_log() {
    const SECRETS: [&str; 7] = [
        "secret-in-a-body",
        "secret-in-authorization",
        "secret-in-a-key",
        "secret-in-a-query",
        "secret-in-a-cookie",
        "secret-in-a-tag",
        "secret-in-a-form",
    ];
    let databases = [
        None,
        Some(FakeDynamoDb::failing(400, "AccessDeniedException")),
        Some(FakeDynamoDb::failing(400, "ValidationException")),
        Some(FakeDynamoDb::failing(500, "InternalServerError")),
    ];
    for database in &databases {
        // As deployed: with a line for every request.
        let mut variables = vec![("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "INFO")];
        variables
            .extend(database.iter().map(|database| ("AWS_ENDPOINT_URL_DYNAMODB", database.url.as_str())));
        let api = APP.with_environment(&variables);
        let lines = api.lines();
        let book =
            json!({"title": SECRETS[0], "author": SECRETS[0], "content": SECRETS[0], "note": SECRETS[0]});
        let bodies = [
            book.to_string(),
            json!({"title": [SECRETS[0]], "content": 1, "author": {SECRETS[0]: 1}}).to_string(),
            format!("{{\"title\": {}", SECRETS[0]),
            format!("title={}&author={}", SECRETS[6], SECRETS[6]),
            format!("--{}\r\ncontent-disposition: {}\r\n", SECRETS[6], SECRETS[6]),
        ];
        let headers = [
            ("authorization", format!("Bearer {}", SECRETS[1])),
            ("idempotency-key", SECRETS[2].to_owned()),
            ("cookie", format!("session={}", SECRETS[4])),
            ("if-match", format!("\"{}\"", SECRETS[5])),
            ("if-none-match", format!("\"{}\"", SECRETS[5])),
            ("content-type", format!("multipart/form-data; boundary={}", SECRETS[6])),
        ];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        thread::scope(|scope| {
            for query in ["author", "cursor", "limit", "q"] {
                let (api, headers) = (&api, &headers);
                scope.spawn(move || {
                    for path in ["/books", "/books/1", "/labels/1", "/greeting", "/books/"] {
                        api.request("GET", &format!("{path}?{query}={}", SECRETS[3]), headers, "");
                    }
                });
            }
            for body in &bodies {
                let (api, headers) = (&api, &headers);
                scope.spawn(move || {
                    for (method, path) in WITH_JSON {
                        api.request(method, path, headers, body);
                    }
                    api.delete("/books/1");
                    api.request("POST", "/form", headers, body);
                    api.request("POST", "/form", &URLENCODED, body);
                });
            }
        });
        drop(api); // with it the functions end, and all they wrote has been told
        let lines = lines.lock().unwrap();
        let text: Vec<_> = lines.iter().map(|line| format!("{line} {line:?}")).collect();
        assert!(text.len() > 50, "{text:?}");
        for secret in SECRETS {
            let told = text.iter().find(|line| line.contains(secret));
            assert!(told.is_none(), "{secret}: {told:?}");
        }
        let printed = |what: &str| {
            lines.iter().any(|line| matches!(line, Line::Output { text, .. } if text.contains(what)))
        };
        assert!(printed("\"requestId\""), "each request is told: {text:?}");
        assert_eq!(printed("\"cause\""), database.is_some(), "causes are told, and nothing else: {text:?}");
    }
}

/// A log that could not tell of a panic would make the tests above worthless: the same log tells of a
/// failure.
#[test]
fn the_log_of_these_tests_tells_what_functions_print() {
    let api = APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")]);
    let lines = api.lines();
    let answer = api.get("/books");
    assert_eq!(answer.status, 503);
    let id = answer.header("x-request-id").unwrap().to_owned();
    drop(api);
    let told = lines
        .lock()
        .unwrap()
        .iter()
        .any(|line| matches!(line, Line::Output { text, .. } if text.contains(&id)));
    assert!(told, "{:?}", lines.lock().unwrap());
}
