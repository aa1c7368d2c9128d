//! From a request to its caller.

use super::*;
use crate::{
    auth::{
        Authenticator, Caller,
        bearer::{self, MAX_TOKEN_BYTES},
        token::Identity,
    },
    http::{Credentials, Error, Event, Request, header},
};

fn authenticator(
    jwks: Option<&str>,
    issuer: Option<&str>,
    audience: Option<&str>,
) -> Result<Authenticator, String> {
    Authenticator::new(jwks.map(str::to_owned), issuer.map(str::to_owned), audience.map(str::to_owned))
}

fn with_header(value: &str) -> Request {
    let mut event = Event::default();
    event.headers.insert(header::AUTHORIZATION.to_string(), value.to_owned());
    Request::from(event)
}

#[test]
fn without_configuration_every_caller_is_anonymous_and_half_of_one_is_an_error() {
    let open = authenticator(None, None, None).unwrap();
    for request in [Request::from(Event::default()), with_header("Bearer x"), with_header("")] {
        let caller = open.caller(&request).unwrap();
        assert!(caller.is_anonymous());
        assert_eq!((caller.subject(), caller.issuer(), caller.id()), (None, None, None));
    }
    let error = |authenticator: Result<Authenticator, String>| authenticator.err().unwrap();
    assert_eq!(error(authenticator(None, Some("us"), None)), "AUTH_ISSUER is set, but AUTH_JWKS is not");
    assert_eq!(error(authenticator(None, None, Some("api"))), "AUTH_AUDIENCE is set, but AUTH_JWKS is not");
    assert!(authenticator(Some("{}"), None, None).is_err());
    for none in ["none", "None", "NONE", " none\n"] {
        assert!(
            authenticator(Some(none), None, None).unwrap().caller(&with_header("")).unwrap().is_anonymous(),
            "{none}"
        );
        assert_eq!(
            error(authenticator(Some(none), Some("us"), None)),
            "AUTH_ISSUER is set, but AUTH_JWKS is not"
        );
        assert_eq!(
            error(authenticator(Some(none), None, Some("api"))),
            "AUTH_AUDIENCE is set, but AUTH_JWKS is not"
        );
    }
    for wrong in ["no", "nonee", "none none", "\"none\"", "null", "{\"keys\":\"none\"}"] {
        assert!(authenticator(Some(wrong), None, None).is_err(), "{wrong}");
    }
}

#[test]
fn the_header_is_one_bearer_token() {
    for value in ["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer   a.b.c", " \tBearer a.b.c \t"] {
        assert_eq!(bearer::token(Some(value)), Ok("a.b.c"), "{value}");
    }
    for value in [
        "",
        " ",
        ",",
        "Bearer",
        "Bearer ",
        "Bearer\ta.b.c",
        "Basic eA==",
        "Bearera.b.c",
        "a.b.c",
        "Basic x, Bearer a.b.c",
    ] {
        assert_eq!(bearer::token(Some(value)), Err(Credentials::Missing), "{value}");
    }
    assert_eq!(bearer::token(None), Err(Credentials::Missing));
    let longest = "a".repeat(MAX_TOKEN_BYTES);
    assert_eq!(bearer::token(Some(&format!("Bearer {longest}"))), Ok(longest.as_str()));
    let too_long = Err(Credentials::Refused("it is longer than 8 KiB"));
    assert_eq!(bearer::token(Some(&format!("Bearer {longest}a"))), too_long);
}

#[test]
fn a_configured_authenticator_lets_a_valid_token_pass_and_nothing_else() {
    let signer = Signer::es256();
    let authenticator = authenticator(Some(&set(&[signer.jwk()])), None, None).unwrap();
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let token = signer.token(&json!({"exp": seconds + 60, "sub": "jane", "iss": "us"}));
    let caller = authenticator.caller(&with_header(&format!("Bearer {token}"))).unwrap();
    assert!(!caller.is_anonymous());
    assert_eq!((caller.subject(), caller.issuer()), (Some("jane"), Some("us")));

    let refusal = |request: &Request| match authenticator.caller(request) {
        Err(Error::Unauthorized(credentials)) => credentials,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal(&Request::from(Event::default())), Credentials::Missing);
    assert_eq!(refusal(&with_header(&token)), Credentials::Missing);
    for two in [
        format!("Bearer {token},Bearer {token}"),
        format!("Bearer {token}, {token}"),
        format!("Bearer {token},"),
    ] {
        assert!(matches!(refusal(&with_header(&two)), Credentials::Refused(_)), "{two}");
    }
    let old = signer.token(&json!({"exp": seconds - 61}));
    assert_eq!(refusal(&with_header(&format!("Bearer {old}"))), Credentials::Refused("it has expired"));
}

/// Two callers never share an id, whatever is in their names.
#[test]
fn the_id_of_a_caller_is_its_issuer_and_subject_and_nothing_else() {
    let id = |issuer: Option<&str>, subject: Option<&str>| {
        let (issuer, subject) = (issuer.map(str::to_owned), subject.map(str::to_owned));
        Caller(Some(Identity { issuer, subject })).id().unwrap()
    };
    let ids = [
        id(None, None),
        id(None, Some("")),
        id(Some(""), None),
        id(Some(""), Some("")),
        id(Some("a"), Some("b")),
        id(Some("a\",\"b"), Some("")),
        id(Some("a"), Some("\",\"b")),
        id(None, Some("null")),
        id(Some("ab"), Some("")),
        id(Some(""), Some("ab")),
    ];
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert_eq!(id(Some("a"), Some("b")), ids[4]);
}
