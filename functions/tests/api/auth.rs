//! `/api/auth`. What a valid token is, is tested with `routelet`, in `routelet/tests/suite/tokens.rs`.

use serde_json::{Value, json};

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("get-auth", 200, json!({"authorized": true})), ("post-auth", 401, json!({"error": "Unauthorized"}))]
}

const MISSING: &str = "Bearer";

#[test]
fn auth_asks_for_an_authorization_header() {
    let api = APP.start();
    let authorized: Value = json!({"authorized": true});
    api.get("/api/auth").assert_unauthorized(MISSING);
    for blank in ["", " ", "\t "] {
        api.request("GET", "/api/auth", &[("authorization", blank)], "").assert_unauthorized(MISSING);
    }
    let twice = [("authorization", ""), ("authorization", " ")];
    api.request("GET", "/api/auth", &twice, "").assert_unauthorized(MISSING);
    for value in ["Bearer anything", "Basic eA==", "x"] {
        api.request("GET", "/api/auth", &[("authorization", value)], "").assert(200, &authorized);
    }
}

/// Without configured tokens no token is valid: open would be worse than closed.
#[test]
fn auth_accepts_no_token_where_none_are_configured() {
    let api = APP.start();
    api.post("/api/auth", "").assert_unauthorized(MISSING);
    api.request("POST", "/api/auth", &[("authorization", "Bearer secret")], "{}")
        .assert_unauthorized(MISSING);
    // It reads no body, and so refuses none.
    let encoded = [("content-encoding", "gzip"), ("content-type", "application/json")];
    api.request("POST", "/api/auth", &encoded, "\u{1f}\u{8b}").assert_unauthorized(MISSING);
}

/// With an API of its own, which knows keys or has none in another way.
mod configured {
    use serde_json::json;
    use testkit::{
        Answer, Api,
        signer::{Signer, set},
    };

    use super::MISSING;
    use crate::app::APP;

    const REFUSED: &str = r#"Bearer error="invalid_token""#;

    fn send(api: &Api, method: &str, authorization: &str) -> Answer {
        api.request(method, "/api/auth", &[("authorization", authorization)], "")
    }

    #[track_caller]
    fn assert_valid(answer: &Answer) {
        answer.assert(200, &json!({"authorized": true}));
    }

    #[test]
    fn both_validate_tokens_of_every_algorithm() {
        let signers = Signer::all();
        let api = APP.with_environment(&[("AUTH_JWKS", &set(&signers.each_ref().map(Signer::jwk)))]);
        for signer in &signers {
            // In the year 2100.
            let token = signer.token(&json!({"sub": "jane", "exp": 4_102_444_800_u64}));
            for scheme in ["Bearer", "bearer", "BEARER"] {
                for method in ["GET", "POST"] {
                    assert_valid(&send(&api, method, &format!("{scheme} {token}")));
                }
            }
        }
        for method in ["GET", "POST"] {
            api.request(method, "/api/auth", &[], "").assert_unauthorized(MISSING);
            for none in ["", " ", ",", "Bearer", "Basic eA==", "anything"] {
                send(&api, method, none).assert_unauthorized(MISSING);
            }
            send(&api, method, "Bearer anything").assert_unauthorized(REFUSED);
        }
    }

    #[test]
    fn none_and_empty_variables_are_no_configuration() {
        for none in ["", "none", "None", " none "] {
            let variables = [("AUTH_JWKS", none), ("AUTH_ISSUER", ""), ("AUTH_AUDIENCE", "")];
            let api = APP.with_environment(&variables);
            assert_valid(&send(&api, "GET", "anything"));
            send(&api, "POST", "Bearer anything").assert_unauthorized(MISSING);
        }
    }

    #[test]
    fn a_broken_configuration_keeps_both_from_starting() {
        let api = APP.with_environment(&[("AUTH_JWKS", " ")]);
        for method in ["GET", "POST"] {
            assert!(send(&api, method, "Bearer anything").status >= 500);
        }
        let log = api.log();
        for name in ["[get-auth]", "[post-auth]"] {
            let tells = |line: &String| line.starts_with(name) && line.contains("AUTH_JWKS is no JWK set");
            assert!(log.iter().any(tells), "{log:#?}");
        }
    }
}
