//! A request's body, read whole within the gateway's limits.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::{Body as _, Incoming};
use hyper::header::{EXPECT, HeaderMap};
use tokio::time::timeout;

use super::response::{HttpResponse, message};
use crate::limits::REQUEST_BODY_BYTES;

/// What is read, and thrown away, of a body that is too large: a client that is still sending would find a
/// closed connection instead of its 413.
const DISCARDED: usize = 4 * REQUEST_BODY_BYTES;

/// The body, or the answer to one that is too large, too slow or cut off.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Incoming,
    limit: Duration,
) -> Result<Bytes, HttpResponse> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    // A client that asks first (`Expect: 100-continue`) has sent nothing yet.
    if announced > REQUEST_BODY_BYTES && headers.contains_key(EXPECT) {
        return Err(too_long());
    }
    match timeout(limit, collect(body, announced)).await {
        Ok(result) => result,
        Err(_) => Err(message(StatusCode::REQUEST_TIMEOUT, "Request Timeout")),
    }
}

async fn collect(mut body: Incoming, announced: usize) -> Result<Bytes, HttpResponse> {
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| message(StatusCode::BAD_REQUEST, "Bad Request"))?;
        let data = frame.into_data().unwrap_or_default();
        total += data.len();
        if total > DISCARDED {
            break;
        }
        if total > REQUEST_BODY_BYTES {
            continue;
        }
        if total == data.len() {
            first = data; // a small body comes in one piece, which needs no copy
        } else {
            if all.is_empty() {
                all.reserve(announced.min(REQUEST_BODY_BYTES));
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
    }
    match total {
        total if total > REQUEST_BODY_BYTES => Err(too_long()),
        _ if all.is_empty() => Ok(first),
        _ => Ok(all.freeze()),
    }
}

pub(super) fn too_long() -> HttpResponse {
    message(StatusCode::PAYLOAD_TOO_LARGE, "Request Too Long")
}
