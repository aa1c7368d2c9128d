//! Whether a public key is a point that a key pair can have. `ring` looks at that too, but says only that no signature of
//! such a key holds, and with a point of small order some do.

use curve25519_dalek::edwards::CompressedEdwardsY;
use ring::{
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    rand::SystemRandom,
};

/// Whether this is how a point of large order is written (RFC 8032, section 5.1.3). One of small order has signatures that
/// nobody had to know a secret for.
pub(super) fn is_ed25519_key(bytes: [u8; 32]) -> bool {
    let written = CompressedEdwardsY(bytes);
    written.decompress().is_some_and(|point| point.compress() == written && !point.is_small_order())
}

/// Whether an uncompressed point is on P-256. It is where `ring` agrees with it on a secret, which nobody gets to see; 0.05 ms
/// each.
pub(super) fn is_on_p256(point: &[u8]) -> bool {
    EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new())
        .and_then(|own| agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, point), |_| ()))
        .is_ok()
}
