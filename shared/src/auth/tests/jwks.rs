//! Key sets: what an operator may write, and what keeps the function from starting.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::*;

/// What a broken configuration is called, without anything of the set, which may hold a secret.
#[test]
fn a_broken_configuration_is_an_error_without_key_material() {
    const SECRET: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQ"; // 20 bytes
    let (rsa, ec) = (Signer::rs256(), Signer::es256());
    let weak = |bytes: usize| rsa.jwk_with(&json!({"n": encode(vec![0xFF; bytes])}));
    for (text, reason) in [
        (" ".to_owned(), "AUTH_JWKS is no JWK set, {\"keys\": [...]}: see line 1, column "),
        (format!("{{\"k\":\"{SECRET}"), "AUTH_JWKS is no JWK set, {\"keys\": [...]}: see line 1, column "),
        (
            json!({"keys": SECRET}).to_string(),
            "AUTH_JWKS is no JWK set, {\"keys\": [...]}: see line 1, column ",
        ),
        (json!({"kty": "oct", "k": SECRET}).to_string(), "AUTH_JWKS is no JWK set"),
        (json!(SECRET).to_string(), "AUTH_JWKS is no JWK set"),
        (set(&[]), "AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA"),
        (set(&[json!(SECRET)]), "AUTH_JWKS, key 1: it is no JWK"),
        (set(&[json!({"k": SECRET})]), "AUTH_JWKS, key 1: it is no JWK"),
        (
            set(&[ec.jwk(), json!({"kty": "oct", "k": SECRET})]),
            "AUTH_JWKS, key 2: a secret for HS256 has 32 bytes or more",
        ),
        (
            set(&[json!({"kty": "oct", "k": encode([7; 31])})]),
            "AUTH_JWKS, key 1: a secret for HS256 has 32 bytes or more",
        ),
        (set(&[json!({"kty": "oct", "k": ""})]), "AUTH_JWKS, key 1: a secret for HS256 has 32 bytes or more"),
        (set(&[json!({"kty": "oct"})]), "AUTH_JWKS, key 1: it has no k"),
        (
            set(&[json!({"kty": "oct", "k": format!("{SECRET}==")})]),
            "AUTH_JWKS, key 1: its k is no base64url without padding",
        ),
        (set(&[weak(128)]), "AUTH_JWKS, key 1: an RSA key has 2048 to 8192 bits, this one 1024"),
        (set(&[weak(255)]), "AUTH_JWKS, key 1: an RSA key has 2048 to 8192 bits, this one 2040"),
        (set(&[weak(1025)]), "AUTH_JWKS, key 1: an RSA key has 2048 to 8192 bits, this one 8200"),
        (
            set(&[rsa.jwk_with(&json!({"n": ""}))]),
            "AUTH_JWKS, key 1: an RSA key has 2048 to 8192 bits, this one 0",
        ),
        (set(&[rsa.jwk_with(&json!({"e": encode([1])}))]), "AUTH_JWKS, key 1: its n and e are of no RSA key"),
        (
            set(&[rsa.jwk_with(&json!({"e": encode([1, 0, 0])}))]),
            "AUTH_JWKS, key 1: its n and e are of no RSA key",
        ),
        (
            set(&[rsa.jwk_with(&json!({"e": encode([1, 0, 0, 0, 1])}))]),
            "AUTH_JWKS, key 1: its n and e are of no RSA key",
        ),
        (
            set(&[rsa.jwk_with(&json!({"n": encode([0xFE; 256])}))]),
            "AUTH_JWKS, key 1: its n and e are of no RSA key",
        ),
        (set(&[rsa.jwk_with(&json!({"e": null}))]), "AUTH_JWKS, key 1: it has no e"),
        (set(&[ec.jwk_with(&json!({"x": encode([1; 31])}))]), "AUTH_JWKS, key 1: its x has 31 bytes, not 32"),
        (set(&[ec.jwk_with(&json!({"y": null}))]), "AUTH_JWKS, key 1: it has no y"),
        (
            set(&[Signer::eddsa().jwk_with(&json!({"x": encode([1; 33])}))]),
            "AUTH_JWKS, key 1: its x has 33 bytes, not 32",
        ),
        (
            set(&[ec.jwk_with(&json!({"kid": SECRET})), rsa.jwk_with(&json!({"kid": SECRET}))]),
            "AUTH_JWKS, key 2: an earlier key has the same kid",
        ),
        (set(&vec![rsa.jwk(); 33]), "AUTH_JWKS has more than 32 keys"),
    ] {
        let error = read(&text).err().unwrap();
        assert!(error.starts_with(reason), "{error}: {text}");
        assert!(!error.contains(SECRET) && !error.contains(&SECRET[..8]), "{error}");
    }
}

/// An issuer's set may hold keys for something else (RFC 7517, section 5).
#[test]
fn keys_for_something_else_are_passed_over() {
    let (rsa, ec) = (Signer::rs256(), Signer::es256());
    let others = [
        json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"}),
        json!({"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}),
        json!({"kty": "OKP", "crv": "X25519", "x": "AA"}),
        rsa.jwk_with(&json!({"use": "enc"})),
        rsa.jwk_with(&json!({"alg": "RS512"})),
        rsa.jwk_with(&json!({"alg": "RSA-OAEP"})),
        rsa.jwk_with(&json!({"key_ops": ["encrypt"]})),
        rsa.jwk_with(&json!({"key_ops": []})),
        // Weak, but for something else.
        json!({"kty": "oct", "k": "AAAA", "alg": "A128KW"}),
    ];
    let none = "AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA";
    assert_eq!(read(&set(&others)).err().as_deref(), Some(none));
    let mut keys = others.to_vec();
    keys.push(
        ec.jwk_with(&json!({"use": "sig", "key_ops": ["sign", "verify"], "alg": "ES256", "x5c": ["AA"]})),
    );
    let verifier = verifier(&keys);
    assert!(verifier.verify_at(&ec.token(&claims(&json!({}))), at(NOW)).is_ok());
    refused(&verifier, &rsa.token(&claims(&json!({}))), NO_KEY);
}

/// A modulus with a leading zero is the same number.
#[test]
fn an_rsa_key_may_be_written_with_a_leading_zero() {
    let rsa = Signer::rs256();
    let n = BASE64_URL_SAFE_NO_PAD.decode(rsa.jwk()["n"].as_str().unwrap()).unwrap();
    let padded = rsa.jwk_with(&json!({"n": encode([&[0][..], &n].concat())}));
    assert!(verifier(&[padded]).verify_at(&rsa.token(&claims(&json!({}))), at(NOW)).is_ok());
}
