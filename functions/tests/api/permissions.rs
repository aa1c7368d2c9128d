//! Each function may do in DynamoDB what it does there, and nothing else.
//!
//! Too few permissions fail wherever a test needs one of them, for the local server refuses what the template
//! does not allow, as AWS would. Too many are found here.

use testkit::Api;

use crate::{
    app::APP,
    house::{assert_same, functions},
    resources::RESOURCES,
    routes::{ROUTES, is_operation, operations},
};

/// A walk past everything that makes a call of another kind: what every resource has, and what each module
/// adds by its `tour`.
fn tour(api: &Api) {
    for route in ROUTES {
        (route.tour)(api);
    }
    let once = [("idempotency-key", "k")];
    for resource in RESOURCES {
        let (path, body) = (resource.path, resource.body);
        let item = format!("{path}/1");
        // An empty table is read differently, so both walks are made with one and without.
        (resource.tour)(api);
        read_everything(api);
        assert_eq!(api.get(path).body, "[]");
        assert_eq!(api.post(path, body).status, 201);
        for _ in ["first", "again"] {
            assert_eq!(api.request("POST", path, &once, body).status, 201);
        }
        assert_eq!(api.get(path).status, 200);
        assert!(api.get(&format!("{path}?limit=1")).next_page().is_some());
        assert_eq!(api.get(&item).status, 200);
        read_everything(api);
        if is_operation("PUT", &item) {
            assert_eq!(api.put(&item, body).status, 200);
            assert_eq!(api.put(&item, "[").status, 400);
        }
        assert_eq!(api.patch(&item, body).status, 200);
        for method in ["PUT", "PATCH", "DELETE"].into_iter().filter(|method| is_operation(method, &item)) {
            assert_eq!(api.request(method, &item, &[("if-match", "\"0\"")], body).status, 412);
        }
        assert_eq!(api.delete(&item).status, 200);
        assert_eq!(api.delete(&item).status, 404);
        (resource.tour)(api);
    }
}

/// Every `GET`, as it is and with each parameter of its query: a filter reads an index.
fn read_everything(api: &Api) {
    for operation in operations().into_iter().filter(|operation| operation.method == "GET") {
        let queries = operation.queries.iter().map(|query| format!("{}?{query}", operation.path));
        for path in [operation.path.clone()].into_iter().chain(queries) {
            assert!(api.get(&path).status < 500, "{path}");
        }
    }
}

/// Action by action and table by table (or index): so a permission for another table, or for all of them, is
/// too much.
#[test]
fn what_is_allowed_is_used() {
    let api = APP.start();
    tour(&api);
    for name in functions().keys() {
        let local::iam::Permissions { allowed, used } = api.server().permissions(name).unwrap();
        let [allowed, used] = [allowed, used].map(|permissions| {
            permissions.into_iter().map(|one| format!("{} {}", one.action, one.resource)).collect::<Vec<_>>()
        });
        let what = format!("{name}: template.yaml allows what nothing in `tour` makes it do");
        assert_same(&what, allowed, used);
    }
}
