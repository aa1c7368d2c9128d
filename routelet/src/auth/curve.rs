//! Whether a public key is a point that a key pair can have. `ring` does not tell: it refuses every signature
//! of a key that is no point, and accepts forged ones of a point of small order.

use curve25519_dalek::edwards::CompressedEdwardsY;
use ring::{
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    rand::SystemRandom,
};

/// Whether this is the canonical encoding of a point of large order (RFC 8032, section 5.1.3). Anybody can
/// forge signatures of a point of small order.
pub(super) fn is_ed25519_key(bytes: [u8; 32]) -> bool {
    let written = CompressedEdwardsY(bytes);
    written.decompress().is_some_and(|point| point.compress() == written && !point.is_small_order())
}

/// Whether an uncompressed point is on P-256: `ring` agrees on a secret, which is dropped, only with such a
/// point. 0.05 ms.
pub(super) fn is_on_p256(point: &[u8]) -> bool {
    EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new())
        .and_then(|own| agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, point), |_| ()))
        .is_ok()
}
