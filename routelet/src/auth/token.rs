//! A token: a JWT (RFC 7519) as a signed JWS in its compact form (RFC 7515), checked as RFC 8725 advises.

use std::time::{Duration, SystemTime};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::{jwks::canonical, key::Key};

/// How far the issuer's clock and this one may be apart. RFC 7519, sections 4.1.4 and 4.1.5, allow "usually
/// no more than a few minutes"; machines that ask a time server are apart by less than a second.
pub(super) const LEEWAY: Duration = Duration::from_mins(1);

/// The most keys that a token is tried with: several may have its `kid`, and all have none. It bounds what a
/// stranger can have computed.
pub(super) const MAX_TRIES: usize = 32;

/// Why a token is refused: for the log. Texts of this program only, so that nothing of a token can get into
/// one.
type Refusal = &'static str;

/// Verifies tokens: the keys, and what tokens must say.
pub(super) struct Verifier {
    keys: Vec<Key>,
    issuer: Option<String>,
    audience: Option<String>,
}

/// Whom a valid token is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) issuer: Option<String>,
    pub(super) subject: Option<String>,
}

/// Of the header, what decides (RFC 7515, section 4.1). Everything in it that brings or fetches a key (`jwk`,
/// `jku`, `x5u`, `x5c`) is an attacker's word until the token is verified, so none of it is read.
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default, deserialize_with = "present")]
    kid: Option<String>,
    #[serde(default, deserialize_with = "present")]
    crit: Option<IgnoredAny>,
}

/// RFC 7519, section 4.1. Dates may have a fraction. A claim of another type refuses the token, `null` too.
#[derive(Deserialize)]
struct Claims {
    #[serde(default, deserialize_with = "present")]
    exp: Option<f64>,
    #[serde(default, deserialize_with = "present")]
    nbf: Option<f64>,
    #[serde(default, deserialize_with = "present")]
    iss: Option<String>,
    #[serde(default, deserialize_with = "present")]
    aud: Option<Audience>,
    #[serde(default, deserialize_with = "present")]
    sub: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Verifier {
    pub(super) fn new(keys: Vec<Key>, issuer: Option<String>, audience: Option<String>) -> Self {
        Self { keys, issuer, audience }
    }

    /// Whom the token is about, where it is valid now.
    pub(super) fn verify(&self, token: &str) -> Result<Identity, Refusal> {
        self.verify_at(token, SystemTime::now())
    }

    pub(super) fn verify_at(&self, token: &str, now: SystemTime) -> Result<Identity, Refusal> {
        // What is signed is the text of header and payload with the dot between them.
        let (signed, signature) = token.rsplit_once('.').ok_or("it has no signature")?;
        let (header, payload) = signed.split_once('.').ok_or("it has not three parts")?;
        let header: Header = json(header).ok_or("its header is none")?;
        if header.crit.is_some() {
            return Err("its header makes an extension critical, and none is known here");
        }
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| "its signature is none")?;
        let algorithm = canonical(&header.alg);
        let candidates = self.keys.iter().filter(|key| {
            key.material.algorithm() == algorithm && (header.kid.is_none() || header.kid == key.id)
        });
        if !candidates.take(MAX_TRIES).any(|key| key.material.verifies(signed.as_bytes(), &signature)) {
            return Err("no key of this kid and algorithm has signed it");
        }
        self.check(json(payload).ok_or("its claims are none")?, now)
    }

    /// The claims of a token whose signature holds.
    fn check(&self, claims: Claims, now: SystemTime) -> Result<Identity, Refusal> {
        // Before 1970 no clock is right: then every token has expired.
        let now = now.duration_since(SystemTime::UNIX_EPOCH).map_or(f64::INFINITY, |time| time.as_secs_f64());
        let leeway = LEEWAY.as_secs_f64();
        let expiry = claims.exp.ok_or("it never expires")?;
        if now >= expiry + leeway {
            return Err("it has expired");
        }
        if claims.nbf.is_some_and(|start| now < start - leeway) {
            return Err("it is not valid yet");
        }
        if self.issuer.is_some() && claims.iss != self.issuer {
            return Err("it is of another issuer");
        }
        if let Some(audience) = &self.audience
            && !claims.aud.is_some_and(|intended| intended.contains(audience))
        {
            return Err("it is for another audience");
        }
        Ok(Identity { issuer: claims.iss, subject: claims.sub })
    }
}

impl Audience {
    fn contains(&self, audience: &String) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Many(many) => many.contains(audience),
        }
    }
}

/// A part of a token: a JSON object in base64url.
fn json<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).ok()?;
    // To serde an array of the fields' values would do as well.
    let is_object = bytes.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(&bytes).ok()).flatten()
}

/// A member that is there, so that `null` is a value of the wrong type and not the same as none.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
