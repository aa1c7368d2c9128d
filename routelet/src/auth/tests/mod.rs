mod any;
mod authenticator;
mod jwks;
mod token;

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use testkit::signer::{Signer, encode, set};

use super::{jwks::read, token::Verifier};

const NOW: u64 = 2_000_000_000;
const NO_KEY: &str = "no key of this kid and algorithm has signed it";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn verifier(keys: &[Value]) -> Verifier {
    Verifier::new(read(&set(keys)).unwrap().usable, None, None)
}

/// Claims that are valid at [`NOW`], with others or none (`null`) in their place.
fn claims(others: &Value) -> Value {
    let mut claims = json!({"sub": "jane", "exp": NOW + 3600});
    for (name, value) in others.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}

#[track_caller]
fn refused(verifier: &Verifier, token: &str, reason: &str) {
    assert_eq!(verifier.verify_at(token, at(NOW)), Err(reason), "{token}");
}
