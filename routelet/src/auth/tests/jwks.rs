//! Key sets: what an operator may write, what is passed over, and what keeps the function from starting.

use std::slice;

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD},
};

use super::*;

/// 20 bytes.
const SECRET: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";
const NONE: &str = "AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA";

/// What a broken configuration is called, without anything of the set, which may hold a secret.
#[test]
fn a_broken_set_is_an_error_without_key_material() {
    const NO_SET: &str = "AUTH_JWKS is no JWK set, {\"keys\": [...]}: see line 1, column ";
    for (text, reason) in [
        (" ".to_owned(), NO_SET),
        (format!("{{\"k\":\"{SECRET}"), NO_SET),
        (json!({"keys": SECRET}).to_string(), NO_SET),
        (json!({"kty": "oct", "k": SECRET}).to_string(), NO_SET),
        (json!(SECRET).to_string(), NO_SET),
        (set(&[]), NONE),
        (
            set(&[json!(SECRET)]),
            "AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA; AUTH_JWKS, key 1: it is no JWK",
        ),
    ] {
        let error = read(&text).err().unwrap();
        assert!(error.starts_with(reason), "{error}: {text}");
        assert!(!error.contains(&SECRET[..8]), "{error}");
    }
}

/// Each key that cannot be used, with why.
fn unusable() -> Vec<(Value, &'static str)> {
    const SHORT: &str = "a secret for HS256 has 32 bytes or more";
    const NO_JWK: &str = "it is no JWK";
    const UNKNOWN: &str = "its type or curve is not known here";
    const NO_RSA: &str = "its n and e are of no RSA key";
    const NO_P256: &str = "its x and y are no point of P-256";
    const NO_ED25519: &str = "its x is no point of Ed25519, or one of small order";
    let (rsa, ec, ed) = (Signer::rs256(), Signer::es256(), Signer::eddsa());
    let modulus = |bytes: usize| rsa.jwk_with(&json!({"n": encode(vec![0xFF; bytes])}));
    let p256 = |x: &[u8], y: &[u8]| ec.jwk_with(&json!({"x": encode(x), "y": encode(y)}));
    // The field's prime: as a coordinate it is 0, written in another way.
    let prime = [&[0xFF; 4][..], &[0, 0, 0, 1], &[0; 12], &[0xFF; 12]].concat();
    vec![
        (json!(SECRET), NO_JWK),
        (json!(null), NO_JWK),
        (json!(7), NO_JWK),
        (json!([]), NO_JWK),
        (json!({}), NO_JWK),
        (json!({"k": SECRET}), NO_JWK),
        (json!({"kty": 7, "k": SECRET}), NO_JWK),
        (json!({"x5c": [SECRET]}), NO_JWK),
        (rsa.jwk_with(&json!({"kid": 7})), NO_JWK),
        (rsa.jwk_with(&json!({"use": 7})), NO_JWK),
        (rsa.jwk_with(&json!({"alg": ["RS256"]})), NO_JWK),
        (rsa.jwk_with(&json!({"key_ops": "verify"})), NO_JWK),
        (json!({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AAAA"}), UNKNOWN),
        (json!({"kty": "AKP", "x": 1, "y": [2], "n": {"e": 3}, "crv": null, "k": false}), UNKNOWN),
        (json!({"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}), UNKNOWN),
        (json!({"kty": "EC", "crv": 256, "x": "AA", "y": "AA"}), UNKNOWN),
        (json!({"kty": "EC", "x": "AA", "y": "AA"}), UNKNOWN),
        (json!({"kty": "OKP", "crv": "X25519", "x": "AA"}), UNKNOWN),
        (json!({"kty": "rsa", "n": "AA", "e": "AQAB"}), UNKNOWN),
        (rsa.jwk_with(&json!({"alg": "RS512"})), "its algorithm is not known here"),
        (rsa.jwk_with(&json!({"alg": "Ed25519"})), "its algorithm is not known here"),
        (rsa.jwk_with(&json!({"alg": "RSA-OAEP"})), "its algorithm is not known here"),
        (json!({"kty": "oct", "k": "AAAA", "alg": "A128KW"}), "its algorithm is not known here"),
        (json!({"kty": "oct", "k": SECRET}), SHORT),
        (json!({"kty": "oct", "k": encode([7; 31])}), SHORT),
        (json!({"kty": "oct", "k": ""}), SHORT),
        (json!({"kty": "oct"}), "it has no k"),
        (json!({"kty": "oct", "k": 7}), "it has no k"),
        (json!({"kty": "oct", "k": "%%%%"}), "its k is no base64url"),
        (json!({"kty": "oct", "k": "a b"}), "its k is no base64url"),
        (json!({"kty": "oct", "k": encode([0; 32])}), "its secret is all zeros"),
        (json!({"kty": "oct", "k": encode([0; 99])}), "its secret is all zeros"),
        (modulus(128), "an RSA key has 2048 to 8192 bits, this one 1024"),
        (modulus(255), "an RSA key has 2048 to 8192 bits, this one 2040"),
        (modulus(1025), "an RSA key has 2048 to 8192 bits, this one 8200"),
        (rsa.jwk_with(&json!({"n": ""})), "an RSA key has 2048 to 8192 bits, this one 0"),
        (rsa.jwk_with(&json!({"n": encode([0; 256])})), "an RSA key has 2048 to 8192 bits, this one 0"),
        (json!({"kty": "RSA", "x5c": [SECRET], "x5t": "AA"}), "it has no n"),
        (rsa.jwk_with(&json!({"e": null})), "it has no e"),
        (rsa.jwk_with(&json!({"e": 65537})), "it has no e"),
        (rsa.jwk_with(&json!({"e": ""})), NO_RSA),
        (rsa.jwk_with(&json!({"e": encode([1])})), NO_RSA),
        (rsa.jwk_with(&json!({"e": encode([0, 1])})), NO_RSA),
        (rsa.jwk_with(&json!({"e": encode([1, 0, 0])})), NO_RSA),
        (rsa.jwk_with(&json!({"e": encode([1, 0, 0, 0, 1])})), NO_RSA),
        (rsa.jwk_with(&json!({"n": encode([0xFE; 256])})), NO_RSA),
        // All ones: a multiple of 3.
        (modulus(256), "its n has a small factor"),
        (json!({"kty": "EC", "crv": "P-256", "x": encode([1; 32])}), "it has no y"),
        (ec.jwk_with(&json!({"y": null})), "it has no y"),
        (ec.jwk_with(&json!({"y": 7})), "it has no y"),
        (ec.jwk_with(&json!({"x": encode([1; 31])})), "its x has 31 bytes, not 32"),
        (p256(&[0; 32], &[0; 32]), NO_P256),
        (p256(&[1; 32], &[1; 32]), NO_P256),
        (p256(&[0xFF; 32], &[0xFF; 32]), NO_P256),
        (p256(&prime, &[0; 32]), NO_P256),
        (ed.jwk_with(&json!({"x": encode([1; 33])})), "its x has 33 bytes, not 32"),
        (ed.jwk_with(&json!({"x": null})), "it has no x"),
        // Of 2, 7 and 8 as y there is no x.
        (ed.jwk_with(&json!({"x": encode(y(2))})), NO_ED25519),
        (ed.jwk_with(&json!({"x": encode(y(7))})), NO_ED25519),
        (ed.jwk_with(&json!({"x": encode(y(8))})), NO_ED25519),
    ]
}

/// A small number as the bytes of an Ed25519 key.
fn y(number: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = number;
    bytes
}

/// With a key that can be used the set is one, and each of the others is told once; without it the set is an
/// error that tells the same.
#[test]
fn a_key_that_cannot_be_used_is_passed_over_with_one_warning() {
    let good = Signer::es256();
    for (key, reason) in unusable() {
        let keys = read(&set(&[good.jwk(), key.clone()])).unwrap();
        assert_eq!(keys.usable.len(), 1, "{key}");
        assert_eq!(keys.warnings, [format!("AUTH_JWKS, key 2: {reason}")], "{key}");
        let error = read(&set(slice::from_ref(&key))).err().unwrap();
        assert_eq!(error, format!("{NONE}; AUTH_JWKS, key 1: {reason}"), "{key}");
        assert!(!error.contains(SECRET), "{error}");
    }
    let mut all: Vec<_> = unusable().into_iter().map(|(key, _)| key).collect();
    assert!(read(&set(&all)).is_err());
    all.push(
        good.jwk_with(&json!({"use": "sig", "key_ops": ["sign", "verify"], "alg": "ES256", "x5c": ["AA"]})),
    );
    let keys = read(&set(&all)).unwrap();
    assert_eq!((keys.usable.len(), keys.warnings.len()), (1, all.len() - 1));
    assert!(verifier(&all).verify_at(&good.token(&claims(&json!({}))), at(NOW)).is_ok());
}

/// An issuer's set holds keys for something else (RFC 7517, section 5): nothing that needs to be told at each
/// start.
#[test]
fn keys_for_another_use_are_passed_over_in_silence() {
    let (rsa, ec) = (Signer::rs256(), Signer::es256());
    let others = [
        rsa.jwk_with(&json!({"use": "enc"})),
        rsa.jwk_with(&json!({"key_ops": ["encrypt"]})),
        rsa.jwk_with(&json!({"key_ops": []})),
        json!({"kty": "EC", "crv": "P-384", "use": "enc"}),
    ];
    assert_eq!(read(&set(&others)).err().as_deref(), Some(NONE));
    let mut keys = others.to_vec();
    keys.push(ec.jwk());
    assert!(read(&set(&keys)).unwrap().warnings.is_empty());
    let verifier = verifier(&keys);
    assert!(verifier.verify_at(&ec.token(&claims(&json!({}))), at(NOW)).is_ok());
    refused(&verifier, &rsa.token(&claims(&json!({}))), NO_KEY);
}

/// Some issuers pad, some write plain base64, some a leading zero, and a key may have members of other types.
#[test]
fn a_key_may_be_written_in_several_ways() {
    for signer in Signer::all() {
        let mut jwk = signer.jwk();
        for (other, value) in
            [("x", json!(1)), ("y", json!([])), ("n", json!(null)), ("k", json!({})), ("crv", json!(7))]
        {
            if jwk.get(other).is_none() {
                jwk[other] = value;
            }
        }
        let mut written = vec![jwk];
        for name in ["k", "n", "e", "x", "y"] {
            if let Some(text) = signer.jwk()[name].as_str() {
                let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
                written.push(signer.jwk_with(&json!({name: BASE64_URL_SAFE.encode(&bytes)})));
                written.push(signer.jwk_with(&json!({name: BASE64_STANDARD.encode(&bytes)})));
                if name == "n" || name == "e" {
                    written.push(signer.jwk_with(&json!({name: encode([&[0][..], &bytes].concat())})));
                }
            }
        }
        for jwk in written {
            assert!(read(&set(slice::from_ref(&jwk))).unwrap().warnings.is_empty(), "{jwk}");
            assert!(
                verifier(slice::from_ref(&jwk))
                    .verify_at(&signer.token(&claims(&json!({}))), at(NOW))
                    .is_ok(),
                "{jwk}"
            );
        }
    }
}

mod small_order {
    use ring::signature::{ED25519, UnparsedPublicKey};

    use super::*;

    /// The eight points of small order as they are written, and the six other texts that stand for some of
    /// them.
    fn encodings() -> [[u8; 32]; 14] {
        let hex = |text: &str| -> [u8; 32] {
            std::array::from_fn(|index| u8::from_str_radix(&text[2 * index..2 * index + 2], 16).unwrap())
        };
        let negative = |mut bytes: [u8; 32]| {
            bytes[31] |= 0x80;
            bytes
        };
        let near_prime = |last: u8| {
            let mut bytes = [0xFF; 32];
            (bytes[0], bytes[31]) = (last, 0x7F);
            bytes
        };
        let of_order_8 = [
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        ];
        [
            y(1),
            near_prime(0xEC),
            y(0),
            negative(y(0)),
            of_order_8[0],
            of_order_8[1],
            negative(of_order_8[0]),
            negative(of_order_8[1]),
            negative(y(1)),
            negative(near_prime(0xEC)),
            near_prime(0xED),
            negative(near_prime(0xED)),
            near_prime(0xEE),
            negative(near_prime(0xEE)),
        ]
    }

    /// A signature that nobody had to know a secret for, where there is one for this key: a point of small
    /// order, and 0.
    fn forged(key: [u8; 32]) -> Option<String> {
        (0..100).find_map(|number| {
            let claims = claims(&json!({"jti": number}));
            let signed = format!("{}.{}", encode(r#"{"alg":"EdDSA"}"#), encode(claims.to_string()));
            let signatures = encodings().map(|point| [point, [0; 32]].concat());
            let key = UnparsedPublicKey::new(&ED25519, key);
            let found =
                signatures.iter().find(|signature| key.verify(signed.as_bytes(), signature).is_ok())?;
            Some(format!("{signed}.{}", encode(found)))
        })
    }

    #[test]
    fn no_key_is_a_point_of_small_order() {
        let good = Signer::eddsa();
        for (index, point) in encodings().into_iter().enumerate() {
            let weak = good.jwk_with(&json!({"x": encode(point)}));
            let warning = "its x is no point of Ed25519, or one of small order";
            assert_eq!(
                read(&set(slice::from_ref(&weak))).err(),
                Some(format!("{NONE}; AUTH_JWKS, key 1: {warning}")),
                "{weak}"
            );
            let keys = [weak, good.jwk()];
            assert_eq!(read(&set(&keys)).unwrap().warnings, [format!("AUTH_JWKS, key 1: {warning}")]);
            let forged = forged(point);
            assert!(forged.is_some() || index >= 8, "the library alone would take it");
            if let Some(forged) = forged {
                refused(&verifier(&keys), &forged, NO_KEY);
            }
        }
    }
}
