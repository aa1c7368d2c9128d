//! What is refused for its request line and headers, before a route is looked for.

use std::net::IpAddr;

use hyper::StatusCode;
use hyper::http::request::Parts;

use super::response::{HttpResponse, message};
use crate::http::Hosts;
use crate::http::host::Refusal;
use crate::limits::REQUEST_HEAD_BYTES;

/// The answer to a request that is refused, and what the log is told.
pub(super) fn refuse(request: &Parts, hosts: &Hosts, own: IpAddr) -> Option<(HttpResponse, String)> {
    let size = size(request);
    if size > REQUEST_HEAD_BYTES {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        let reason = format!("its request line and headers have {size} bytes of {REQUEST_HEAD_BYTES}");
        return Some((message(status, "Request Header Fields Too Large"), reason));
    }
    let refusal = hosts.check(request, own).err()?;
    let reason = refusal.to_string();
    let answer = match refusal {
        Refusal::Malformed(_) => message(StatusCode::BAD_REQUEST, "Bad Request"),
        Refusal::Foreign(_) => message(StatusCode::FORBIDDEN, &reason),
    };
    Some((answer, reason))
}

/// Bytes of the request line and the header lines, with their ends.
fn size(request: &Parts) -> usize {
    const LINE: usize = "  HTTP/1.1\r\n".len();
    const HEADER: usize = ": \r\n".len();
    let target = match request.uri.path_and_query() {
        Some(path) if request.uri.scheme().is_none() => path.as_str().len(),
        _ => request.uri.to_string().len(),
    };
    let headers = request.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + HEADER);
    request.method.as_str().len() + target + LINE + headers.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::{refuse, size};
    use crate::http::Hosts;

    fn padded(length: usize) -> hyper::http::request::Parts {
        let request = Request::get("/a?b").header("host", "localhost").header("x", "y".repeat(length));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_size_is_that_of_the_lines_as_sent() {
        let lines = "GET /a?b HTTP/1.1\r\nhost: localhost\r\nx: yyy\r\n";
        assert_eq!(size(&padded(3)), lines.len());
        let absolute = Request::get("http://localhost/a?b").body(()).unwrap().into_parts().0;
        assert_eq!(size(&absolute), "GET http://localhost/a?b HTTP/1.1\r\n".len());
    }

    #[test]
    fn a_byte_more_than_10240_is_refused() {
        let rest = size(&padded(0));
        let status = |length| {
            let refused = refuse(&padded(length - rest), &Hosts::loopback(), [127, 0, 0, 1].into());
            refused.map(|(answer, _)| answer.status().as_u16())
        };
        assert_eq!(status(10_240), None);
        assert_eq!(status(10_241), Some(431));
    }
}
