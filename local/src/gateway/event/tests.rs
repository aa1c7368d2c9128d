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
    assert_eq!((headers.get("cookie"), headers.get("connection")), (None, None));
}

/// An event with all that one can have; what is random or of this moment is taken out before.
#[test]
fn an_event_is_as_a_function_sees_it() {
    let request = get("/a/x%2Fy?q=1")
        .header("host", "api.example.test:3000")
        .header("user-agent", "curl")
        .header("cookie", "a=1")
        .header("content-type", "application/json")
        .body(&b"{}"[..])
        .unwrap();
    let mut event = event(request);
    let trace = event["headers"]["x-amzn-trace-id"].take();
    assert!(trace.as_str().unwrap().starts_with("Root=1-"));
    let time = event["requestContext"]["time"].take();
    let time = time.as_str().unwrap();
    assert!(time.len() == 26 && time.ends_with(" +0000") && &time[2..3] == "/", "{time}");
    assert!(event["requestContext"]["timeEpoch"].take().as_u64().unwrap() > 1_700_000_000_000);
    insta::assert_json_snapshot!(event, @r#"
    {
      "body": "{}",
      "cookies": [
        "a=1"
      ],
      "headers": {
        "content-length": "2",
        "content-type": "application/json",
        "host": "api.example.test:3000",
        "user-agent": "curl",
        "x-amzn-trace-id": null,
        "x-forwarded-for": "192.0.2.7",
        "x-forwarded-port": "3000",
        "x-forwarded-proto": "http"
      },
      "isBase64Encoded": false,
      "pathParameters": {
        "id": "x/y"
      },
      "queryStringParameters": {
        "q": "1"
      },
      "rawPath": "/a/x/y",
      "rawQueryString": "q=1",
      "requestContext": {
        "accountId": "000000000000",
        "apiId": "local",
        "domainName": "api.example.test",
        "domainPrefix": "api",
        "http": {
          "method": "GET",
          "path": "/a/x/y",
          "protocol": "HTTP/1.1",
          "sourceIp": "192.0.2.7",
          "userAgent": "curl"
        },
        "requestId": "0123456789abcde=",
        "routeKey": "GET /a/{id}",
        "stage": "$default",
        "time": null,
        "timeEpoch": null
      },
      "routeKey": "GET /a/{id}",
      "version": "2.0"
    }
    "#);
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
