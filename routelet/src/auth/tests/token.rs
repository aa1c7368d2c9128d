//! Tokens: what is valid, and everything that is not.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use testkit::signer::RSA_PUBLIC_PEM;

use super::*;
use crate::auth::{
    bearer::MAX_TOKEN_BYTES,
    token::{LEEWAY, MAX_TRIES},
};

/// Signatures that others made: RFC 7515, appendices A.1 to A.3, and RFC 8037, appendix A.4.
#[test]
fn published_tokens_verify() {
    let claims =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    for (key, header, signature) in [
        (
            json!({"kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}),
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ),
        (
            Signer::rs256().jwk(),
            "eyJhbGciOiJSUzI1NiJ9",
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
        ),
        (
            json!({"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                   "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}),
            "eyJhbGciOiJFUzI1NiJ9",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        ),
    ] {
        let token = format!("{header}.{claims}.{signature}");
        let identity = verifier(&[key]).verify_at(&token, at(1_300_819_379)).unwrap();
        assert_eq!((identity.issuer.as_deref(), identity.subject), (Some("joe"), None));
    }
    let key = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
    let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let keys = read(&set(&[key])).unwrap();
    let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    assert!(keys.usable[0].material.verifies(message, &signature), "its payload is no JWT's");
}

#[test]
fn a_valid_token_names_its_subject_whatever_its_algorithm() {
    let signers = Signer::all();
    // All keys in one set: each token finds its own.
    let verifier = verifier(&signers.each_ref().map(Signer::jwk));
    for signer in &signers {
        let token = signer.token(&claims(&json!({"iss": "us"})));
        let identity = verifier.verify_at(&token, at(NOW)).unwrap();
        assert_eq!((identity.issuer.as_deref(), identity.subject.as_deref()), (Some("us"), Some("jane")));
        let nameless = signer.token(&claims(&json!({"sub": null})));
        assert_eq!(verifier.verify_at(&nameless, at(NOW)).unwrap().subject, None, "`sub` is optional");
    }
}

#[test]
fn another_key_of_the_same_kind_does_not_verify() {
    for (one, other) in [
        (Signer::hs256(), Signer::hs256()),
        (Signer::es256(), Signer::es256()),
        (Signer::eddsa(), Signer::eddsa()),
    ] {
        refused(&verifier(&[one.jwk()]), &other.token(&claims(&json!({}))), NO_KEY);
    }
    let rsa = Signer::rs256();
    let mut n = [0xFF; 256];
    n[255] = 1;
    let other = rsa.jwk_with(&json!({"n": encode(n)}));
    refused(&verifier(&[other]), &rsa.token(&claims(&json!({}))), NO_KEY);
}

/// What is changed after signing is refused: one bit anywhere, or a missing end.
#[test]
fn a_changed_token_does_not_verify() {
    for signer in Signer::all() {
        let verifier = verifier(&[signer.jwk()]);
        let token = signer.token(&claims(&json!({})));
        let parts: Vec<_> = token.split('.').collect();
        let [header, payload, signature] = parts[..] else { panic!("three parts") };
        let forged = encode(claims(&json!({"sub": "root"})).to_string());
        refused(&verifier, &format!("{header}.{forged}.{signature}"), NO_KEY);
        let reworded = encode(format!(r#"{{"typ":"JWT","alg":"{}"}}"#, signer.algorithm()));
        assert_ne!(reworded, header);
        refused(&verifier, &format!("{reworded}.{payload}.{signature}"), NO_KEY);
        let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
        for index in [0, bytes.len() / 2, bytes.len() - 1] {
            bytes[index] ^= 1;
            refused(&verifier, &format!("{header}.{payload}.{}", encode(&bytes)), NO_KEY);
            bytes[index] ^= 1;
        }
        for length in [0, 1, bytes.len() - 1] {
            refused(&verifier, &format!("{header}.{payload}.{}", encode(&bytes[..length])), NO_KEY);
        }
        bytes.push(0);
        refused(&verifier, &format!("{header}.{payload}.{}", encode(&bytes)), NO_KEY);
        assert!(verifier.verify_at(&token, at(NOW)).is_ok());
    }
}

/// No cut of a token and no garbage is valid, or a panic.
#[test]
fn what_is_no_token_is_refused() {
    let signer = Signer::hs256();
    let verifier = verifier(&[signer.jwk()]);
    let token = signer.token(&claims(&json!({})));
    for length in 0..token.len() {
        assert!(verifier.verify_at(&token[..length], at(NOW)).is_err(), "cut after {length}");
    }
    refused(&verifier, "", "it has no signature");
    refused(&verifier, "a.b", "it has not three parts");
    refused(&verifier, "..", "its header is none");
    refused(&verifier, &format!("{token}=="), "its signature is none");
    for garbage in ["x", "....", "é.é.é", "e30.e30.e30", "{}.{}.{}", &"A".repeat(MAX_TOKEN_BYTES)] {
        assert!(verifier.verify_at(garbage, at(NOW)).is_err(), "{garbage}");
    }
    let body = claims(&json!({})).to_string();
    for header in [
        "",
        "null",
        "7",
        r#""HS256""#,
        r#"["HS256"]"#,
        "{}",
        r#"{"alg":null}"#,
        r#"{"alg":"HS256""#,
        r#"{"alg":"HS256","alg":"HS256"}"#,
        r#"{"alg":"HS256","kid":null}"#,
        r#"{"alg":"HS256","kid":7}"#,
    ] {
        refused(&verifier, &signer.sign(header, &body), "its header is none");
    }
    for claims in [
        "",
        "null",
        "[2000003600]",
        "{",
        r#"{"exp":"2000003600"}"#,
        r#"{"exp":null}"#,
        r#"{"exp":1e999}"#,
        r#"{"exp":2000003600,"exp":2000003600}"#,
        r#"{"exp":2000003600,"nbf":"soon"}"#,
        r#"{"exp":2000003600,"sub":7}"#,
        r#"{"exp":2000003600,"aud":{"a":1}}"#,
    ] {
        refused(&verifier, &signer.sign(r#"{"alg":"HS256"}"#, claims), "its claims are none");
    }
}

/// RFC 8725, section 2.1: the key decides on the algorithm, never the token alone.
#[test]
fn the_algorithm_is_the_keys() {
    let rsa = Signer::rs256();
    let verifier = verifier(&[rsa.jwk()]);
    let jwk = rsa.jwk();
    let n = jwk["n"].as_str().unwrap();
    let body = claims(&json!({})).to_string();
    // Every form in which a public key is public, taken for an HMAC secret.
    for secret in [
        n.as_bytes().to_vec(),
        BASE64_URL_SAFE_NO_PAD.decode(n).unwrap(),
        jwk.to_string().into_bytes(),
        RSA_PUBLIC_PEM.as_bytes().to_vec(),
        RSA_PUBLIC_PEM.trim_end().as_bytes().to_vec(),
    ] {
        refused(&verifier, &Signer::Hs256(secret.clone()).token(&claims(&json!({}))), NO_KEY);
        let disguised = Signer::Hs256(secret).sign(r#"{"alg":"RS256"}"#, &body);
        refused(&verifier, &disguised, NO_KEY);
    }
    // The signature is right and only the name is not.
    for algorithm in
        ["none", "None", "NONE", "", "rs256", "RS384", "RS512", "PS256", "HS256", "ES256", "EdDSA"]
    {
        refused(&verifier, &rsa.sign(&json!({"alg": algorithm}).to_string(), &body), NO_KEY);
    }
    let unsigned = format!("{}.{}.", encode(r#"{"alg":"none"}"#), encode(&body));
    refused(&verifier, &unsigned, NO_KEY);
    assert!(verifier.verify_at(&rsa.token(&claims(&json!({}))), at(NOW)).is_ok());
}

/// A key in the header is the attacker's own.
#[test]
fn a_key_that_the_token_brings_is_not_used() {
    let (ours, theirs) = (Signer::es256(), Signer::es256());
    let header = json!({"alg": "ES256", "jwk": theirs.jwk(), "jku": "https://evil.example/keys"}).to_string();
    refused(&verifier(&[ours.jwk()]), &theirs.sign(&header, &claims(&json!({})).to_string()), NO_KEY);
}

#[test]
fn a_critical_extension_is_refused() {
    let signer = Signer::eddsa();
    let verifier = verifier(&[signer.jwk()]);
    for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!(null)] {
        let header = json!({"alg": "EdDSA", "b64": true, "crit": crit}).to_string();
        let token = signer.sign(&header, &claims(&json!({})).to_string());
        refused(&verifier, &token, "its header makes an extension critical, and none is known here");
    }
}

#[test]
fn the_kid_selects_the_key_and_without_one_all_are_tried() {
    let (first, second) = (Signer::es256(), Signer::es256());
    let verifier = verifier(&[
        first.jwk_with(&json!({"kid": "1"})),
        second.jwk_with(&json!({"kid": "2"})),
        Signer::es256().jwk(),
    ]);
    let token = |signer: &Signer, kid: &str| {
        let header = json!({"alg": "ES256", "kid": kid}).to_string();
        signer.sign(&header, &claims(&json!({})).to_string())
    };
    for signer in [&first, &second] {
        assert!(verifier.verify_at(&signer.token(&claims(&json!({}))), at(NOW)).is_ok());
    }
    assert!(verifier.verify_at(&token(&first, "1"), at(NOW)).is_ok());
    assert!(verifier.verify_at(&token(&second, "2"), at(NOW)).is_ok());
    refused(&verifier, &token(&first, "2"), NO_KEY);
    refused(&verifier, &token(&first, "3"), NO_KEY);
    refused(&verifier, &token(&first, ""), NO_KEY);
}

/// An issuer that changes keys may call both the same.
#[test]
fn keys_of_one_kid_are_all_tried() {
    let signers = [Signer::es256(), Signer::es256(), Signer::eddsa()];
    let verifier = verifier(&signers.each_ref().map(|signer| signer.jwk_with(&json!({"kid": "1"}))));
    for signer in &signers {
        let header = json!({"alg": signer.algorithm(), "kid": "1"}).to_string();
        let token = signer.sign(&header, &claims(&json!({})).to_string());
        assert!(verifier.verify_at(&token, at(NOW)).is_ok());
        assert!(verifier.verify_at(&signer.token(&claims(&json!({}))), at(NOW)).is_ok());
    }
    refused(&verifier, &Signer::es256().sign(r#"{"alg":"ES256","kid":"1"}"#, "{}"), NO_KEY);
}

/// RFC 9864: a name each for what the key's curve says already.
#[test]
fn ed25519_is_another_name_of_eddsa() {
    let signer = Signer::eddsa();
    for algorithm in [json!(null), json!("EdDSA"), json!("Ed25519")] {
        let verifier = verifier(&[signer.jwk_with(&json!({"alg": algorithm}))]);
        for name in ["EdDSA", "Ed25519"] {
            let token = signer.sign(&json!({"alg": name}).to_string(), &claims(&json!({})).to_string());
            assert!(verifier.verify_at(&token, at(NOW)).is_ok(), "{algorithm}, {name}");
        }
        for name in ["eddsa", "ed25519", "ED25519", "Ed448", "ES256"] {
            let token = signer.sign(&json!({"alg": name}).to_string(), &claims(&json!({})).to_string());
            refused(&verifier, &token, NO_KEY);
        }
    }
    let hmac = Signer::hs256();
    let token = hmac.sign(r#"{"alg":"Ed25519"}"#, &claims(&json!({})).to_string());
    refused(&verifier(&[hmac.jwk(), signer.jwk()]), &token, NO_KEY);
}

/// A set may have more keys than a token is tried with; a `kid` finds each.
#[test]
fn a_token_is_tried_with_a_few_keys_of_many() {
    let (last, other) = (Signer::hs256(), Signer::hs256());
    let mut keys = vec![other.jwk_with(&json!({"kid": "other"})); MAX_TRIES];
    keys.push(last.jwk_with(&json!({"kid": "last"})));
    let verifier = verifier(&keys);
    let body = claims(&json!({})).to_string();
    assert!(verifier.verify_at(&last.sign(r#"{"alg":"HS256","kid":"last"}"#, &body), at(NOW)).is_ok());
    assert!(verifier.verify_at(&other.token(&claims(&json!({}))), at(NOW)).is_ok());
    refused(&verifier, &last.token(&claims(&json!({}))), NO_KEY);
}

#[test]
fn a_token_is_valid_from_nbf_to_exp_give_or_take_the_leeway() {
    let signer = Signer::hs256();
    let verifier = verifier(&[signer.jwk()]);
    let leeway = LEEWAY.as_secs();
    let token = |others: Value| signer.token(&claims(&others));
    refused(&verifier, &token(json!({"exp": null})), "it never expires");
    refused(&verifier, &token(json!({"exp": NOW - leeway})), "it has expired");
    refused(&verifier, &token(json!({"exp": 0})), "it has expired");
    refused(&verifier, &token(json!({"exp": -1e300})), "it has expired");
    refused(&verifier, &token(json!({"nbf": NOW + leeway + 1})), "it is not valid yet");
    refused(&verifier, &token(json!({"nbf": 1e300})), "it is not valid yet");
    for others in [
        json!({"exp": NOW - leeway + 1}),
        json!({"exp": NOW}),
        json!({"exp": 2_000_000_000.5}),
        json!({"exp": u64::MAX}),
        json!({"nbf": NOW + leeway}),
        json!({"nbf": NOW}),
        json!({"nbf": 0}),
    ] {
        assert!(verifier.verify_at(&token(others.clone()), at(NOW)).is_ok(), "{others}");
    }
    let before_1970 = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    assert_eq!(verifier.verify_at(&token(json!({})), before_1970), Err("it has expired"));
}

#[test]
fn issuer_and_audience_are_checked_where_they_are_configured() {
    let signer = Signer::hs256();
    let keys = || read(&set(&[signer.jwk()])).unwrap().usable;
    let token = |others: Value| signer.token(&claims(&others));
    let with_issuer = Verifier::new(keys(), Some("us".to_owned()), None);
    for iss in [json!(null), json!("them"), json!("US"), json!("us "), json!("")] {
        refused(&with_issuer, &token(json!({"iss": iss})), "it is of another issuer");
    }
    refused(&with_issuer, &token(json!({"iss": ["us"]})), "its claims are none");
    assert!(with_issuer.verify_at(&token(json!({"iss": "us", "aud": "any"})), at(NOW)).is_ok());

    let with_audience = Verifier::new(keys(), None, Some("api".to_owned()));
    for aud in [json!(null), json!("other"), json!("API"), json!(["other"]), json!([]), json!(["apis", "ap"])]
    {
        refused(&with_audience, &token(json!({"aud": aud})), "it is for another audience");
    }
    for aud in [json!("api"), json!(["api"]), json!(["other", "api"])] {
        assert!(with_audience.verify_at(&token(json!({"aud": aud, "iss": "any"})), at(NOW)).is_ok(), "{aud}");
    }
}
