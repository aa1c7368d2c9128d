//! Tokens: with `AUTH_JWKS` set, who has none changes nothing. What a valid token is, is tested with
//! `routelet`, in `routelet/tests/suite/tokens.rs`.

use serde_json::json;
use testkit::{
    Answer, Api,
    signer::{Signer, set},
};

use crate::{
    app::APP,
    resources::{RESOURCES, count_items, make_items},
    routes::{is_operation, operations},
};

const MISSING: &str = "Bearer";
const REFUSED: &str = r#"Bearer error="invalid_token""#;

fn with_key_of(signer: &Signer) -> Api {
    APP.with_environment(&[("AUTH_JWKS", &set(&[signer.jwk()]))])
}

/// A header's value, good until the year 2100.
fn bearer(signer: &Signer) -> String {
    format!("Bearer {}", signer.token(&json!({"sub": "jane", "exp": 4_102_444_800_u64})))
}

fn send(api: &Api, (method, path): (&str, &str), authorization: &str, body: &str) -> Answer {
    api.request(method, path, &[("authorization", authorization)], body)
}

/// Before anything else is looked at: neither a missing item nor a bad body is told to who may not change it.
#[test]
fn what_wants_a_token_wants_it_before_anything_else() {
    let (ours, theirs) = (Signer::es256(), Signer::es256());
    let api = with_key_of(&ours);
    let forged = bearer(&theirs);
    for operation in operations().iter().filter(|operation| operation.wants_token) {
        let route = (operation.method.as_str(), operation.path.as_str());
        let bodies = if route.0 == "GET" { &[""][..] } else { &["", "not json", &"x".repeat(1_048_577)] };
        for body in bodies {
            api.request(route.0, route.1, &[], body).assert_unauthorized(MISSING);
            send(&api, route, "Basic eA==", body).assert_unauthorized(MISSING);
            send(&api, route, &forged, body).assert_unauthorized(REFUSED);
        }
        let let_in = send(&api, route, &bearer(&ours), "not json").status;
        assert!(let_in != 401 && let_in < 500, "{route:?}: {let_in}");
    }
    assert_eq!(count_items(&api), vec![0; RESOURCES.len()], "nothing was stored");
}

/// A resource that anybody may change would be found by nobody else.
#[test]
fn every_change_of_an_item_wants_a_token() {
    for resource in RESOURCES {
        let of_resource = |path: &str| {
            path.strip_prefix(resource.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        for operation in operations().iter().filter(|operation| of_resource(&operation.path)) {
            let (method, path) = (&operation.method, &operation.path);
            assert!(
                operation.wants_token || method == "GET",
                "{method} {path} has no security in openapi.yaml"
            );
        }
    }
}

#[test]
fn with_a_token_everything_works_and_reads_need_none() {
    let signer = Signer::hs256();
    let api = with_key_of(&signer);
    let bearer = bearer(&signer);
    let change = |method: &str, path: &str, body: &str| send(&api, (method, path), &bearer, body).status;
    for resource in RESOURCES {
        let item = format!("{}/1", resource.path);
        assert_eq!(change("POST", resource.path, resource.body), 201);
        for method in ["PUT", "PATCH"].into_iter().filter(|method| is_operation(method, &item)) {
            assert_eq!(change(method, &item, resource.body), 200);
        }
        assert_eq!(api.get(resource.path).status, 200);
        assert_eq!(api.get(&item).status, 200);
    }
    for operation in operations().iter().filter(|operation| !operation.wants_token) {
        let (method, path) = (operation.method.as_str(), operation.path.as_str());
        for answer in [api.request(method, path, &[], ""), send(&api, (method, path), "Bearer garbage", "")] {
            assert_ne!(answer.status, 401, "{method} {path} asks for no token");
        }
    }
    assert_eq!(api.get("/nothing").status, 404);
    for resource in RESOURCES {
        assert_eq!(change("DELETE", &format!("{}/1", resource.path), ""), 200);
    }
}

#[test]
fn without_keys_nothing_wants_a_token() {
    let api = APP.with_environment(&[("AUTH_JWKS", "none")]);
    make_items(&api);
    for resource in RESOURCES {
        assert_eq!(api.delete(&format!("{}/1", resource.path)).status, 200);
    }
}
