//! Tokens: with `AUTH_JWKS` set, who has none changes no book. Labels need none.

use std::{
    ffi::OsStr,
    os::unix::ffi::OsStrExt,
    process::Command,
    time::{Duration, SystemTime},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use testkit::{
    Answer, Api,
    signer::{RSA_PUBLIC_PEM, Signer, encode, set},
};

use crate::app::{APP, BOOK};

/// Every route that wants a token, with an id that does not exist.
const CHANGES: [(&str, &str); 4] =
    [("POST", "/books"), ("PUT", "/books/7"), ("PATCH", "/books/7"), ("DELETE", "/books/7")];

const MISSING: &str = "Bearer";
const REFUSED: &str = r#"Bearer error="invalid_token""#;

fn with_keys(keys: &[Value]) -> Api {
    APP.with_environment(&[("AUTH_JWKS", &set(keys))])
}

/// Two callers who choose the same key make an item each, and neither sees the other's.
#[test]
fn an_idempotency_key_belongs_to_its_caller() {
    let signer = Signer::es256();
    let api = with_keys(&[signer.jwk()]);
    let callers = [
        json!({"sub": "jane"}),
        json!({"sub": "john"}),
        json!({"sub": "jane", "iss": "https://issuer.example"}),
        json!({"sub": ""}),
    ];
    let create = |claim: &Value| {
        let bearer = format!("Bearer {}", signer.token(&claims(claim)));
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", "a-key")];
        let made = api.request("POST", "/books", &headers, BOOK);
        (made.status, made.json()["id"].as_u64(), made.header("idempotency-replayed").is_some())
    };
    for (id, caller) in (1..).zip(&callers) {
        assert_eq!(create(caller), (201, Some(id), false), "{caller}");
    }
    for (id, caller) in (1..).zip(&callers) {
        assert_eq!(create(caller), (201, Some(id), true), "{caller}, with a new token");
    }
}

/// Seconds since 1970, some of them earlier or later.
fn now(offset: i64) -> i64 {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    i64::try_from(seconds).unwrap() + offset
}

/// Claims that are valid now, with more or others.
fn claims(others: &Value) -> Value {
    let mut claims = json!({"sub": "jane", "exp": now(3600)});
    claims.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
    claims
}

fn token(signer: &Signer) -> String {
    signer.token(&claims(&json!({})))
}

fn send(api: &Api, (method, path): (&str, &str), authorization: &str, body: &str) -> Answer {
    api.request(method, path, &[("authorization", authorization)], body)
}

/// A create with a token, and without a body: if the token is valid, that is what is refused.
fn validate(api: &Api, token: &str) -> Answer {
    send(api, ("POST", "/books"), &format!("Bearer {token}"), "")
}

#[track_caller]
fn assert_valid(answer: &Answer) {
    answer.assert_error(400, "Invalid JSON: EOF while parsing a value at line 1 column 0");
}

#[track_caller]
fn assert_nothing_stored(api: &Api) {
    api.get("/books").assert(200, &json!([]));
}

/// No keys are configured, so nobody looks at a token.
#[track_caller]
fn assert_open(api: &Api) {
    assert_eq!(send(api, ("POST", "/books"), "Bearer anything", BOOK).status, 201);
    assert_eq!(api.delete("/books/1").status, 200);
}

/// Before anything else is looked at: neither a missing item nor a bad body is told to who may not change it.
#[test]
fn changes_need_a_token_before_anything_else() {
    let (ours, theirs) = (Signer::es256(), Signer::es256());
    let api = with_keys(&[ours.jwk()]);
    let forged = format!("Bearer {}", token(&theirs));
    let valid = format!("Bearer {}", token(&ours));
    for route in CHANGES {
        for body in ["", "not json", BOOK, &"x".repeat(1_048_577)] {
            api.request(route.0, route.1, &[], body).assert_unauthorized(MISSING);
            send(&api, route, "Basic eA==", body).assert_unauthorized(MISSING);
            send(&api, route, &forged, body).assert_unauthorized(REFUSED);
        }
        let let_in = send(&api, route, &valid, "not json").status;
        assert!(let_in == 400 || let_in == 404, "{route:?}: {let_in}");
    }
    for (method, item) in [("PUT", "/books/x"), ("PATCH", "/books/0"), ("DELETE", "/books/-1")] {
        api.request(method, item, &[], "").assert_unauthorized(MISSING);
    }
    assert_nothing_stored(&api);
}

#[test]
fn tokens_of_every_algorithm_are_valid() {
    let signers = Signer::all();
    let api = with_keys(&signers.each_ref().map(Signer::jwk));
    for signer in &signers {
        let token = token(signer);
        for scheme in ["Bearer", "bearer", "BEARER"] {
            assert_valid(&send(&api, ("POST", "/books"), &format!("{scheme} {token}"), ""));
        }
    }
    for none in ["", " ", ",", "Bearer", "Basic eA==", "anything"] {
        send(&api, ("POST", "/books"), none, "").assert_unauthorized(MISSING);
    }
    validate(&api, "anything").assert_unauthorized(REFUSED);
}

/// None of it is valid, and none of it is a 5xx.
#[test]
fn what_is_not_valid_is_401() {
    let (rsa, secret) = (Signer::rs256(), Signer::hs256());
    let api = with_keys(&[rsa.jwk(), secret.jwk_with(&json!({"kid": "hs"}))]);
    let body = claims(&json!({})).to_string();
    let valid = token(&rsa);
    assert_valid(&validate(&api, &valid));

    let n = rsa.jwk()["n"].as_str().unwrap().to_owned();
    let parts: Vec<_> = valid.split('.').collect();
    let hs256 = |secret: &[u8]| Signer::Hs256(secret.to_vec()).sign(r#"{"alg":"HS256"}"#, &body);
    for (why, token) in [
        ("another key", token(&Signer::hs256())),
        ("an algorithm that no key has", token(&Signer::eddsa())),
        ("HS256 with the public key's file", hs256(RSA_PUBLIC_PEM.as_bytes())),
        ("HS256 with the modulus", hs256(&BASE64_URL_SAFE_NO_PAD.decode(&n).unwrap())),
        ("HS256 with the modulus as text", hs256(n.as_bytes())),
        ("HS256 with nothing", hs256(b"")),
        ("none", format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode(&body))),
        ("none with a signature", rsa.sign(r#"{"alg":"none"}"#, &body)),
        ("RS512", rsa.sign(r#"{"alg":"RS512"}"#, &body)),
        ("another key's kid", rsa.sign(r#"{"alg":"RS256","kid":"hs"}"#, &body)),
        ("an unknown kid", secret.sign(r#"{"alg":"HS256","kid":"other"}"#, &body)),
        ("crit", rsa.sign(r#"{"alg":"RS256","crit":["exp"]}"#, &body)),
        ("no expiry", rsa.token(&json!({"sub": "jane"}))),
        ("expired", rsa.token(&claims(&json!({"exp": now(-90)})))),
        ("not valid yet", rsa.token(&claims(&json!({"nbf": now(90)})))),
        ("an expiry that is text", rsa.token(&claims(&json!({"exp": "9999999999"})))),
        (
            "other claims",
            format!("{}.{}.{}", parts[0], encode(claims(&json!({"sub": "x"})).to_string()), parts[2]),
        ),
        ("cut", valid[..valid.len() - 1].to_owned()),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("two parts", format!("{}.{}", parts[0], parts[1])),
        ("four parts", format!("{valid}.{}", parts[2])),
        ("no claims", rsa.sign(r#"{"alg":"RS256"}"#, "")),
        ("nested beyond reason", rsa.sign(&"[".repeat(2_000), &body)),
        ("garbage", "%%%.\"{}\".\\".to_owned()),
        ("dots", "....".to_owned()),
        ("8 KiB and more", "a".repeat(8 * 1024 + 1)),
        ("10 KB", format!("{}.{}.{}", parts[0], parts[1], "A".repeat(9_000))),
        ("a list", format!("{valid}, {valid}")),
        ("two schemes", format!("{valid},Bearer {valid}")),
    ] {
        let answer = validate(&api, &token);
        assert_eq!(answer.status, 401, "{why}: {answer:?}");
        answer.assert_unauthorized(REFUSED);
    }
    let bearer = format!("Bearer {valid}");
    let twice = [("authorization", bearer.as_str()), ("authorization", bearer.as_str())];
    api.request("POST", "/books", &twice, "").assert_unauthorized(REFUSED);
    assert_valid(&validate(&api, &valid));
}

#[test]
fn clocks_may_differ_by_a_minute() {
    let signer = Signer::eddsa();
    let api = with_keys(&[signer.jwk()]);
    for others in [json!({"exp": now(-30)}), json!({"nbf": now(30)}), json!({"exp": now(1)})] {
        assert_valid(&validate(&api, &signer.token(&claims(&others))));
    }
}

#[test]
fn issuer_and_audience_are_checked_where_they_are_configured() {
    let signer = Signer::hs256();
    let api = APP.with_environment(&[
        ("AUTH_JWKS", &set(&[signer.jwk()])),
        ("AUTH_ISSUER", "https://issuer.example"),
        ("AUTH_AUDIENCE", "api"),
    ]);
    let answer =
        |iss: &str, aud: Value| validate(&api, &signer.token(&claims(&json!({"iss": iss, "aud": aud}))));
    assert_valid(&answer("https://issuer.example", json!("api")));
    assert_valid(&answer("https://issuer.example", json!(["other", "api"])));
    answer("https://issuer.example", json!("other")).assert_unauthorized(REFUSED);
    answer("https://issuer.example", json!([])).assert_unauthorized(REFUSED);
    answer("https://issuer.example/", json!("api")).assert_unauthorized(REFUSED);
    validate(&api, &token(&signer)).assert_unauthorized(REFUSED);
}

/// A typing error must not open the API: the function does not start, and its log says why in one line.
#[test]
fn a_broken_configuration_keeps_the_function_from_starting() {
    const SECRET: &str = "aHVudGVyMi1odW50ZXIyLWh1bnRlcjI"; // too short
    let weak = set(&[json!({"kty": "oct", "k": SECRET})]);
    let cut = format!(r#"{{"keys":[{{"kty":"oct","k":"{SECRET}"#);
    let zeros = set(&[json!({"kty": "oct", "k": encode([0; 32])})]);
    let small = set(&[json!({"kty": "OKP", "crv": "Ed25519", "x": encode([0; 32])})]);
    for (variables, reason) in [
        (("AUTH_JWKS", weak.as_str()), "AUTH_JWKS, key 1: a secret for HS256 has 32 bytes or more"),
        (("AUTH_JWKS", cut.as_str()), "AUTH_JWKS is no JWK set"),
        (("AUTH_JWKS", " "), "AUTH_JWKS is no JWK set"),
        (("AUTH_JWKS", r#"{"keys":[]}"#), "AUTH_JWKS has no key for verifying"),
        (("AUTH_JWKS", zeros.as_str()), "AUTH_JWKS, key 1: its secret is all zeros"),
        (
            ("AUTH_JWKS", small.as_str()),
            "AUTH_JWKS, key 1: its x is no point of Ed25519, or one of small order",
        ),
        (("AUTH_ISSUER", "https://issuer.example"), "AUTH_ISSUER is set, but AUTH_JWKS is not"),
        (("AUTH_AUDIENCE", "api"), "AUTH_AUDIENCE is set, but AUTH_JWKS is not"),
    ] {
        let api = APP.with_environment(&[variables]);
        for route in CHANGES {
            let answer = send(&api, route, "Bearer anything", "");
            assert!(answer.status >= 500, "{route:?}, {reason}: {answer:?}");
        }
        assert_nothing_stored(&api);
        let log = api.log();
        let tells = |line: &String| line.starts_with("[fixture-create-book]") && line.contains(reason);
        assert!(log.iter().any(tells), "{log:#?}");
        assert!(!log.iter().any(|line| line.contains(&SECRET[..12])), "{log:#?}");
    }
}

/// Such a variable looks as if it were not set to who asks for text.
#[test]
fn keys_that_are_no_text_are_not_taken_for_none() {
    let mut function = Command::new(APP.binaries().join("fixture-create-book"));
    // Nobody answers there, and nobody is asked.
    function.env_clear().env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1");
    let output = function.env("AUTH_JWKS", OsStr::from_bytes(b"{\"keys\":[\xFF]}")).output().unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success());
    assert!(line.contains("the environment variable AUTH_JWKS is not UTF-8"), "{line}");
}

/// An empty variable is one that is not set: a template cannot leave one out.
#[test]
fn empty_variables_are_no_configuration() {
    let api = APP.with_environment(&[("AUTH_JWKS", ""), ("AUTH_ISSUER", ""), ("AUTH_AUDIENCE", "")]);
    assert_open(&api);
}

/// With the API its functions end, and all that they wrote has been told.
fn all_of_the_log(api: Api) -> Vec<String> {
    let lines = api.lines();
    drop(api);
    lines.lock().unwrap().iter().map(ToString::to_string).collect()
}

/// What docs/api.md and template.yaml suggest for no tokens works wherever it is written.
#[test]
fn none_is_no_set() {
    for none in ["none", "None", " none "] {
        let api = APP.with_environment(&[("AUTH_JWKS", none)]);
        assert_open(&api);
        let log = all_of_the_log(api);
        assert!(!log.iter().any(|line| line.contains("WARN")), "{log:#?}");
    }
    let api = APP.with_environment(&[("AUTH_JWKS", "none"), ("AUTH_ISSUER", "https://issuer.example")]);
    assert!(api.post("/books", "").status >= 500);
    let log = api.log();
    assert!(log.iter().any(|line| line.contains("AUTH_ISSUER is set, but AUTH_JWKS is not")), "{log:#?}");
}

/// As identity providers publish it: what cannot be used is told once at a start, and stops nothing.
#[test]
fn a_set_may_hold_keys_that_cannot_be_used() {
    let signers = [Signer::eddsa(), Signer::es256(), Signer::es256()];
    let weak = encode([0; 32]);
    let mut keys = vec![
        json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA", "x": 7}),
        json!({"kty": "EC", "crv": "P-256", "x": encode([1; 32])}),
        json!({"kty": "EC", "crv": "P-256", "x": encode([1; 32]), "y": encode([1; 32])}),
        json!({"kty": "RSA", "x5c": ["MIIBIjANBgkq"]}),
        json!({"kty": "oct", "k": weak}),
        json!({"kty": "OKP", "crv": "Ed25519", "x": weak}),
        json!("MIIBIjANBgkq"),
        signers[0].jwk_with(&json!({"use": "enc"})),
    ];
    let unusable = keys.len() - 1;
    keys.extend(signers.iter().map(|signer| signer.jwk_with(&json!({"kid": "the-kid"}))));
    let api = with_keys(&keys);
    for (signer, name) in signers.iter().zip(["Ed25519", "ES256", "ES256"]) {
        for kid in [json!({}), json!({"kid": "the-kid"})] {
            let mut header = json!({"alg": name});
            header.as_object_mut().unwrap().extend(kid.as_object().unwrap().clone());
            assert_valid(&validate(&api, &signer.sign(&header.to_string(), &claims(&json!({})).to_string())));
        }
    }
    assert_valid(&validate(&api, &token(&signers[0])));
    let forged = Signer::Hs256(vec![0; 32]);
    validate(&api, &token(&forged)).assert_unauthorized(REFUSED);
    let log = all_of_the_log(api);
    let warnings: Vec<_> = log.iter().filter(|line| line.contains("a key is passed over")).collect();
    assert_eq!(warnings.len(), unusable, "{log:#?}");
    for number in 1..=unusable {
        let place = format!("AUTH_JWKS, key {number}: ");
        assert_eq!(warnings.iter().filter(|line| line.contains(&place)).count(), 1, "{warnings:#?}");
    }
    for secret in ["MIIBIjANBgkq", weak.as_str(), encode([1; 32]).as_str()] {
        assert!(!log.iter().any(|line| line.contains(secret)), "{log:#?}");
    }
}

/// Why a token was refused is in the log, for whoever wonders; what was refused is not, and no key is.
#[test]
fn the_log_tells_why_and_never_a_token_or_a_key() {
    let signer = Signer::hs256();
    let key = signer.jwk();
    let api = with_keys(&[signer.jwk()]);
    let valid = token(&signer);
    let expired = signer.token(&claims(&json!({"exp": now(-3600), "sub": "the-subject"})));
    assert_valid(&validate(&api, &valid));
    let refused = validate(&api, &expired);
    refused.assert_unauthorized(REFUSED);
    validate(&api, "the-garbage").assert_unauthorized(REFUSED);
    for route in CHANGES {
        assert!(send(&api, route, &format!("Bearer {valid}"), "[").status < 500);
    }
    let id = refused.header("x-request-id").unwrap();
    let tells_why = |line: &String| line.contains("it has expired") && line.contains(id);
    // Lines come by a pipe, which the answer may overtake.
    for _ in 0..100 {
        if api.log().iter().any(tells_why) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let log = api.log();
    assert!(log.iter().any(tells_why), "{log:#?}");
    let mut secrets = vec!["the-garbage", "the-subject", "jane", key["k"].as_str().unwrap()];
    secrets.extend(valid.split('.').chain(expired.split('.')));
    for secret in secrets {
        assert!(!log.iter().any(|line| line.contains(secret)), "{secret} is in the log: {log:#?}");
    }
}
