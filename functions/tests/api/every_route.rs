//! What all routes have in common.

use serde_json::json;
use testkit::Answer;

use crate::app::{APP, POST, TASK, WITH_JSON};

/// One request for each route, with the status it has on an empty database.
const ROUTES: [(&str, &str, u16); 19] = [
    ("GET", "/api/hello", 200),
    ("GET", "/api/posts", 200),
    ("POST", "/api/posts", 400),
    ("GET", "/api/posts/1", 404),
    ("PUT", "/api/posts/1", 404),
    ("PATCH", "/api/posts/1", 400),
    ("DELETE", "/api/posts/1", 404),
    ("GET", "/api/tasks", 200),
    ("POST", "/api/tasks", 400),
    ("GET", "/api/tasks/1", 404),
    ("PUT", "/api/tasks/1", 400),
    ("PATCH", "/api/tasks/1", 400),
    ("DELETE", "/api/tasks/1", 404),
    ("GET", "/api/search", 200),
    ("POST", "/api/echo", 400),
    ("POST", "/api/form", 415),
    ("GET", "/api/auth", 401),
    ("POST", "/api/auth", 401),
    ("GET", "/nothing", 404),
];

#[test]
fn every_answer_carries_the_common_headers() {
    let api = APP.start();
    for (method, path, status) in ROUTES {
        let answer = api.request(method, path, &[], "");
        assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{method} {path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{method} {path}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{method} {path}");
        assert!(answer.header("x-request-id").is_some(), "{method} {path}");
    }
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let api = APP.start();
    api.post("/api/tasks", r#"{"title":"a"}"#);
    api.post("/api/posts", r#"{"title":"a","content":"b","author":"c"}"#);
    for path in [
        "/api/hello",
        "/api/posts",
        "/api/posts/1",
        "/api/posts/2",
        "/api/tasks",
        "/api/tasks/1",
        "/api/tasks/x",
        "/api/search?limit=0",
        "/api/search",
        "/api/auth",
        "/api/openapi.json",
        "/api/docs",
        "/",
        "/nothing",
        "/api/posts/",
    ] {
        let get = api.get(path);
        let head = api.request("HEAD", path, &[], "");
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        let headers = |answer: &Answer| -> Vec<_> {
            let own = ["date", "x-request-id", "apigw-requestid"];
            let mut headers: Vec<_> = answer
                .headers
                .iter()
                .filter(|(name, _)| !own.contains(&name.as_str()))
                .collect::<Vec<_>>()
                .into_iter()
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            headers
        };
        assert_eq!(headers(&head), headers(&get), "{path}");
    }
}

/// A body is JSON whatever its `content-type` says: `curl -d '{…}'` works.
#[test]
fn a_body_is_json_whatever_it_is_called() {
    let api = APP.start();
    for content_type in
        ["application/json", "application/x-www-form-urlencoded", "text/plain", "image/png", ""]
    {
        let body = "{\"title\":\"Ünï\"}";
        let made = api.request("POST", "/api/tasks", &[("content-type", content_type)], body);
        assert_eq!((made.status, &made.json()["title"]), (201, &json!("Ünï")), "{content_type}");
    }
    let marked = api.request("POST", "/api/tasks", &[], "\u{feff}{\"title\":\"a\"}");
    assert_eq!(marked.status, 201, "a byte order mark is no part of the text");
}

#[test]
fn a_body_that_is_no_json_is_400_with_what_and_where() {
    let api = APP.start();
    api.post("/api/posts", r#"{"title":"a","content":"b","author":"c"}"#);
    for (method, path) in WITH_JSON {
        for (body, detail) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("not json", "expected ident at line 1 column 2"),
            ("{\"title\":\"a\",}", "key must be a string at line 1 column 14"),
        ] {
            api.request(method, path, &[], body).assert_error(400, format!("Invalid JSON: {detail}"));
        }
    }
}

/// It is JSON, and names the field that is no text, and where in the body.
#[test]
fn half_of_a_surrogate_pair_is_400_with_its_field_and_place() {
    let api = APP.start();
    api.post("/api/posts", POST);
    api.post("/api/tasks", TASK);
    for (method, path) in WITH_JSON {
        for (body, place) in [
            (r#"{"content":"c","author":"a","title":"\ud800"}"#, "line 1 column 38"),
            (r#"{"content":"c","author":"a","title":"\ud83e\udd80 \udd80\ud83e"}"#, "line 1 column 51"),
            (
                "{\n\t\"content\": \"c\",\n\t\"author\": \"a\",\n\t\"title\": \"ab\\uDFFF\"\n}",
                "line 4 column 14",
            ),
        ] {
            let answer = api.request(method, path, &[], body);
            if path == "/api/echo" {
                assert_eq!((answer.status, answer.body), (200, format!(r#"{{"received":{body}}}"#)));
            } else {
                answer.assert_error(
                    400,
                    format!("Invalid text: title has half of a surrogate pair at {place}"),
                );
            }
        }
        let elsewhere = r#"{"title":"t","content":"c","author":"a","\ud800":"\udfff","other":["\ud800"]}"#;
        assert!([200, 201].contains(&api.request(method, path, &[], elsewhere).status), "{method} {path}");
    }
    for (path, body, field) in [
        ("/api/tasks", r#"{"title":"t","description":"\ud800"}"#, "description"),
        ("/api/posts", r#"{"title":"t","content":"\ud800","author":"a"}"#, "content"),
        ("/api/posts", r#"{"title":"t","content":"c","author":"\ud800"}"#, "author"),
    ] {
        let column = body.find('\\').unwrap() + 1;
        let told = format!("Invalid text: {field} has half of a surrogate pair at line 1 column {column}");
        api.post(path, body).assert_error(400, told.as_str());
        for method in ["PUT", "PATCH"] {
            api.request(method, &format!("{path}/1"), &[], body).assert_error(400, told.as_str());
        }
    }
    let missing = api.put("/api/posts/99", r#"{"title":"\ud800"}"#);
    missing.assert_error(404, "Post not found");
}

#[test]
fn a_body_over_1_mib_is_413_and_nothing_is_stored() {
    let api = APP.start();
    api.post("/api/posts", r#"{"title":"a","content":"b","author":"c"}"#);
    let error = "Request body exceeds 1048576 bytes";
    let padded = |size: usize| {
        let body = r#"{"title":"big","content":"b","author":"c"}"#;
        format!("{body}{}", " ".repeat(size - body.len()))
    };
    for (method, path) in WITH_JSON {
        for content_type in ["application/json", "application/octet-stream"] {
            api.request(method, path, &[("content-type", content_type)], padded(1_048_577))
                .assert_error(413, error);
        }
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    api.request("POST", "/api/form", &form, "a".repeat(1_048_577)).assert_error(413, error);
    assert_eq!(api.get("/api/tasks").json(), json!([]));
    assert_eq!(api.get("/api/posts").json()[0]["title"], "a");

    for content_type in ["application/json", "application/octet-stream"] {
        let largest = api.request("POST", "/api/tasks", &[("content-type", content_type)], padded(1_048_576));
        assert_eq!(largest.status, 201, "{content_type}");
    }
}

/// Behind a browser or a proxy anything can stand in a header; none of it is the caller's fault or a 5xx.
#[test]
fn odd_headers_and_queries_are_harmless() {
    let api = APP.start();
    for headers in [
        [("x-forwarded-proto", "ht tp:"), ("x-forwarded-for", "garbage")],
        [("x-amzn-trace-id", "nonsense"), ("cookie", "a=b; c=d;;")],
        [("accept", "*/*"), ("x-long", &"x".repeat(10_000))],
    ] {
        assert_eq!(api.request("GET", "/api/search?q=a", &headers, "").status, 200, "{headers:?}");
    }
    let many: Vec<_> = (0..100).map(|number| format!("p{number}=v")).collect();
    assert_eq!(api.get(&format!("/api/search?{}", many.join("&"))).status, 200);
    assert_eq!(api.get("/api/search?q=%&q=%zz&=&&&").json()["search"], "%");
}

/// What is the gateway's doing.
mod gateway {
    use std::collections::BTreeSet;

    use super::ROUTES;
    use crate::app::{APP, WITH_JSON};

    #[test]
    fn the_request_id_is_the_gateways() {
        let api = APP.start();
        let mut ids = BTreeSet::new();
        for (method, path, _) in ROUTES {
            let answer = api.request(method, path, &[], "");
            let id = answer.header("x-request-id").unwrap();
            assert_eq!(Some(id), answer.header("apigw-requestid"), "{method} {path}");
            ids.insert(id.to_owned());
        }
        assert_eq!(ids.len(), ROUTES.len(), "each request has an id of its own");
    }

    /// A body that is said to be text comes as text, and one that is none comes all the same.
    #[test]
    fn a_text_that_is_not_utf_8_is_400() {
        let api = APP.start();
        api.post("/api/posts", r#"{"title":"a","content":"b","author":"c"}"#);
        for (method, path) in WITH_JSON {
            let garbled =
                api.request(method, path, &[("content-type", "application/json")], b"{\"title\":\"\xFF\"}");
            assert_eq!(garbled.status, 400, "{method} {path}");
            assert!(garbled.json()["error"].as_str().unwrap().starts_with("Invalid JSON: "), "{garbled:?}");
        }
    }

    #[test]
    fn preflight_is_answered_by_the_gateway_with_what_the_api_uses() {
        let api = APP.start();
        let preflight = api.request(
            "OPTIONS",
            "/api/tasks/1",
            &[
                ("origin", "https://front.example"),
                ("access-control-request-method", "PATCH"),
                ("access-control-request-headers", "content-type,if-match"),
            ],
            "",
        );
        assert_eq!(preflight.status, 204);
        assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
        let lists = |name: &str, wanted: &str| {
            let value = preflight.header(name).unwrap_or_default().to_lowercase();
            assert!(value.split(',').any(|entry| entry.trim() == wanted), "{name}: {value} lacks {wanted}");
        };
        for method in ["get", "head", "post", "put", "patch", "delete", "options"] {
            lists("access-control-allow-methods", method);
        }
        for header in ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match"] {
            lists("access-control-allow-headers", header);
        }

        let answer = api.request("GET", "/api/tasks/1", &[("origin", "https://front.example")], "");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let exposed = answer.header("access-control-expose-headers").unwrap().to_lowercase();
        for header in [
            "allow",
            "etag",
            "idempotency-replayed",
            "link",
            "location",
            "retry-after",
            "www-authenticate",
            "x-request-id",
        ] {
            assert!(exposed.split(',').any(|entry| entry.trim() == header), "{exposed} lacks {header}");
        }
    }
}
