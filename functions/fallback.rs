//! `$default`: what no route answers. 405 or `OPTIONS` for a path that is known, 308 for a
//! path that has a slash too many, else 404.

use std::process::ExitCode;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use routelet::{
    http::{Error, Request, Response, Result, StatusCode, header},
    lambda,
};

/// Each path with the value of `Allow`.
const ROUTES: &[(&str, &str)] = &embed::routes!("../template.yaml");

/// What to say where a method is missing for a reason.
const HINTS: &[(&str, &str, &str)] = &[
    ("PUT", "/api/posts", "Use /api/posts/[id] for updates"),
    ("DELETE", "/api/posts", "Use /api/posts/[id] to delete specific posts"),
];

/// What a query may not hold as it is; it is encoded already, so the percent sign may.
const NOT_IN_QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>');

/// What a path may not hold as it is either (RFC 3986, section 3.3), and the backslash, which browsers read
/// as a slash.
const NOT_IN_PATH: &AsciiSet = &NOT_IN_QUERY
    .add(b'%')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

fn main() -> ExitCode {
    lambda::run("Failed to answer", fallback)
}

async fn fallback(request: Request, (): ()) -> Result {
    let path = request.path();
    // The path is decoded: `/api%2Fhello` looks like a route's, but a method that the route has would not be
    // here.
    let has_method =
        |allow: &str| request.method() != "OPTIONS" && allow.split(", ").any(|one| one == request.method());
    if let Some((_, allow)) = ROUTES.iter().find(|(route, allow)| matches(route, path) && !has_method(allow))
    {
        return method_not_allowed(&request, allow);
    }
    match clean(path) {
        Some(target) => redirect(&target, request.raw_query()),
        None => Err(Error::NotFound("Not found")),
    }
}

fn method_not_allowed(request: &Request, allow: &'static str) -> Result {
    if request.method() == "OPTIONS" {
        return Response::empty(StatusCode::NO_CONTENT).with_text(header::ALLOW, allow);
    }
    let hint = HINTS.iter().find(|(method, path, _)| *method == request.method() && *path == request.path());
    Err(Error::MethodNotAllowed {
        allow,
        message: hint.map_or("Method not allowed", |(_, _, message)| message),
    })
}

/// Whether `path` is one of the route's: `{…}` stands for one segment that is not empty.
fn matches(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(expected), Some(segment)) if expected == segment => {}
            (Some(expected), Some(segment)) if expected.starts_with('{') && !segment.is_empty() => {}
            _ => return false,
        }
    }
}

/// The path without a slash at its end and without several in a row, if it has either: as Next.js redirects,
/// but in one step. It stays on this host: it begins with one slash, and what browsers skip or read as a
/// slash (a tab, a backslash) is encoded.
fn clean(path: &str) -> Option<String> {
    let is_clean = path == "/" || !(path.ends_with('/') || path.contains("//"));
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    (!is_clean)
        .then(|| format!("/{}", utf8_percent_encode(&segments().collect::<Vec<_>>().join("/"), NOT_IN_PATH)))
}

fn redirect(target: &str, query: &str) -> Result {
    let separator = if query.is_empty() { "" } else { "?" };
    let query = utf8_percent_encode(query, NOT_IN_QUERY);
    Response::empty(StatusCode::PERMANENT_REDIRECT)
        .with_text(header::LOCATION, &format!("{target}{separator}{query}"))
}
