//! What no route answers: 404, 405, `OPTIONS`, slashes too many.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use testkit::{Answer, Api};

use crate::{
    app::APP,
    routes::{Event, Route, operations},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("fallback", 405, json!({"error": "Method not allowed"}))]
}

/// Each path of openapi.yaml with the value of `Allow`.
fn paths() -> Vec<(String, String)> {
    let mut methods = BTreeMap::<_, BTreeSet<_>>::new();
    for operation in operations() {
        let of_path = methods.entry(operation.path).or_default();
        of_path.insert("OPTIONS".to_owned());
        if operation.method == "GET" {
            of_path.insert("HEAD".to_owned());
        }
        of_path.insert(operation.method);
    }
    methods.into_iter().map(|(path, methods)| (path, Vec::from_iter(methods).join(", "))).collect()
}

/// Whether another route takes this method and path, with what stands in the place of an id: there it is no
/// item, but the method is not lacking.
fn is_an_items(method: &str, path: &str) -> bool {
    let verb = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
    APP.contract().path(&verb, path).is_some_and(|path| path.item.child(&verb).is_some())
}

/// Where a method is missing for a reason, the tests of the resource hold the sentence.
fn has_a_hint(answer: &Answer) -> bool {
    answer.json()["error"].as_str().is_some_and(|error| error.starts_with("Use /"))
}

const UNKNOWN: [&str; 7] = [
    "/docs",
    "/api",
    "/api/nothing",
    "/api/hello/1/comments",
    "/API/hello",
    "/@evil.example",
    "/api/hello/x",
];

#[test]
fn an_unknown_path_is_not_found() {
    let api = APP.start();
    for path in UNKNOWN {
        for method in ["GET", "POST", "DELETE"] {
            api.request(method, path, &[], "").assert_error(404, "Not found");
        }
    }
    assert_eq!(api.request("HEAD", "/nothing", &[], "").status, 404);
}

/// An encoded slash is none between segments, so such a path is no route's.
#[test]
fn an_encoded_slash_is_no_slash() {
    let api = APP.start();
    for path in ["/api%2Fhello", "/api/hello%2F1", "/api%2Fdocs"] {
        api.get(path).assert_error(404, "Not found");
    }
}

#[test]
fn a_method_that_a_path_lacks_is_told_with_those_it_has() {
    let api = APP.start();
    for (path, allow) in &paths() {
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
            if allow.split(", ").any(|allowed| allowed == method) || is_an_items(method, path) {
                continue;
            }
            let answer = api.request(method, path, &[], "");
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some(allow.as_str()), "{method} {path}");
            if method != "HEAD" && !has_a_hint(&answer) {
                answer.assert_error(405, "Method not allowed");
            }
        }
    }
}

/// Whatever the path, one step leads to one that is not redirected again.
#[test]
fn a_slash_too_many_leads_to_the_path_without() {
    let api = APP.start();
    for (target, location) in [
        ("/api/hello/", "/api/hello"),
        ("/api/hello/?author=a%20b&x=%C3%A4", "/api/hello?author=a%20b&x=%C3%A4"),
        ("/api/things/1/", "/api/things/1"),
        ("/things/", "/things"),
        ("/api/docs/", "/api/docs"),
        ("/api/docs//", "/api/docs"),
        ("/nothing/", "/nothing"),
        ("//api/hello", "/api/hello"),
        ("/api//hello", "/api/hello"),
        ("///api////hello", "/api/hello"),
        ("/api/hello//", "/api/hello"),
        ("/api/hello///1/?x=1", "/api/hello/1?x=1"),
        ("/api/hello//1", "/api/hello/1"),
        ("//api/hello?author=//a//&x=/", "/api/hello?author=//a//&x=/"),
        ("/nothing//here", "/nothing/here"),
        ("//", "/"),
        ("////", "/"),
        ("//?x=1", "/?x=1"),
        ("/api//hello?q=%2F%2F", "/api/hello?q=%2F%2F"),
    ] {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let answer = api.request(method, target, &[], "");
            assert_eq!(
                (answer.status, answer.header("location")),
                (308, Some(location)),
                "{method} {target}"
            );
            assert_eq!(answer.body, "");
            assert_ne!(api.request(method, location, &[], "").status, 308, "{method} {location}");
        }
    }
}

/// A `Location` that begins with two slashes, or with what a browser takes for two, would send the caller of
/// a trusted host to a stranger's.
#[track_caller]
fn assert_stays_on_this_host(api: &Api, target: &str) {
    let answer = api.get(target);
    assert_eq!(answer.status, 308, "{target}");
    let location = answer.header("location").unwrap();
    // As browsers read it (WHATWG URL): they drop tabs and line ends, and take a backslash for a slash.
    assert!(location.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{target}: {location}");
    assert!(location.starts_with('/') && !location.contains("//"), "{target}: {location}");
    assert_ne!(api.get(location).status, 308, "{target}: {location}");
}

#[test]
fn a_slash_too_many_never_leads_to_another_host() {
    let api = APP.start();
    for target in [
        "//evil.example/",
        "//evil.example",
        "///evil.example/",
        "/////evil.example/%2f..",
        "//evil.example//",
        "//evil.example/..//",
        "//user@evil.example/",
        "/@evil.example//",
        "/.//evil.example/",
        "/.//evil.example",
        "/..//evil.example",
        "/.//..//evil.example",
        "/%2Fevil.example/",
        "/%2F/evil.example/",
        "/%5Cevil.example/",
        "/%5C%5Cevil.example/",
        "/%2F%5Cevil.example/",
        "/%5C/evil.example/",
        "/%5C%2Fevil.example//",
        "/%09/evil.example/",
        "//%09//evil.example",
        "/%0D%0A//evil.example",
        "/%0A/%0D/evil.example/",
        "/%00//evil.example",
        "/%20//evil.example",
        "//%20//evil.example",
        "//https:%2F%2Fevil.example",
        "/https://evil.example",
        "//javascript:alert(1)",
    ] {
        assert_stays_on_this_host(&api, target);
    }
}

/// What is the gateway's doing.
mod gateway {
    use super::{UNKNOWN, assert_stays_on_this_host, paths};
    use crate::app::APP;

    #[test]
    fn options_on_a_known_path_says_what_is_allowed() {
        let api = APP.start();
        for (path, allow) in &paths() {
            let answer = api.request("OPTIONS", path, &[], "");
            assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{path}");
            assert_eq!(answer.header("allow"), Some(allow.as_str()), "{path}");
            assert_eq!(answer.header("content-type"), None, "{path}");
        }
    }

    /// Whatever the path was: a caller chooses it, and the log holds nothing that a caller chooses.
    #[test]
    fn the_log_calls_it_by_the_default_route() {
        let api = APP.with_environment(&[("AWS_LAMBDA_LOG_LEVEL", "INFO")]);
        let id = api.get("/the-path").header("x-request-id").unwrap().to_owned();
        let lines = api.lines();
        drop(api); // with it the function ends, and has told all
        let log: Vec<_> = lines.lock().unwrap().iter().map(ToString::to_string).collect();
        let function = |line: &&String| line.starts_with("[fallback]") && line.contains(&id);
        let line = log.iter().find(function).unwrap_or_else(|| panic!("{log:#?}"));
        assert!(line.contains("$default 404") && !line.contains("the-path"), "{line}");
    }

    #[test]
    fn options_on_an_unknown_path_is_not_found() {
        let api = APP.start();
        for path in UNKNOWN {
            api.request("OPTIONS", path, &[], "").assert_error(404, "Not found");
        }
    }

    #[test]
    fn a_method_that_no_path_has_is_told_with_those_it_has() {
        let api = APP.start();
        for (path, allow) in &paths() {
            let answer = api.request("TRACE", path, &[], "");
            answer.assert_error(405, "Method not allowed");
            assert_eq!(answer.header("allow"), Some(allow.as_str()), "{path}");
        }
    }

    #[test]
    fn an_encoded_slash_never_leads_to_another_host() {
        let api = APP.start();
        for target in ["/%2F/evil.example", "/%2F%2Fevil.example", "/%2fevil.example", "/.%2F%2Fevil.example"]
        {
            assert_stays_on_this_host(&api, target);
        }
        for target in [
            "/%5Cevil.example",
            "/%5C",
            "/%09",
            "/%09%5Cevil.example",
            "/@evil.example",
            "/..%5Cevil.example",
        ] {
            assert_eq!(api.get(target).status, 404, "{target}");
        }
    }

    #[test]
    fn a_slash_too_many_is_308_for_any_method() {
        let api = APP.start();
        for method in ["OPTIONS", "TRACE", "PATCH", "HEAD"] {
            let answer = api.request(method, "//api//hello", &[], "");
            assert_eq!((answer.status, answer.header("location")), (308, Some("/api/hello")), "{method}");
        }
    }

    /// The function is told the decoded path, which ends at a question mark, and encodes it anew.
    #[test]
    fn a_redirect_is_encoded_as_its_path_was() {
        let api = APP.start();
        for (target, location) in [("/a%20b%23%25/", "/a%20b%23%25"), ("/caf%C3%A9/", "/caf%C3%A9")] {
            let answer = api.get(target);
            assert_eq!((answer.status, answer.header("location")), (308, Some(location)), "{target}");
        }
    }

    #[test]
    fn paths_of_any_kind_lead_nowhere_else() {
        let api = APP.start();
        for path in [
            "/%0d%0aset-cookie:a=b/",
            "//evil.example/",
            "/%5Cevil.example/",
            "/%2F/evil.example/",
            "/a?b=%0d%0a/",
        ] {
            let answer = api.get(path);
            assert!([308, 404].contains(&answer.status), "{path}: {answer:?}");
            assert_eq!(answer.header("set-cookie"), None, "{path}");
            if let Some(location) = answer.header("location") {
                let on_this_host =
                    location.starts_with('/') && !location.starts_with("//") && !location.contains('\\');
                assert!(on_this_host, "{path} leads to {location}");
            }
        }
    }
}
