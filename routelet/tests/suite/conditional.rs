//! Conditional requests: `ETag`, `If-None-Match`, `If-Match`.

use std::thread;

use serde_json::json;
use testkit::{Answer, Api};

use crate::app::{APP, BOOK};

/// The item of each test.
const PATH: &str = "/books/1";
/// A change of it, and a whole book as well.
const CHANGE: &str = r#"{"title":"new","author":"a"}"#;

fn with_item() -> Api {
    let api = APP.start();
    make_item(&api);
    api
}

fn make_item(api: &Api) {
    assert_eq!(api.post("/books", BOOK).status, 201);
}

fn etag(api: &Api, path: &str) -> String {
    api.get(path).header("etag").expect("an ETag").to_owned()
}

fn with(api: &Api, method: &str, path: &str, header: (&str, &str), body: &str) -> Answer {
    api.request(method, path, &[header], body)
}

#[test]
fn a_tag_is_strong_and_changes_with_each_change() {
    let api = with_item();
    let first = etag(&api, PATH);
    assert!(first.starts_with('"') && first.ends_with('"') && first.len() > 2, "{first}");
    assert_eq!(etag(&api, PATH), first, "reading changes nothing");
    assert_eq!(api.request("HEAD", PATH, &[], "").header("etag"), Some(first.as_str()));
    let changed = api.patch(PATH, CHANGE);
    let second = etag(&api, PATH);
    assert_ne!(first, second);
    assert_eq!(changed.header("etag"), Some(second.as_str()), "the answer to a change has the new tag");
    assert_eq!(api.patch(PATH, "{}").header("etag"), Some(second.as_str()), "an empty patch changes nothing");
    let put = api.put(PATH, CHANGE);
    assert_eq!(put.header("etag"), Some(etag(&api, PATH).as_str()));
    let made = api.post("/books", BOOK);
    assert_eq!(made.header("etag"), Some(etag(&api, "/books/2").as_str()));
}

#[test]
fn who_has_the_version_gets_304() {
    let api = with_item();
    let tag = etag(&api, PATH);
    for value in [tag.clone(), format!("W/{tag}"), format!("\"a,b\", {tag}"), "*".to_owned()] {
        for method in ["GET", "HEAD"] {
            let answer = with(&api, method, PATH, ("if-none-match", &value), "");
            assert_eq!((answer.status, answer.body.as_str()), (304, ""), "{method} {value}");
            assert_eq!(answer.header("etag"), Some(tag.as_str()));
            assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
            assert_eq!(answer.header("content-type"), None);
            assert!(answer.header("x-request-id").is_some());
        }
    }
    for value in ["\"other\"", tag.trim_matches('"'), "", "\"", "W/"] {
        assert_eq!(with(&api, "GET", PATH, ("if-none-match", value), "").status, 200, "{value}");
    }
    assert_eq!(with(&api, "GET", "/books/9", ("if-none-match", "*"), "").status, 404);
}

#[test]
fn a_change_of_what_has_changed_is_412_and_writes_nothing() {
    let api = with_item();
    let old = etag(&api, PATH);
    api.patch(PATH, r#"{"title":"theirs"}"#);
    let now = api.get(PATH);
    let weak = format!("W/{}", now.header("etag").unwrap());
    let many = vec!["\"0123456789abcdef\""; 100].join(", ");
    for value in [old.as_str(), "\"other\"", weak.as_str(), "nonsense", "", &many] {
        for (method, body) in [("PUT", CHANGE), ("PATCH", CHANGE), ("PATCH", "{}")] {
            with(&api, method, PATH, ("if-match", value), body).assert_error(412, "Precondition failed");
        }
        with(&api, "DELETE", PATH, ("if-match", value), "").assert_error(412, "Precondition failed");
    }
    let after = api.get(PATH);
    assert_eq!((after.body, after.headers["etag"].clone()), (now.body, now.headers["etag"].clone()));
    let too_many = vec!["\"0123456789abcdef\""; 101].join(", ");
    with(&api, "DELETE", PATH, ("if-match", &too_many), "")
        .assert_error(400, "If-Match lists more than 100 entity tags");
}

#[test]
fn a_change_of_what_is_as_expected_is_made() {
    let api = with_item();
    for method in ["PUT", "PATCH"] {
        assert_eq!(with(&api, method, PATH, ("if-match", &etag(&api, PATH)), CHANGE).status, 200);
        let listed = format!("\"a\", {} ,\"b\"", etag(&api, PATH));
        assert_eq!(with(&api, method, PATH, ("if-match", &listed), CHANGE).status, 200);
        assert_eq!(with(&api, method, PATH, ("if-match", "*"), CHANGE).status, 200);
    }
    assert_eq!(with(&api, "DELETE", PATH, ("if-match", &etag(&api, PATH)), "").status, 200);
    for method in ["PUT", "PATCH", "DELETE"] {
        for value in ["*", "\"0123456789abcdef\"", "\"other\""] {
            assert_eq!(with(&api, method, PATH, ("if-match", value), CHANGE).status, 404, "{method} {value}");
        }
    }
}

/// `If-Match` of a `GET`: a part of another state must not be joined to what the caller has (RFC 9110,
/// section 13.1.1).
#[test]
fn a_get_of_what_has_changed_is_412() {
    let api = with_item();
    let tag = etag(&api, PATH);
    for method in ["GET", "HEAD"] {
        for value in [tag.clone(), format!("\"a,b\", {tag}"), "*".to_owned(), " * ".to_owned()] {
            assert_eq!(with(&api, method, PATH, ("if-match", &value), "").status, 200, "{method} {value}");
            let both = [("if-match", value.as_str()), ("if-none-match", tag.as_str())];
            assert_eq!(api.request(method, PATH, &both, "").status, 304, "{method} {value}");
        }
        for value in ["\"other\"", "\"0123456789abcdef\"", &format!("W/{tag}"), "nonsense", "", "**"] {
            // `If-Match` comes first (section 13.2.2).
            for none_match in ["\"other\"", tag.as_str(), "*"] {
                let both = [("if-match", value), ("if-none-match", none_match)];
                let answer = api.request(method, PATH, &both, "");
                assert_eq!(answer.status, 412, "{method} {value} {none_match}");
                if method == "GET" {
                    answer.assert_error(412, "Precondition failed");
                }
            }
        }
    }
    assert_eq!(with(&api, "GET", "/books/9", ("if-match", "*"), "").status, 404);
}

/// `If-None-Match` of a change: the item must not be in a version that is listed, and with `*` must not be
/// there.
#[test]
fn a_change_of_what_is_not_wanted_is_412_and_writes_nothing() {
    let api = with_item();
    let before = api.get(PATH);
    let tag = before.header("etag").unwrap();
    let weak = format!("W/{tag}");
    let listed = format!("\"a\", {tag}");
    for value in ["*", " *", tag, &weak, &listed] {
        for (method, body) in [("PUT", CHANGE), ("PATCH", CHANGE), ("PATCH", "{}"), ("DELETE", "")] {
            with(&api, method, PATH, ("if-none-match", value), body).assert_error(412, "Precondition failed");
            // Both headers must hold.
            let both = [("if-match", tag), ("if-none-match", value)];
            api.request(method, PATH, &both, body).assert_error(412, "Precondition failed");
            assert_eq!(with(&api, method, "/books/9", ("if-none-match", value), body).status, 404);
        }
    }
    let after = api.get(PATH);
    assert_eq!((after.body, after.headers["etag"].clone()), (before.body, before.headers["etag"].clone()));
    let too_many = vec!["\"0123456789abcdef\""; 101].join(", ");
    with(&api, "DELETE", PATH, ("if-none-match", &too_many), "")
        .assert_error(400, "If-None-Match lists more than 100 entity tags");
}

#[test]
fn a_change_of_what_is_in_no_unwanted_version_is_made() {
    let api = with_item();
    let many = vec!["\"0123456789abcdef\""; 100].join(", ");
    for value in ["\"other\"", "\"0123456789abcdef\"", "W/\"x\"", "nonsense", "", &many] {
        for (method, body) in [("PUT", CHANGE), ("PATCH", CHANGE), ("PATCH", "{}")] {
            assert_eq!(
                with(&api, method, PATH, ("if-none-match", value), body).status,
                200,
                "{method} {value}"
            );
        }
        let tag = etag(&api, PATH);
        let both = [("if-match", tag.as_str()), ("if-none-match", value)];
        assert_eq!(api.request("PATCH", PATH, &both, CHANGE).status, 200, "{value}");
    }
    assert_eq!(with(&api, "DELETE", PATH, ("if-none-match", "\"other\""), "").status, 200);
}

/// Two writers with the same tag: one wins, the other learns of it.
#[test]
fn of_writers_with_one_tag_one_wins() {
    let api = with_item();
    for _ in 0..5 {
        let tag = etag(&api, PATH);
        let mut statuses: Vec<_> = thread::scope(|scope| {
            let (api, tag) = (&api, &tag);
            let writers: Vec<_> = (0..4)
                .map(|writer| {
                    let body = json!({"title": format!("writer {writer}")}).to_string();
                    scope.spawn(move || with(api, "PATCH", PATH, ("if-match", tag), &body).status)
                })
                .collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412]);
    }
}

/// What a request costs in calls of DynamoDB: seen by a proxy before the database of an API of the test's
/// own.
mod costs {
    use testkit::Watched;

    use super::{CHANGE, PATH, etag, make_item, with};
    use crate::app::APP;

    /// The condition is part of the write: there is nothing between them for another writer to slip into.
    #[test]
    fn a_condition_costs_no_round_trip() {
        let watched = Watched::start(&APP);
        let api = &watched.api;
        make_item(api);
        let tag = etag(api, PATH);
        watched.operations();
        for header in ["if-match", "if-none-match"] {
            for value in ["\"0123456789abcdef\"", tag.as_str(), "*"] {
                with(api, "PATCH", PATH, (header, value), CHANGE);
                assert_eq!(watched.operations(), ["UpdateItem"]);
            }
        }
        with(api, "GET", PATH, ("if-none-match", &tag), "");
        assert_eq!(watched.operations(), ["GetItem"]);
        let tag = etag(api, PATH);
        watched.operations();
        for (value, status) in [("\"0123456789abcdef\"", 412), (tag.as_str(), 200)] {
            assert_eq!(with(api, "DELETE", PATH, ("if-match", value), "").status, status);
            assert_eq!(watched.operations(), ["DeleteItem"]);
        }
    }
}
