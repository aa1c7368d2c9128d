use hyper::Request;
use serde_json::{Value, json};

use super::{Context, build};
use crate::ids::Trace;

fn event(request: Request<&[u8]>) -> Value {
    let (parts, body) = request.into_parts();
    let context = Context {
        route_key: "GET /a/{id}",
        parameters: &[("id", "x/y".to_owned())],
        request_id: "0123456789abcde=",
        trace: &Trace::new(),
        client: ([192, 0, 2, 7], 40000).into(),
        port: 3000,
    };
    serde_json::from_slice(&build(&parts, body, &context)).unwrap()
}

fn get(uri: &str) -> hyper::http::request::Builder {
    Request::get(uri)
}

#[test]
fn paths_arrive_decoded_and_the_query_both_ways() {
    let event = event(get("/a/x%2Fy?q=%C3%A9+b&q=2&empty&%FF=1").body(&b""[..]).unwrap());
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "GET /a/{id}");
    assert_eq!(event["rawPath"], "/a/x/y");
    assert_eq!(event["rawQueryString"], "q=%C3%A9+b&q=2&empty&%FF=1");
    let query = json!({"q": "\u{e9} b,2", "empty": "", "\u{fffd}": "1"});
    assert_eq!(event["queryStringParameters"], query);
    assert_eq!(event["pathParameters"], json!({"id": "x/y"}));
}

#[test]
fn the_path_ends_at_a_question_mark_that_was_encoded() {
    for (target, path, query) in [
        ("/a/b%3Fc", "/a/b", ""),
        ("/a/b%3fc/d%3F?x=1", "/a/b", "x=1"),
        ("/%3F", "/", ""),
        ("/a/b?c?d", "/a/b", "c?d"),
        ("/a/b%253Fc", "/a/b%3Fc", ""),
    ] {
        let event = event(get(target).body(&b""[..]).unwrap());
        let context = &event["requestContext"]["http"]["path"];
        assert_eq!(
            (&event["rawPath"], context, &event["rawQueryString"]),
            (&json!(path), &json!(path), &json!(query)),
            "{target}"
        );
    }
}

#[test]
fn the_domain_is_the_host_without_its_port() {
    for (host, domain) in [
        ("localhost:3000", "localhost"),
        ("localhost", "localhost"),
        ("[::1]:3000", "[::1]"),
        ("[::1]", "[::1]"),
    ] {
        let event = event(get("/a/b").header("host", host).body(&b""[..]).unwrap());
        assert_eq!(event["requestContext"]["domainName"], domain);
    }
}

#[test]
fn what_is_not_there_is_absent() {
    let event = event(get("/a/b").body(&b""[..]).unwrap());
    for key in ["queryStringParameters", "cookies", "body"] {
        assert_eq!(event.get(key), None, "{key}");
    }
    assert_eq!((&event["rawQueryString"], &event["isBase64Encoded"]), (&json!(""), &json!(false)));
}

#[test]
fn headers_are_joined_cookies_are_apart_and_the_gateway_adds_its_own() {
    let request = get("/a/b")
        .header("X-Many", "1")
        .header("x-many", "2")
        .header("cookie", "a=1; b=2")
        .header("cookie", "c=3")
        .header("connection", "keep-alive")
        .header("x-forwarded-for", "203.0.113.9")
        .header("x-forwarded-proto", "https")
        .header("x-forwarded-port", "443")
        .header("x-odd", hyper::header::HeaderValue::from_bytes(b"\xff").unwrap())
        .body(&b""[..])
        .unwrap();
    let event = event(request);
    assert_eq!(event["cookies"], json!(["a=1", "b=2", "c=3"]));
    let headers = &event["headers"];
    assert_eq!((&headers["x-many"], &headers["x-odd"]), (&json!("1,2"), &json!("\u{fffd}")));
    assert_eq!(headers["x-forwarded-for"], "203.0.113.9, 192.0.2.7");
    assert_eq!(
        (&headers["x-forwarded-proto"], &headers["x-forwarded-port"]),
        (&json!("http"), &json!("3000"))
    );
    assert!(headers["x-amzn-trace-id"].as_str().unwrap().starts_with("Root=1-"));
    assert_eq!((headers.get("cookie"), headers.get("connection")), (None, None));
}

#[test]
fn the_request_context_names_caller_and_request() {
    let request = get("/a/b").header("host", "api.example.test:3000").header("user-agent", "curl");
    let event = event(request.body(&b""[..]).unwrap());
    let context = &event["requestContext"];
    let http = json!({"method": "GET", "path": "/a/b", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7",
        "userAgent": "curl"});
    assert_eq!(context["http"], http);
    assert_eq!(
        (&context["domainName"], &context["domainPrefix"]),
        (&json!("api.example.test"), &json!("api"))
    );
    assert_eq!((&context["requestId"], &context["stage"]), (&json!("0123456789abcde="), &json!("$default")));
    let time = context["time"].as_str().unwrap();
    assert!(time.len() == 26 && time.ends_with(" +0000") && &time[2..3] == "/", "{time}");
    assert!(context["timeEpoch"].as_u64().unwrap() > 1_700_000_000_000);
}

#[test]
fn text_is_passed_as_text_and_everything_else_in_base64() {
    let body = |kind: Option<&str>, body: &[u8]| {
        let mut request = Request::post("/a/b");
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let event = event(request.body(body).unwrap());
        (event["body"].as_str().unwrap().to_owned(), event["isBase64Encoded"].as_bool().unwrap())
    };
    let text = |kind| assert_eq!(body(kind, b"{}"), ("{}".to_owned(), false), "{kind:?}");
    let base64 = |kind| assert_eq!(body(kind, b"{}"), ("e30=".to_owned(), true), "{kind:?}");
    for kind in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "text/plain",
        "text/html; charset=iso-8859-1",
        "application/xml",
        "application/javascript",
    ] {
        text(Some(kind));
    }
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/octet-stream",
        "application/merge-patch+json",
        "application/jsonp",
        "image/svg+xml",
        "image/png",
        "text",
        "",
    ] {
        base64(Some(kind));
    }
    base64(None);
    assert_eq!(body(Some("application/json"), b"\xff"), ("/w==".to_owned(), true));
    assert_eq!(body(None, b"\xff"), ("/w==".to_owned(), true));
}
