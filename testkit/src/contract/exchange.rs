//! One request with its answer.

use std::fmt;

use percent_encoding::percent_decode_str;
use ureq::http::HeaderMap;

/// How much of a body a failure shows.
const SHOWN: usize = 500;

/// What was sent.
#[derive(Debug)]
pub struct Request<'e> {
    /// The method.
    pub method: &'e str,
    /// Path and query, as sent.
    pub target: &'e str,
    /// The headers.
    pub headers: &'e [(&'e str, &'e str)],
    /// The body; none is empty.
    pub body: &'e [u8],
}

/// What was answered.
#[derive(Debug)]
pub struct Response<'e> {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: &'e HeaderMap,
    /// The body as it came; none is empty.
    pub body: &'e [u8],
}

/// A request and its answer.
#[derive(Debug)]
pub struct Exchange<'e> {
    /// What was sent.
    pub request: Request<'e>,
    /// What was answered.
    pub response: Response<'e>,
}

impl Request<'_> {
    pub(super) fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    pub(super) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// `HEAD` is described by `GET`.
    pub(super) fn described_as(&self) -> String {
        if self.method == "HEAD" { "get".to_owned() } else { self.method.to_lowercase() }
    }

    /// As `fallback` sees the path: decoded, up to a question mark.
    pub(super) fn has_a_slash_too_many(&self) -> bool {
        let path = percent_decode_str(self.path()).decode_utf8_lossy();
        let path = path.split('?').next().unwrap_or_default();
        path != "/" && (path.ends_with('/') || path.contains("//"))
    }
}

impl fmt::Display for Exchange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, response } = self;
        let shown = |body: &[u8]| String::from_utf8_lossy(&body[..body.len().min(SHOWN)]).into_owned();
        writeln!(f, "  {} {} {:?}", request.method, request.target, request.headers)?;
        writeln!(f, "  {}", shown(request.body))?;
        writeln!(f, "  {} {:?}", response.status, response.headers)?;
        write!(f, "  {}", shown(response.body))
    }
}
