//! `/api/auth`. What a valid token is, is tested with `routelet`, in `routelet/tests/suite/tokens.rs`.

use serde_json::{Value, json};
use testkit::Answer;

use crate::{
    app::APP,
    routes::{Event, Route},
};

pub(crate) const ROUTE: Route = Route { events, ..Route::PLAIN };

fn events() -> Vec<Event> {
    vec![("get-auth", 200, json!({"authorized": true})), ("post-auth", 401, json!({"error": "Unauthorized"}))]
}

const MISSING: &str = "Bearer";

#[track_caller]
fn assert_unauthorized(answer: &Answer, challenge: &str) {
    answer.assert_error(401, "Unauthorized");
    assert_eq!(answer.header("www-authenticate"), Some(challenge));
}

#[test]
fn auth_asks_for_an_authorization_header() {
    let api = APP.start();
    let authorized: Value = json!({"authorized": true});
    assert_unauthorized(&api.get("/api/auth"), MISSING);
    for blank in ["", " ", "\t "] {
        assert_unauthorized(&api.request("GET", "/api/auth", &[("authorization", blank)], ""), MISSING);
    }
    let twice = [("authorization", ""), ("authorization", " ")];
    assert_unauthorized(&api.request("GET", "/api/auth", &twice, ""), MISSING);
    for value in ["Bearer anything", "Basic eA==", "x"] {
        api.request("GET", "/api/auth", &[("authorization", value)], "").assert(200, &authorized);
    }
}

/// Without configured tokens no token is valid: open would be worse than closed.
#[test]
fn auth_accepts_no_token_where_none_are_configured() {
    let api = APP.start();
    assert_unauthorized(&api.post("/api/auth", ""), MISSING);
    assert_unauthorized(
        &api.request("POST", "/api/auth", &[("authorization", "Bearer secret")], "{}"),
        MISSING,
    );
    // It reads no body, and so refuses none.
    let encoded = [("content-encoding", "gzip"), ("content-type", "application/json")];
    assert_unauthorized(&api.request("POST", "/api/auth", &encoded, "\u{1f}\u{8b}"), MISSING);
}

/// With an API of its own, which knows keys or has none in another way.
mod configured {
    use serde_json::json;
    use testkit::{
        Answer, Api,
        signer::{Signer, set},
    };

    use super::{MISSING, assert_unauthorized};
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
            assert_unauthorized(&api.request(method, "/api/auth", &[], ""), MISSING);
            for none in ["", " ", ",", "Bearer", "Basic eA==", "anything"] {
                assert_unauthorized(&send(&api, method, none), MISSING);
            }
            assert_unauthorized(&send(&api, method, "Bearer anything"), REFUSED);
        }
    }

    #[test]
    fn none_and_empty_variables_are_no_configuration() {
        for none in ["", "none", "None", " none "] {
            let variables = [("AUTH_JWKS", none), ("AUTH_ISSUER", ""), ("AUTH_AUDIENCE", "")];
            let api = APP.with_environment(&variables);
            assert_valid(&send(&api, "GET", "anything"));
            assert_unauthorized(&send(&api, "POST", "Bearer anything"), MISSING);
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
