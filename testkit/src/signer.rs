//! Makes keys and tokens.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    hmac, rand, rsa,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};

/// `ring` makes no RSA keys, so this one is the key that RFC 7515, appendix A.2, publishes, private half
/// included.
pub const RSA_KEY: &str = include_str!("../testdata/rfc7515-a2.jwk.json");

/// Someone who issues tokens.
pub enum Signer {
    /// HMAC with SHA-256.
    Hs256(Vec<u8>),
    /// RSA with SHA-256.
    Rs256(Box<RsaKeyPair>),
    /// ECDSA on P-256.
    Es256(EcdsaKeyPair),
    /// Ed25519.
    EdDsa(Ed25519KeyPair),
}

impl Signer {
    /// With a secret of its own.
    pub fn hs256() -> Self {
        let secret: [u8; 32] = rand::generate(&rand::SystemRandom::new()).unwrap().expose();
        Self::Hs256(secret.to_vec())
    }

    /// With the RFC's key.
    pub fn rs256() -> Self {
        let jwk: Value = serde_json::from_str(RSA_KEY).unwrap();
        let number = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap()).unwrap();
        let components = rsa::KeyPairComponents {
            public_key: rsa::PublicKeyComponents { n: number("n"), e: number("e") },
            d: number("d"),
            p: number("p"),
            q: number("q"),
            dP: number("dp"),
            dQ: number("dq"),
            qInv: number("qi"),
        };
        Self::Rs256(Box::new(RsaKeyPair::from_components(&components).unwrap()))
    }

    /// With a key of its own.
    pub fn es256() -> Self {
        let (random, kind) = (rand::SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let key = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
        Self::Es256(EcdsaKeyPair::from_pkcs8(kind, key.as_ref(), &random).unwrap())
    }

    /// With a key of its own.
    pub fn eddsa() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&rand::SystemRandom::new()).unwrap();
        Self::EdDsa(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap())
    }

    /// One of each algorithm.
    pub fn all() -> [Self; 4] {
        [Self::hs256(), Self::rs256(), Self::es256(), Self::eddsa()]
    }

    /// The `alg` of its tokens.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Hs256(_) => "HS256",
            Self::Rs256(_) => "RS256",
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
        }
    }

    /// The key that verifies, as a JWK.
    pub fn jwk(&self) -> Value {
        match self {
            Self::Hs256(secret) => json!({"kty": "oct", "k": encode(secret)}),
            Self::Rs256(_) => {
                let key: Value = serde_json::from_str(RSA_KEY).unwrap();
                json!({"kty": "RSA", "n": key["n"], "e": key["e"]})
            }
            Self::Es256(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "x": encode(x), "y": encode(y)})
            }
            Self::EdDsa(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": encode(key.public_key().as_ref())})
            }
        }
    }

    /// The key that verifies, with more members or others.
    pub fn jwk_with(&self, members: &Value) -> Value {
        let mut jwk = self.jwk();
        jwk.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        jwk
    }

    /// The signature of a message.
    pub fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = rand::SystemRandom::new();
        match self {
            Self::Hs256(secret) => {
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec()
            }
            Self::Rs256(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            Self::Es256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::EdDsa(key) => key.sign(message).as_ref().to_vec(),
        }
    }

    /// A token of exactly this header and these claims, as texts.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = encode(self.signature(signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    /// A token with these claims.
    pub fn token(&self, claims: &Value) -> String {
        self.sign(&json!({"alg": self.algorithm(), "typ": "JWT"}).to_string(), &claims.to_string())
    }
}

/// The public half of [`RSA_KEY`] as PEM.
pub const RSA_PUBLIC_PEM: &str = include_str!("../testdata/rfc7515-a2.public.pem");

/// A JWK set.
pub fn set(keys: &[Value]) -> String {
    json!({"keys": keys}).to_string()
}

/// Base64url without padding.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
