//! The key set, as the operator wrote it (RFC 7517).
//!
//! Sets are taken as issuers publish them: a key for another use is passed over, and so is a key that is
//! unknown, incomplete or weak, with a warning (RFC 7517, section 5). A set without a usable key is an error.
//!
//! No text repeats anything of the set, which may hold a secret; keys are told apart by their place.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::hmac;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{
    curve,
    key::{Key, Material},
};

/// A shorter secret is weaker than the hash (RFC 7518, section 3.2).
const MIN_SECRET_BYTES: usize = 32;
/// RFC 7518, section 3.3; above the upper one `ring` refuses to compute.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
/// A product of two large primes has none of these; their own product fits into 64 bits.
const SMALL_PRIMES: [u64; 15] = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
const SMALL_PRODUCT: u64 = 16_294_579_238_595_022_365;
/// P-256 coordinates (RFC 7518, section 6.2.1.2) and Ed25519 public keys (RFC 8037, section 2) are as long.
const CURVE_BYTES: usize = 32;
/// What begins an uncompressed point (SEC 1, section 2.3.3).
const UNCOMPRESSED: u8 = 4;

#[derive(Deserialize)]
struct Set<'a> {
    #[serde(borrow)]
    keys: Vec<&'a RawValue>,
}

/// Of a key's numbers, one that is no text counts as missing: a key of another type may have other members of
/// that name.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    kid: Option<String>,
    #[serde(default, deserialize_with = "text")]
    crv: Option<String>,
    #[serde(default, deserialize_with = "text")]
    k: Option<String>,
    #[serde(default, deserialize_with = "text")]
    n: Option<String>,
    #[serde(default, deserialize_with = "text")]
    e: Option<String>,
    #[serde(default, deserialize_with = "text")]
    x: Option<String>,
    #[serde(default, deserialize_with = "text")]
    y: Option<String>,
}

/// What a set holds.
pub(super) struct Keys {
    /// The keys that tokens can be verified with, at least one.
    pub(super) usable: Vec<Key>,
    /// A sentence for each key that was passed over and is for no other use.
    pub(super) warnings: Vec<String>,
}

/// Reads a set.
///
/// # Errors
/// What is wrong with it, and with its keys where none is usable.
pub(super) fn read(text: &str) -> Result<Keys, String> {
    let set: Set<'_> = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!(r#"AUTH_JWKS is no JWK set, {{"keys": [...]}}: see line {line}, column {column}"#)
    })?;
    let mut keys = Keys { usable: Vec::with_capacity(set.keys.len()), warnings: Vec::new() };
    for (index, json) in set.keys.iter().enumerate() {
        let key = serde_json::from_str(json.get()).map_err(|_| "it is no JWK".to_owned()).and_then(Jwk::read);
        match key {
            Ok(Some(key)) => keys.usable.push(key),
            Ok(None) => {}
            Err(reason) => keys.warnings.push(format!("AUTH_JWKS, key {}: {reason}", index + 1)),
        }
    }
    if !keys.usable.is_empty() {
        return Ok(keys);
    }
    let mut fault = "AUTH_JWKS has no key for verifying HS256, RS256, ES256 or EdDSA".to_owned();
    for warning in keys.warnings {
        fault = fault + "; " + &warning;
    }
    Err(fault)
}

impl Jwk {
    /// Nothing where the key is for another use.
    fn read(self) -> Result<Option<Key>, String> {
        let for_verifying = self.usage.as_deref().is_none_or(|usage| usage == "sig")
            && self.key_ops.as_ref().is_none_or(|operations| operations.iter().any(|one| one == "verify"));
        if !for_verifying {
            return Ok(None);
        }
        let algorithm = match (self.kty.as_str(), self.crv.as_deref()) {
            ("oct", _) => "HS256",
            ("RSA", _) => "RS256",
            ("EC", Some("P-256")) => "ES256",
            ("OKP", Some("Ed25519")) => "EdDSA",
            _ => return Err("its type or curve is not known here".to_owned()),
        };
        if self.alg.as_deref().is_some_and(|alg| canonical(alg) != algorithm) {
            return Err("its algorithm is not known here".to_owned());
        }
        let material = match algorithm {
            "HS256" => self.secret()?,
            "RS256" => self.rsa()?,
            "ES256" => self.p256()?,
            _ => self.ed25519()?,
        };
        Ok(Some(Key { id: self.kid, material }))
    }

    fn secret(&self) -> Result<Material, String> {
        let secret = bytes("k", self.k.as_deref())?;
        if secret.len() < MIN_SECRET_BYTES {
            return Err(format!("a secret for HS256 has {MIN_SECRET_BYTES} bytes or more"));
        }
        if secret.iter().all(|byte| *byte == 0) {
            return Err("its secret is all zeros".to_owned());
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
        // Products of odd primes, and what has an inverse (RFC 8017, section 3.1); and what `ring` computes
        // with.
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        if !is_odd(&n) || !is_odd(&e) || e == [1] || e.len() > 4 {
            return Err("its n and e are of no RSA key".to_owned());
        }
        let remainder =
            n.iter().fold(0, |rest, byte| (rest << 8 | u128::from(*byte)) % u128::from(SMALL_PRODUCT));
        if SMALL_PRIMES.iter().any(|prime| remainder % u128::from(*prime) == 0) {
            return Err("its n has a small factor".to_owned());
        }
        Ok(Material::Rs256 { n, e })
    }

    fn p256(&self) -> Result<Material, String> {
        let x = coordinate("x", self.x.as_deref())?;
        let y = coordinate("y", self.y.as_deref())?;
        let point = [&[UNCOMPRESSED][..], &x, &y].concat();
        if curve::is_on_p256(&point) {
            Ok(Material::Es256(point))
        } else {
            Err("its x and y are no point of P-256".to_owned())
        }
    }

    fn ed25519(&self) -> Result<Material, String> {
        let point = coordinate("x", self.x.as_deref())?;
        if curve::is_ed25519_key(point) {
            Ok(Material::EdDsa(point.to_vec()))
        } else {
            Err("its x is no point of Ed25519, or one of small order".to_owned())
        }
    }
}

/// The name of an algorithm that this program uses: `Ed25519` is another for `EdDSA` (RFC 9864, section 2.2).
pub(super) fn canonical(algorithm: &str) -> &str {
    if algorithm == "Ed25519" { "EdDSA" } else { algorithm }
}

/// A member that is a text, and nothing where it is anything else.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(value.get()).ok())
}

/// A parameter's bytes. Some issuers pad their base64url or write plain base64; both have only one meaning.
fn bytes(name: &str, text: Option<&str>) -> Result<Vec<u8>, String> {
    let text = text.ok_or_else(|| format!("it has no {name}"))?;
    let text = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| format!("its {name} is no base64url"))
}

/// A whole number, big-endian. Leading zeros are against RFC 7518, section 2, but some issuers write one.
fn number(name: &str, text: Option<&str>) -> Result<Vec<u8>, String> {
    let bytes = bytes(name, text)?;
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    Ok(bytes[zeros..].to_vec())
}

fn coordinate(name: &str, text: Option<&str>) -> Result<[u8; CURVE_BYTES], String> {
    let bytes = bytes(name, text)?;
    let length = bytes.len();
    bytes.try_into().map_err(|_| format!("its {name} has {length} bytes, not {CURVE_BYTES}"))
}
