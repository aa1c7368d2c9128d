//! What people meet with a browser: the page, the reference and the document. Files that are part of a
//! function.

use std::{collections::BTreeSet, fs};

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use ring::digest::{SHA256, digest};
use testkit::decoded;

use crate::{
    app::{APP, root},
    house::functions,
    routes::{Event, Route},
};

const HTML: &str = "text/html; charset=utf-8";

const DOCUMENT: &str = "openapi.yaml";

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    let document = fs::read_to_string(root().join(DOCUMENT)).unwrap();
    vec![
        ("openapi", 200, yaml_serde::from_str(&document).unwrap()),
        ("docs", 200, content("web/dist/reference.html").into()),
    ]
}

/// Each file with where it is served: what is built for a function, wherever the template says.
fn files() -> Vec<(String, &'static str, String)> {
    let mut files = vec![
        ("/api/docs".to_owned(), HTML, "web/dist/reference.html".to_owned()),
        ("/api/openapi.json".to_owned(), "application/json", DOCUMENT.to_owned()),
    ];
    for (name, function) in functions() {
        let file = format!("web/dist/{name}.html");
        if root().join(&file).exists() {
            let gets = function.routes.into_iter().flatten().filter(|(method, _)| method == "GET");
            files.extend(gets.map(|(_, path)| (path, HTML, file.clone())));
        }
    }
    files
}

/// What is served of a file: JSON of a YAML document, with its keys in order.
pub(crate) fn content(file: &str) -> String {
    let text = fs::read_to_string(root().join(file)).unwrap();
    if file != DOCUMENT {
        return text;
    }
    let document: yaml_serde::Value = yaml_serde::from_str(&text).unwrap();
    serde_json::to_string(&document).unwrap()
}

fn pages() -> impl Iterator<Item = (String, String)> {
    files()
        .into_iter()
        .filter(|(_, content_type, _)| *content_type == HTML)
        .map(|(path, _, file)| (path, content(&file)))
}

/// The tag is a hash of the body, so it holds from one deployment to the next, and differs with the coding.
#[test]
fn a_file_comes_whole_in_each_coding_with_a_tag_of_its_own() {
    let api = APP.start();
    for (path, content_type, file) in &files() {
        let mut tags = BTreeSet::new();
        for (accept, coding) in [("", None), ("gzip", Some("gzip")), ("gzip, deflate, br, zstd", Some("br"))]
        {
            let (answer, body) = api.exchange("GET", path, &[("accept-encoding", accept)], "");
            assert_eq!((answer.status, answer.header("content-encoding")), (200, coding), "{path} {accept}");
            assert_eq!(answer.header("content-type"), Some(*content_type), "{path}");
            assert_eq!(answer.header("vary"), Some("accept-encoding"), "{path}");
            assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
            assert!(answer.header("x-request-id").is_some(), "{path}");
            assert!(
                decoded(coding, &body) == content(file).as_bytes(),
                "{path} {accept} differs from {file}"
            );
            let tag = BASE64_URL_SAFE_NO_PAD.encode(&digest(&SHA256, &body).as_ref()[..16]);
            assert_eq!(answer.header("etag"), Some(format!("\"{tag}\"").as_str()), "{path} {accept}");
            tags.insert(tag);
        }
        assert_eq!(tags.len(), 3, "{path}");
    }
}

#[test]
fn a_coding_is_chosen_by_its_weight() {
    let api = APP.start();
    for (accept, coding) in [
        ("br;q=0.5, gzip", Some("gzip")),
        ("br, gzip", Some("br")),
        ("gzip;q=0, *", Some("br")),
        ("x-gzip, deflate", Some("gzip")),
        ("identity, br;q=0.5", None),
        ("zstd", None),
        // Better than a 406: whoever refuses everything may be able to read it.
        ("identity;q=0", None),
    ] {
        let (answer, _) = api.exchange("GET", "/api/docs", &[("accept-encoding", accept)], "");
        assert_eq!((answer.status, answer.header("content-encoding")), (200, coding), "{accept}");
    }
    assert_eq!(api.get("/api/docs").header("content-encoding"), None);
}

#[test]
fn a_file_that_the_caller_has_is_not_sent_again() {
    let api = APP.start();
    for (path, ..) in &files() {
        let get = |accept: &str, condition: (&str, &str)| {
            api.exchange("GET", path, &[("accept-encoding", accept), condition], "")
        };
        let (full, _) = get("br", ("accept", "*/*"));
        let tag = full.header("etag").unwrap();
        for condition in [tag, "*", &format!("W/{tag}"), &format!("\"another\", {tag}")] {
            let (answer, body) = get("br", ("if-none-match", condition));
            assert_eq!((answer.status, body.len()), (304, 0), "{path} {condition}");
            // RFC 9110, section 15.4.5; and what a new policy is sent with, for a file that has not changed.
            for name in ["etag", "vary", "cache-control", "content-security-policy", "referrer-policy"] {
                assert_eq!(answer.header(name), full.header(name), "{path} {name}");
            }
            for name in ["content-encoding", "content-type"] {
                assert_eq!(answer.header(name), None, "{path} {name}");
            }
        }
        assert_eq!(
            get("gzip", ("if-none-match", tag)).0.status,
            200,
            "{path}: the tag is that of another coding"
        );
        assert_eq!(get("br", ("if-match", tag)).0.status, 200, "{path}");
        get("gzip", ("if-match", tag)).0.assert_error(412, "Precondition failed");
    }
}

/// A hash for each script and style that is in the page, and nothing else that could run.
#[test]
fn a_page_may_run_what_is_in_it_and_ask_nobody_but_this_api() {
    let api = APP.start();
    for (path, html) in pages() {
        let answer = api.get(&path);
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        let mut directives = answer.header("content-security-policy").unwrap().split("; ");
        assert_eq!(directives.next(), Some("default-src 'none'"), "{path}");
        for element in ["script", "style"] {
            let expected = inline(&html, element);
            let directive = if expected.is_empty() { None } else { directives.next() };
            let sources = directive.map(|text| text.strip_prefix(&format!("{element}-src ")).unwrap());
            let sources: Vec<_> = sources.into_iter().flat_map(|sources| sources.split(' ')).collect();
            assert_eq!(sources.len(), expected.len(), "{path} {element}");
            for (source, candidates) in sources.into_iter().zip(expected) {
                assert!(candidates.contains(source), "{path} {element}: {source}");
            }
        }
        let rest = [
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ];
        assert_eq!(directives.collect::<Vec<_>>(), rest, "{path}");
    }
}

/// For each end of such an element, the hashes of all texts that it may have: a script can have `<script` in
/// it.
fn inline(html: &str, element: &str) -> Vec<BTreeSet<String>> {
    let mut parts: Vec<_> = html.split(&format!("</{element}>")).collect();
    parts.pop();
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(digest(&SHA256, text.as_bytes())));
    let texts = |part: &str| {
        let starts = part.match_indices(&format!("<{element}")).map(|(at, _)| at).collect::<Vec<_>>();
        let texts = starts.into_iter().filter_map(|at| part[at..].split_once('>'));
        texts.map(|(_, text)| hash(text)).collect()
    };
    parts.into_iter().map(texts).collect()
}

/// The policy makes a browser refuse it; this finds it where no browser is.
#[test]
fn a_page_loads_nothing_from_another_host() {
    const LOADING: [&str; 7] = ["src=", "url(", "@import", "fetch(", "import(", "import", "from"];
    for (path, html) in pages() {
        for scheme in ["http://", "https://"] {
            for (at, _) in html.match_indices(scheme) {
                let before = html[..at].trim_end_matches(['"', '\'', '`', ' ']);
                let is_loading = LOADING.iter().any(|loading| before.ends_with(loading));
                let is_link =
                    before.ends_with("href=") && before.rsplit('<').next().unwrap().starts_with("link");
                assert!(
                    !is_loading && !is_link,
                    "{path}: {}",
                    &html[before.len() - 5..html.len().min(at + 60)]
                );
            }
        }
        assert!(!html.contains("src=\"//") && !html.contains("url(//"), "{path}");
    }
}
