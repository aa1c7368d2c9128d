//! What all routes have in common.

use testkit::Answer;

use crate::{
    app::APP,
    resources::{RESOURCES, count_items, make_items},
    routes::operations,
};

/// The method and path of each operation that reads a JSON body; those of an item name the first.
fn with_json() -> Vec<(String, String)> {
    let operations = operations().into_iter().filter(|operation| operation.reads_json);
    operations.map(|operation| (operation.method, operation.path)).collect()
}

#[test]
fn every_answer_carries_the_common_headers() {
    let api = APP.start();
    let operations = operations().into_iter().map(|operation| (operation.method, operation.path));
    for (method, path) in operations.chain([("GET".to_owned(), "/nothing".to_owned())]) {
        let answer = api.request(&method, &path, &[], "");
        assert!(answer.status < 500, "{method} {path}: {answer:?}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{method} {path}");
        assert!(answer.header("x-request-id").is_some(), "{method} {path}");
        // What may be kept has a tag.
        if answer.header("etag").is_none() {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{method} {path}");
            assert_eq!(answer.header("content-type"), Some("application/json"), "{method} {path}");
        }
    }
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let api = APP.start();
    make_items(&api);
    let gets = operations().into_iter().filter(|operation| operation.method == "GET");
    let gets = gets.map(|operation| operation.path);
    let others = ["/nothing", "/api/hello/"].map(str::to_owned);
    let refused =
        RESOURCES.iter().flat_map(|one| ["/2", "/x", "?limit=0"].map(|rest| format!("{}{rest}", one.path)));
    for path in gets.chain(others).chain(refused) {
        let get = api.get(&path);
        let head = api.request("HEAD", &path, &[], "");
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

/// A body is JSON whatever its `content-type` says: `curl -d '{…}'` works. A byte order mark is no part of
/// it.
#[test]
fn a_body_is_json_whatever_it_is_called() {
    let api = APP.start();
    for resource in RESOURCES {
        let (path, body) = (resource.path, resource.body);
        for content_type in
            ["application/json", "application/x-www-form-urlencoded", "text/plain", "image/png", ""]
        {
            let answer = api.request("POST", path, &[("content-type", content_type)], body);
            assert_eq!(answer.status, 201, "{path} {content_type}");
        }
        assert_eq!(api.post(path, format!("\u{feff}{body}")).status, 201, "{path}");
    }
}

#[test]
fn a_body_that_is_no_json_is_400_with_what_and_where() {
    let api = APP.start();
    make_items(&api);
    for (method, path) in &with_json() {
        for (body, detail) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            ("not json", "expected ident at line 1 column 2"),
            ("{\"title\":\"a\",}", "key must be a string at line 1 column 14"),
        ] {
            api.request(method, path, &[], body).assert_error(400, format!("Invalid JSON: {detail}"));
        }
    }
}

#[test]
fn a_body_over_1_mib_is_413_and_nothing_is_stored() {
    let api = APP.start();
    make_items(&api);
    let error = "Request body exceeds 1048576 bytes";
    let padded = |body: &str, size: usize| format!("{body}{}", " ".repeat(size - body.len()));
    for (method, path) in &with_json() {
        for content_type in ["application/json", "application/octet-stream"] {
            api.request(method, path, &[("content-type", content_type)], padded("{}", 1_048_577))
                .assert_error(413, error);
        }
    }
    assert_eq!(count_items(&api), vec![1; RESOURCES.len()]);

    for resource in RESOURCES {
        for content_type in ["application/json", "application/octet-stream"] {
            let headers = [("content-type", content_type)];
            let largest = api.request("POST", resource.path, &headers, padded(resource.body, 1_048_576));
            assert_eq!(largest.status, 201, "{content_type}");
        }
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
        assert_eq!(api.request("GET", "/api/hello", &headers, "").status, 200, "{headers:?}");
    }
    let many: Vec<_> = (0..100).map(|number| format!("p{number}=v")).collect();
    for query in [many.join("&").as_str(), "q=%&q=%zz&=&&&"] {
        assert_eq!(api.get(&format!("/api/hello?{query}")).status, 200, "{query}");
    }
}

/// A database that fails.
mod outages {
    use testkit::FakeDynamoDb;

    use crate::{app::APP, resources::RESOURCES, routes};

    /// What goes wrong in the database is told in the words of each route, and no more of it.
    #[test]
    fn a_failure_is_told_in_the_words_of_the_route() {
        let database = FakeDynamoDb::failing(400, "AccessDeniedException");
        let api = APP.with_environment(&[("AWS_ENDPOINT_URL_DYNAMODB", &database.url)]);
        for (method, path, error) in routes::failures() {
            let mut resources = RESOURCES.iter();
            let body = resources.find(|resource| path.starts_with(resource.path)).map_or("", |one| one.body);
            api.request(method, path, &[], body).assert_error(500, *error);
        }
    }
}

/// What is the gateway's doing.
mod gateway {
    use std::collections::BTreeSet;

    use super::with_json;
    use crate::{
        app::APP,
        resources::{RESOURCES, count_items, make_items},
        routes::operations,
    };

    #[test]
    fn the_request_id_is_the_gateways() {
        let api = APP.start();
        let mut ids = BTreeSet::new();
        let operations = operations();
        for operation in &operations {
            let (method, path) = (&operation.method, &operation.path);
            let answer = api.request(method, path, &[], "");
            let id = answer.header("x-request-id").unwrap();
            assert_eq!(Some(id), answer.header("apigw-requestid"), "{method} {path}");
            ids.insert(id.to_owned());
        }
        assert_eq!(ids.len(), operations.len(), "each request has an id of its own");
    }

    /// `cargo lambda watch` has an answer of its own to a body that is said to be JSON and is not UTF-8.
    #[test]
    fn a_compressed_body_is_415() {
        let api = APP.start();
        make_items(&api);
        for (method, path) in &with_json() {
            for content_type in ["application/json", "application/octet-stream"] {
                let headers = [("content-encoding", "gzip"), ("content-type", content_type)];
                let answer = api.request(method, path, &headers, b"\x1F\x8B\x08\x00");
                answer.assert_error(415, "Content-Encoding of a body must be identity");
                assert_eq!(answer.header("accept-encoding"), Some("identity"));
            }
        }
        assert_eq!(count_items(&api), vec![1; RESOURCES.len()], "nothing was made");
    }

    /// A body that is said to be text comes as text, and one that is none comes all the same.
    #[test]
    fn a_text_that_is_not_utf_8_is_400() {
        let api = APP.start();
        make_items(&api);
        for (method, path) in &with_json() {
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
            "/api/hello",
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

        let answer = api.request("GET", "/api/hello", &[("origin", "https://front.example")], "");
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
