//! A key that tokens are verified with.

use ring::{
    hmac,
    signature::{
        ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
        UnparsedPublicKey,
    },
};

/// A key of the set. It has one algorithm, that of its material: what a token says can only agree with it
/// (RFC 8725, section 3.1). So a public key is never taken for an HMAC secret, and nothing is signed by
/// `none`.
pub(super) struct Key {
    pub(super) id: Option<String>,
    pub(super) material: Material,
}

/// What is known of the key, in the form that `ring` takes it. Not `Debug`: a secret belongs in no log.
pub(super) enum Material {
    /// A shared secret.
    Hs256(hmac::Key),
    /// Modulus and exponent, big-endian, without leading zeros.
    Rs256 { n: Vec<u8>, e: Vec<u8> },
    /// A point on P-256, uncompressed (SEC 1, section 2.3.3).
    Es256(Vec<u8>),
    /// An Ed25519 public key (RFC 8032, section 5.1.5).
    EdDsa(Vec<u8>),
}

impl Material {
    /// The algorithm's name in a token's header (RFC 7518, section 3.1; RFC 8037, section 3.1).
    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Hs256(_) => "HS256",
            Self::Rs256 { .. } => "RS256",
            Self::Es256(_) => "ES256",
            Self::EdDsa(_) => "EdDSA",
        }
    }

    /// Whether the key made this signature of the message. HMACs are compared in constant time.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Hs256(key) => hmac::verify(key, message, signature).is_ok(),
            Self::Rs256 { n, e } => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            Self::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
            Self::EdDsa(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok(),
        }
    }
}
