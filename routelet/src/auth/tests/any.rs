//! Any token, and any key set: refused in words, and never a panic.

use std::sync::LazyLock;

use proptest::prelude::*;
use testkit::any;

use super::*;
use crate::auth::{Authenticator, token::LEEWAY};

/// One signer of each algorithm, and a token of each.
static SIGNERS: LazyLock<[Signer; 4]> = LazyLock::new(Signer::all);
static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| verifier(&SIGNERS.each_ref().map(Signer::jwk)));

fn tokens() -> impl Strategy<Value = String> {
    (0..SIGNERS.len()).prop_map(|index| SIGNERS[index].token(&claims(&json!({}))))
}

proptest! {
    #![proptest_config(any::cases())]

    /// One letter more, less or other, and it is not the token that was signed.
    #[test]
    fn a_damaged_token_is_refused(
        (valid, damaged) in tokens().prop_flat_map(|token| {
            (Just(token.clone()), any::damaged(Just(token.into_bytes())))
        }),
    ) {
        prop_assert!(VERIFIER.verify_at(&valid, at(NOW)).is_ok());
        if let Ok(damaged) = String::from_utf8(damaged) && damaged != valid {
            prop_assert!(VERIFIER.verify_at(&damaged, at(NOW)).is_err(), "{}", damaged);
        }
    }

    #[test]
    fn any_text_is_no_token(text in any::text(), header in any::json(), payload in any::json()) {
        prop_assert!(VERIFIER.verify_at(&text, at(NOW)).is_err());
        let unsigned = format!("{}.{}.", encode(header.to_string().as_bytes()), encode(payload.to_string().as_bytes()));
        prop_assert!(VERIFIER.verify_at(&unsigned, at(NOW)).is_err());
        let badly_signed = format!("{unsigned}{text}");
        prop_assert!(VERIFIER.verify_at(&badly_signed, at(NOW)).is_err());
    }

    /// Claims that a trusted issuer signed may still be anything. What passes has not expired, and names
    /// a subject or none.
    #[test]
    fn any_claims_are_judged(
        expiry in prop_oneof![any::json(), any::<f64>().prop_map(Value::from), (NOW - 100..NOW + 100).prop_map(Value::from)],
        others in any::json(),
        index in 0..SIGNERS.len(),
    ) {
        let mut signed = claims(&json!({}));
        if let (Some(signed), Some(others)) = (signed.as_object_mut(), others.as_object()) {
            signed.extend(others.clone());
        }
        signed["exp"] = expiry;
        if let Ok(identity) = VERIFIER.verify_at(&SIGNERS[index].token(&signed), at(NOW)) {
            let expiry = signed["exp"].as_f64().unwrap_or_default();
            prop_assert!(expiry + LEEWAY.as_secs_f64() > at(NOW).duration_since(at(0)).unwrap_or_default().as_secs_f64());
            prop_assert_eq!(identity.subject.as_deref(), signed["sub"].as_str());
        }
    }

    /// A configuration is a set of keys or an error, which repeats nothing of it.
    #[test]
    fn any_configuration_is_an_authenticator_or_an_error(text in any::text(), json in any::json()) {
        for jwks in [text, json.to_string(), json!({"keys": [json]}).to_string()] {
            let opens = Authenticator::new(Some(jwks.clone()), None, None);
            prop_assert!(opens.is_err(), "{}", jwks);
        }
    }
}
