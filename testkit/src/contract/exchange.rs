//! One request with its answer, and which part of the document they fall under.

use std::fmt;

use percent_encoding::percent_decode_str;
use ureq::http::HeaderMap;

use super::{
    document::{Document, Path},
    gateway,
    node::Node,
    request, response,
};

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

/// What contradicts the document, and where in it.
#[derive(Debug)]
pub struct Drift {
    /// The operation, or the answer of `fallback`.
    under: String,
    pointer: String,
    reason: String,
}

impl Exchange<'_> {
    pub(super) fn check(&self, document: &Document) -> Result<(), Drift> {
        if gateway::answered(self) {
            return Ok(());
        }
        let path = document.path(self.request.path());
        let operation = path.as_ref().and_then(|path| path.item.child(&self.request.described_as()));
        match (&path, operation) {
            (Some(path), Some(operation)) => {
                let id = operation.text("operationId").unwrap_or("an operation without an id");
                self.under(path, &operation).map_err(|drift| drift.under(id))
            }
            _ => self.under_none(document, path.is_some()).map_err(|drift| drift.under("fallback")),
        }
    }

    fn under(&self, path: &Path<'_>, operation: &Node<'_>) -> Result<(), Drift> {
        let status = self.response.status.to_string();
        let responses = operation.child("responses");
        let described = responses.and_then(|responses| responses.child(&status));
        let Some(described) = described else {
            return Err(Drift::new(format!("{}/responses", operation.pointer), "this status is not there"));
        };
        response::check(&described, self)?;
        if (200..300).contains(&self.response.status) {
            request::check(path, operation, &self.request)
        } else {
            Ok(())
        }
    }

    /// What no operation describes is answered by `fallback`.
    fn under_none(&self, document: &Document, path_is_known: bool) -> Result<(), Drift> {
        let expected: &[u16] = match (path_is_known, self.request.method) {
            (true, "OPTIONS") => &[204],
            (true, _) => &[405],
            (false, _) if self.request.has_a_slash_too_many() => &[308],
            (false, _) => &[404],
        };
        let status = self.response.status;
        let described = document.root().child("x-fallback").and_then(|all| all.child(&status.to_string()));
        match described {
            Some(described) if expected.contains(&status) => response::check(&described, self),
            _ => Err(Drift::new(
                "/x-fallback",
                format!("no operation covers this, so it has to be a {expected:?}"),
            )),
        }
    }
}

impl Request<'_> {
    pub(super) fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    pub(super) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// `HEAD` is described by `GET`.
    fn described_as(&self) -> String {
        if self.method == "HEAD" { "get".to_owned() } else { self.method.to_lowercase() }
    }

    /// As `fallback` sees the path: decoded, up to a question mark.
    fn has_a_slash_too_many(&self) -> bool {
        let path = percent_decode_str(self.path()).decode_utf8_lossy();
        let path = path.split('?').next().unwrap_or_default();
        path != "/" && (path.ends_with('/') || path.contains("//"))
    }
}

impl Drift {
    pub(super) fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { under: String::new(), pointer: pointer.into(), reason: reason.into() }
    }

    fn under(self, name: &str) -> Self {
        Self { under: name.to_owned(), ..self }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  at #{}", self.under, self.reason, self.pointer)
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
