//! CORS by the parameters of `template.yaml`, as a browser meets it: a preflight, then the request itself.

use std::{collections::BTreeSet, fs};

use testkit::{Answer, Api};

use crate::{app::APP, house::template};

const FRONT: &str = "https://front.example";
/// What the API itself takes.
const OURS: [&str; 5] = ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match"];
/// What tracing and error reporting add to every request of a front end, and what guards it against forged
/// ones.
const COMMON: [&str; 7] = [
    "traceparent",
    "tracestate",
    "baggage",
    "sentry-trace",
    "x-request-id",
    "x-requested-with",
    "x-csrf-token",
];

/// The API with other values of parameters than the template's defaults.
fn with_parameters(parameters: &[(&str, &str)]) -> Api {
    let mut template = template();
    for (name, value) in parameters {
        let default = template.root_mut().pointer_mut(&format!("/Parameters/{name}/Default"));
        *default.unwrap() = (*value).into();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.yaml");
    fs::write(&path, template.root().to_string()).unwrap();
    APP.with_template(&path)
}

fn preflight(api: &Api, method: &str, headers: &str) -> Answer {
    let request = [
        ("origin", FRONT),
        ("access-control-request-method", method),
        ("access-control-request-headers", headers),
    ];
    let answer = api.request("OPTIONS", "/api/hello", &request, "");
    assert_eq!(answer.status, 204);
    answer
}

fn lists(answer: &Answer, name: &str) -> Vec<String> {
    let value = answer.header(name).unwrap_or_default().to_lowercase();
    value.split(',').map(|entry| entry.trim().to_owned()).collect()
}

#[test]
fn a_preflight_allows_our_headers_and_what_front_ends_add() {
    let api = APP.start();
    for header in OURS.into_iter().chain(COMMON) {
        let answer = preflight(&api, "PATCH", header);
        let allowed = lists(&answer, "access-control-allow-headers");
        assert!(allowed.iter().any(|entry| entry == header), "{allowed:?} lacks {header}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}

/// The headers that a script of another origin may read.
pub(crate) fn exposed() -> BTreeSet<String> {
    let answer = APP.start().request("GET", "/api/hello", &[("origin", FRONT)], "");
    lists(&answer, "access-control-expose-headers").into_iter().collect()
}

/// The headers that it may send.
pub(crate) fn allowed() -> BTreeSet<String> {
    let answer = preflight(&APP.start(), "PATCH", "content-type");
    lists(&answer, "access-control-allow-headers").into_iter().collect()
}

/// All that the contract names and a script may not read without it.
#[test]
fn an_answer_exposes_the_headers_of_the_contract() {
    let answer = APP.start().request("GET", "/api/hello", &[("origin", FRONT)], "");
    let exposed = lists(&answer, "access-control-expose-headers");
    let expected = [
        "accept-encoding",
        "allow",
        "etag",
        "idempotency-replayed",
        "link",
        "location",
        "retry-after",
        "www-authenticate",
        "x-content-type-options",
        "x-request-id",
    ];
    assert_eq!(exposed, expected);
}

#[test]
fn allowed_headers_are_a_parameter() {
    let api = with_parameters(&[("AllowedHeaders", "content-type,x-tenant")]);
    let answer = preflight(&api, "POST", "x-tenant");
    assert_eq!(lists(&answer, "access-control-allow-headers"), ["content-type", "x-tenant"]);
}

#[test]
fn credentials_are_a_parameter_and_need_named_origins() {
    let origins = ("AllowedOrigins", "https://other.example,https://front.example");
    let api = with_parameters(&[origins, ("AllowCredentials", "true")]);
    let preflight = preflight(&api, "POST", "content-type");
    let cookie = [("origin", FRONT), ("cookie", "session=1")];
    let answered = api.request("GET", "/api/hello", &cookie, "");
    assert_eq!(answered.status, 200);
    let refused = api.request("POST", "/api/hello", &cookie, "");
    assert_eq!(refused.status, 405);
    for answer in [&preflight, &answered, &refused] {
        assert_eq!(answer.header("access-control-allow-origin"), Some(FRONT));
        assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
        assert_eq!(answer.header("vary"), Some("origin"));
    }
    // The second branch of the template: all else is the same without them.
    let without = with_parameters(&[origins]);
    let answer = self::preflight(&without, "POST", "content-type");
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    for name in [
        "access-control-allow-origin",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "vary",
    ] {
        assert!(answer.header(name).is_some(), "{name}");
        assert_eq!(answer.header(name), preflight.header(name), "{name}");
    }
    let evil = [("origin", "https://evil.example"), ("cookie", "session=1")];
    let answer = without.request("GET", "/api/hello", &evil, "");
    assert_eq!(answer.header("access-control-allow-origin"), None);
}
