//! A function's answer, payload format 2.0, as an HTTP response.
//! Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", Lambda function response
//! format.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE};
use hyper::{Response, StatusCode};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::hop_by_hop::HOP_BY_HOP;

/// The answer of the gateway.
pub(super) type HttpResponse = Response<Full<Bytes>>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'p> {
    status_code: Option<u16>,
    headers: Option<Map<String, Value>>,
    cookies: Option<Vec<String>>,
    #[serde(borrow)]
    body: Option<Cow<'p, str>>,
    is_base64_encoded: Option<bool>,
}

/// Only this of the answer counts where there is no status.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    status_code: Option<IgnoredAny>,
}

/// The response that a function's answer stands for, or why it stands for none.
pub(super) fn read(payload: &Bytes) -> Result<HttpResponse, String> {
    // serde would take an array for a struct.
    if payload.trim_ascii_start().first() != Some(&b'{') {
        let json = serde_json::from_slice::<IgnoredAny>(payload);
        return json.map(|_| inferred(payload.clone())).map_err(|error| no_json(&error));
    }
    match serde_json::from_slice::<Payload<'_>>(payload) {
        Ok(Payload { status_code: Some(status), headers, cookies, body, is_base64_encoded }) => {
            let body = match body.unwrap_or_default() {
                text if is_base64_encoded == Some(true) => STANDARD
                    .decode(text.as_bytes())
                    .map_err(|error| format!("a body that is no base64 ({error})"))?,
                text => text.into_owned().into_bytes(),
            };
            respond(status, headers.unwrap_or_default(), cookies.unwrap_or_default(), body)
        }
        Ok(_) => Ok(inferred(payload.clone())),
        Err(error) => match serde_json::from_slice::<Status>(payload) {
            Ok(Status { status_code: Some(_) }) => Err(format!("a response of the wrong shape ({error})")),
            _ if serde_json::from_slice::<IgnoredAny>(payload).is_ok() => Ok(inferred(payload.clone())),
            _ => Err(no_json(&error)),
        },
    }
}

fn no_json(error: &serde_json::Error) -> String {
    format!("no JSON ({error})")
}

/// JSON without a status is the body of a 200. A JSON string is its text, as the AWS page has it.
fn inferred(payload: Bytes) -> HttpResponse {
    let body = serde_json::from_slice::<String>(&payload).map_or(payload, Bytes::from);
    let mut response = Response::new(Full::new(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn respond(
    status: u16,
    headers: Map<String, Value>,
    cookies: Vec<String>,
    body: Vec<u8>,
) -> Result<HttpResponse, String> {
    let status = StatusCode::from_u16(status).ok().filter(|status| (200..600).contains(&status.as_u16()));
    let status = status.ok_or("a status that HTTP does not have")?;
    let has_body = !body.is_empty();
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    let all = response.headers_mut();
    for (name, value) in headers {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => value.to_string(),
            Value::Null => continue,
            _ => return Err(format!("a header {name} that is no text")),
        };
        let refused = || format!("a header {name} that HTTP does not allow");
        let lower = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        let value = HeaderValue::from_maybe_shared(Bytes::from(text)).map_err(|_| refused())?;
        // The connection is the gateway's own, and so is the length.
        if lower != CONTENT_LENGTH && !HOP_BY_HOP.contains(&lower.as_str()) {
            all.append(lower, value);
        }
    }
    for cookie in cookies {
        let value = HeaderValue::from_maybe_shared(Bytes::from(cookie));
        all.append(SET_COOKIE, value.map_err(|_| "a cookie that HTTP does not allow")?);
    }
    if has_body {
        all.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("text/plain;charset=UTF-8"));
    }
    Ok(response)
}

/// An answer of the gateway itself: `{"message": "…"}`.
pub(super) fn message(status: StatusCode, text: &str) -> HttpResponse {
    let mut response = Response::new(Full::from(format!(r#"{{"message":"{text}"}}"#)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http_body_util::BodyExt as _;
    use serde_json::{Value, json};

    use super::read;

    fn text(response: super::HttpResponse) -> String {
        let body = response.into_body();
        let waker = std::task::Waker::noop();
        let mut collected = std::pin::pin!(body.collect());
        match collected.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
            std::task::Poll::Ready(Ok(body)) => String::from_utf8(body.to_bytes().to_vec()).unwrap(),
            _ => panic!("a full body is ready"),
        }
    }

    fn of(payload: &Value) -> Result<super::HttpResponse, String> {
        read(&Bytes::from(payload.to_string()))
    }

    #[test]
    fn status_headers_cookies_and_body_are_passed_on() {
        let response =
            of(&json!({"statusCode": 201, "headers": {"X-A": "b", "n": 1, "t": true, "gone": null,
            "connection": "close", "Transfer-Encoding": "chunked", "content-length": "99"},
            "multiValueHeaders": {}, "cookies": ["a=1", "b=2"], "body": "\u{e9}", "isBase64Encoded": false}))
            .unwrap();
        assert_eq!(response.status(), 201);
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap());
        assert_eq!(
            (header("x-a"), header("n"), header("t"), header("gone")),
            (Some("b"), Some("1"), Some("true"), None)
        );
        assert_eq!(
            (header("connection"), header("transfer-encoding"), header("content-length")),
            (None, None, None)
        );
        let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        assert_eq!(header("content-type"), Some("text/plain;charset=UTF-8"));
        assert_eq!(text(response), "\u{e9}");
    }

    #[test]
    fn base64_is_decoded() {
        assert_eq!(
            text(of(&json!({"statusCode": 200, "body": "aGk=", "isBase64Encoded": true})).unwrap()),
            "hi"
        );
        assert!(of(&json!({"statusCode": 200, "body": "?", "isBase64Encoded": true})).is_err());
    }

    #[test]
    fn json_without_a_status_is_a_200() {
        for (payload, body) in [
            (json!({"a": 1}), r#"{"a":1}"#),
            (json!([1]), "[1]"),
            (json!("hi"), "hi"),
            (json!(null), "null"),
            (json!({"body": {"nested": true}}), r#"{"body":{"nested":true}}"#),
        ] {
            let response = of(&payload).unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()["content-type"]),
                (200, &"application/json".parse().unwrap())
            );
            assert_eq!(text(response), body);
        }
    }

    #[test]
    fn what_is_no_response_is_refused() {
        for payload in [
            json!({"statusCode": "200"}),
            json!({"statusCode": 99}),
            json!({"statusCode": 101}),
            json!({"statusCode": 1000}),
            json!({"statusCode": 200, "body": {"a": 1}}),
            json!({"statusCode": 200, "headers": "x"}),
            json!({"statusCode": 200, "headers": {"a": ["b"]}}),
            json!({"statusCode": 200, "headers": {"a b": "c"}}),
            json!({"statusCode": 200, "headers": {"a": "b\n"}}),
        ] {
            assert!(of(&payload).is_err(), "{payload}");
        }
        for payload in ["", "nonsense", "{\"statusCode\": 200", "\u{0}"] {
            assert!(read(&Bytes::from(payload)).is_err(), "{payload}");
        }
        // Nested deeper than a parser may follow: still JSON, still no crash.
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert!(read(&Bytes::from(deep)).is_ok());
    }
}
