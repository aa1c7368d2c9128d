//! What a browser sees at `/` of an API that has nothing there: the routes, to click on. On AWS it is a 404.

use std::fmt::Write as _;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderValue, VARY};
use hyper::http::request;
use hyper::{Method, Response};

use super::response::HttpResponse;

/// The page needs nothing, and names of the template are in it.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Whether the request is a browser's for `/`.
pub(super) fn is_for(request: &request::Parts) -> bool {
    let reads = request.method == Method::GET || request.method == Method::HEAD;
    reads && request.uri.path() == "/" && prefers_html(&request.headers)
}

/// A browser names `text/html` and wants it at least as much as anything else; `curl` and `fetch` name no
/// type.
fn prefers_html(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<_> = values.flat_map(|value| value.split(',')).map(weighted).collect();
    let weight_of = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| ranges.iter().find(|(range, _)| range == name))
            .map_or(0.0, |range| range.1)
    };
    let html = weight_of(&["text/html"]);
    html > 0.0 && html >= weight_of(&["application/json", "application/*", "*/*"])
}

/// A media range and its weight, which is 1 where none is given (RFC 9110, section 12.5.1).
fn weighted(text: &str) -> (String, f32) {
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    let range = parts.next().unwrap_or_default();
    let weight = parts.find_map(|parameter| parameter.strip_prefix("q=").map(str::parse));
    (range, weight.map_or(1.0, |weight| weight.unwrap_or(0.0)))
}

/// The routes as HTML: method, path and function of each.
pub(super) fn page<'r>(routes: impl Iterator<Item = (&'r str, &'r str, &'r str)>) -> HttpResponse {
    let mut routes: Vec<_> = routes.map(|(method, path, function)| (path, method, function)).collect();
    routes.sort_unstable();
    let reads = |path: &str| routes.iter().any(|(other, method, _)| *other == path && *method == "GET");
    let mut html = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
        <title>Routes</title>\n<h1>Routes</h1>\n<p>This API has nothing at <code>/</code>. It has:</p>\n<ul>\n"
        .to_owned();
    for (path, method, function) in &routes {
        // `HEAD` stands beside `GET`, and says nothing new.
        if *method == "HEAD" && reads(path) {
            continue;
        }
        let text = escaped(path);
        // A path of the page's own host, also where it begins with two slashes.
        let is_link = *method == "GET" && !path.contains('{');
        let path = if is_link { format!("<a href=\".{text}\">{text}</a>") } else { text };
        let _ = writeln!(html, "<li><code>{} {path}</code> {}", escaped(method), escaped(function));
    }
    html += "</ul>\n</html>\n";
    let mut answer = Response::new(Full::new(Bytes::from(html)));
    let headers =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY), (VARY, "accept")];
    answer.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    answer
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::{escaped, is_for};

    #[test]
    fn a_browser_is_who_names_html() {
        let firefox = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (method, path, accept, expected) in [
            ("GET", "/", firefox, true),
            ("HEAD", "/", firefox, true),
            ("GET", "/?a=b", firefox, true),
            ("GET", "/a", firefox, false),
            ("POST", "/", firefox, false),
            ("GET", "/", "TEXT/HTML ; Q=0.5", true),
            ("GET", "/", "text/html, application/json", true),
            ("GET", "/", "text/html;q=0.5, application/json", false),
            ("GET", "/", "text/html;q=0, */*;q=0", false),
            ("GET", "/", "text/html;q=x", false),
            ("GET", "/", "application/json", false),
            ("GET", "/", "*/*", false),
            ("GET", "/", "", false),
        ] {
            let request = Request::builder().method(method).uri(path).header("accept", accept);
            let (request, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(is_for(&request), expected, "{method} {path} {accept}");
        }
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escaped("a<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
    }
}
