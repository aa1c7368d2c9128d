//! DynamoDB's protocol, as far as those that stand in its place or before it speak it.

use loopback::http::Request;

/// The operation that a request calls.
pub(crate) fn operation(request: &Request) -> Option<&str> {
    request.header("x-amz-target")?.rsplit('.').next()
}

/// Whether it is the call by which a function opens its connection at its start: it asks for what is never
/// there.
pub(crate) fn is_warm_up(request: &Request) -> bool {
    memchr::memmem::find(request.body(), br#"{"S":"nothing"}"#).is_some()
}

/// FAKE: an error that the database did not give.
pub(crate) fn refusal(status: u16, code: &str) -> Vec<u8> {
    let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"fake"}}"#);
    let head = "content-type: application/x-amz-json-1.0";
    format!("HTTP/1.1 {status} Fake\r\n{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
