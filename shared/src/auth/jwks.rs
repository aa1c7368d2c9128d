//! The key set, as the operator wrote it (RFC 7517).
//!
//! Keys of other types, for other algorithms and for other uses are passed over (RFC 7517, section 5): an issuer's
//! set may hold them. A key that is meant for this and is broken or weak is an error.
//!
//! No error repeats anything of the set, which may hold a secret; keys are told apart by their place.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::hmac;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::key::{Key, Material};

/// The most keys of one set. A token without a `kid` is tried with every key of its algorithm, so this bounds what a
/// stranger can have computed. Lambda's 4 KB for all variables of a function come first with RSA keys.
const MAX_KEYS: usize = 32;
/// A shorter secret is weaker than the hash (RFC 7518, section 3.2).
const MIN_SECRET_BYTES: usize = 32;
/// RFC 7518, section 3.3; above the upper one `ring` refuses to compute.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// P-256 coordinates (RFC 7518, section 6.2.1.2) and Ed25519 public keys (RFC 8037, section 2) are as long.
const CURVE_BYTES: usize = 32;
/// What begins an uncompressed point (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

#[derive(Deserialize)]
struct Set<'a> {
    #[serde(borrow)]
    keys: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    crv: Option<String>,
    k: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The keys that tokens can be verified with: at least one.
pub(super) fn read(text: &str) -> Result<Vec<Key>, String> {
    let set: Set<'_> = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!(r#"AUTH_JWKS is no JWK set, {{"keys": [...]}}: see line {line}, column {column}"#)
    })?;
    if set.keys.len() > MAX_KEYS {
        return Err(format!("AUTH_JWKS has more than {MAX_KEYS} keys"));
    }
    let mut keys = Vec::<Key>::with_capacity(set.keys.len());
    for (index, json) in set.keys.iter().enumerate() {
        let fault = |reason: &str| format!("AUTH_JWKS, key {}: {reason}", index + 1);
        let jwk: Jwk = serde_json::from_str(json.get()).map_err(|_| fault("it is no JWK"))?;
        if let Some(key) = jwk.read().map_err(|reason| fault(&reason))? {
            if key.id.is_some() && keys.iter().any(|earlier| earlier.id == key.id) {
                return Err(fault("an earlier key has the same kid"));
            }
            keys.push(key);
        }
    }
    if keys.is_empty() {
        return Err("AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA".to_owned());
    }
    Ok(keys)
}

impl Jwk {
    /// Nothing where the key is for something else.
    fn read(self) -> Result<Option<Key>, String> {
        let for_verifying = self.usage.as_deref().is_none_or(|usage| usage == "sig")
            && self.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|one| one == "verify"));
        let algorithm = match (self.kty.as_str(), self.crv.as_deref()) {
            ("oct", _) => "HS256",
            ("RSA", _) => "RS256",
            ("EC", Some("P-256")) => "ES256",
            ("OKP", Some("Ed25519")) => "EdDSA",
            _ => return Ok(None),
        };
        if !for_verifying || self.alg.as_deref().is_some_and(|alg| alg != algorithm) {
            return Ok(None);
        }
        let material = match algorithm {
            "HS256" => self.secret()?,
            "RS256" => self.rsa()?,
            "ES256" => self.p256()?,
            _ => Material::EdDsa(coordinate("x", self.x.as_deref())?),
        };
        Ok(Some(Key { id: self.kid, material }))
    }

    fn secret(&self) -> Result<Material, String> {
        let secret = bytes("k", self.k.as_deref())?;
        if secret.len() < MIN_SECRET_BYTES {
            return Err(format!("a secret for HS256 has {MIN_SECRET_BYTES} bytes or more"));
        }
        Ok(Material::Hs256(hmac::Key::new(hmac::HMAC_SHA256, &secret)))
    }

    fn rsa(&self) -> Result<Material, String> {
        let n = number("n", self.n.as_deref())?;
        let e = number("e", self.e.as_deref())?;
        let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
        if !RSA_BITS.contains(&bits) {
            let (least, most) = (RSA_BITS.start(), RSA_BITS.end());
            return Err(format!("an RSA key has {least} to {most} bits, this one {bits}"));
        }
        // Products of odd primes, and what has an inverse (RFC 8017, section 3.1); and what `ring` computes with.
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        if !is_odd(&n) || !is_odd(&e) || e == [1] || e.len() > 4 {
            return Err("its n and e are of no RSA key".to_owned());
        }
        Ok(Material::Rs256 { n, e })
    }

    fn p256(&self) -> Result<Material, String> {
        let x = coordinate("x", self.x.as_deref())?;
        let y = coordinate("y", self.y.as_deref())?;
        Ok(Material::Es256([&[UNCOMPRESSED][..], &x, &y].concat()))
    }
}

/// A parameter's bytes.
fn bytes(name: &str, text: Option<&str>) -> Result<Vec<u8>, String> {
    let text = text.ok_or_else(|| format!("it has no {name}"))?;
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| format!("its {name} is no base64url without padding"))
}

/// A whole number, big-endian. Leading zeros are against RFC 7518, section 2, but some issuers write one.
fn number(name: &str, text: Option<&str>) -> Result<Vec<u8>, String> {
    let bytes = bytes(name, text)?;
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    Ok(bytes[zeros..].to_vec())
}

fn coordinate(name: &str, text: Option<&str>) -> Result<Vec<u8>, String> {
    let bytes = bytes(name, text)?;
    if bytes.len() == CURVE_BYTES {
        Ok(bytes)
    } else {
        Err(format!("its {name} has {} bytes, not {CURVE_BYTES}", bytes.len()))
    }
}
