//! Each function may do in DynamoDB what its store does there, and nothing else.
//!
//! Too few permissions fail wherever a test needs one of them, for the local server refuses what the template
//! does not allow, as AWS would. Too many are found here.

use std::{collections::BTreeSet, fs};

use testkit::Api;

use crate::app::{APP, BOOK, LABEL};

/// A walk past everything that makes a call of another kind.
fn tour(api: &Api) {
    let once = [("idempotency-key", "k")];
    assert_eq!(api.get("/books/count").json()["count"], 0);
    for (path, body) in [("/books", BOOK), ("/labels", LABEL)] {
        let item = format!("{path}/1");
        assert_eq!(api.get(path).body, "[]");
        assert_eq!(api.post(path, body).status, 201);
        for _ in ["first", "again"] {
            assert_eq!(api.request("POST", path, &once, body).status, 201);
        }
        assert!(api.get(&format!("{path}?limit=1")).next_page().is_some());
        assert_eq!(api.get(&item).status, 200);
        assert_eq!(api.put(&item, body).status, 200);
        assert_eq!(api.put(&item, "[").status, 400);
        assert_eq!(api.patch(&item, r#"{"title":"u"}"#).status, 200);
        for method in ["PUT", "PATCH", "DELETE"] {
            assert_eq!(api.request(method, &item, &[("if-match", "\"0\"")], body).status, 412);
        }
        assert_eq!(api.delete(&item).status, 200);
        assert_eq!(api.delete(&item).status, 404);
    }
    assert_eq!(api.get("/books/2/exists").json()["exists"], true);
    for list in ["/books", "/books/count"] {
        for filter in ["", "?author=A", "?available=true", "?pages=7", "?format=e-book"] {
            assert_eq!(api.get(&format!("{list}{filter}")).status, 200, "{list}{filter}");
        }
    }
}

/// Action by action and table by table (or index): so a permission for another table, or for all of them, is
/// too much.
#[test]
fn what_is_allowed_is_used() {
    let api = APP.start();
    tour(&api);
    for (_, path, name) in api.server().routes() {
        let local::iam::Permissions { allowed, used } = api.server().permissions(&name).unwrap();
        let [allowed, used] = [allowed, used].map(|permissions| {
            let told = permissions.into_iter().map(|one| format!("{} {}", one.action, one.resource));
            told.collect::<BTreeSet<_>>()
        });
        assert_eq!(allowed, used, "{name}: what the template allows, and what `tour` made it do");
        assert_eq!(used.is_empty(), !(path.starts_with("/books") || path.starts_with("/labels")), "{name}");
    }
}

#[test]
fn what_is_not_allowed_is_refused() {
    let template = fs::read_to_string(APP.template()).unwrap();
    let without = template.replace("dynamodb:DeleteItem", "dynamodb:GetItem");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("template.yaml");
    fs::write(&path, without).unwrap();
    let api = APP.with_template(&path);
    assert_eq!(api.post("/books", BOOK).status, 201);
    api.delete("/books/1").assert_error(500, "Failed to delete book");
    assert_eq!(api.get("/books/1").status, 200);
    let log = api.log().join("\n");
    assert!(log.contains("not authorized to perform: dynamodb:DeleteItem"), "{log}");
    assert!(api.server().permissions("fixture-delete-book").unwrap().used.is_empty());
}
