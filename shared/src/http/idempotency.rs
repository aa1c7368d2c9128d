//! `Idempotency-Key` ("The Idempotency-Key HTTP Header Field", IETF httpapi).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{Context, SHA256};

use super::{error::Error, request::Request};
use crate::store::Once;

const MAX_KEY_CHARACTERS: usize = 255;

impl Request {
    /// What makes a retry of this create known: the caller's `Idempotency-Key`, and the body it came with. The key
    /// belongs to the caller: one caller's key never meets another's.
    ///
    /// # Errors
    /// 400 where the key is not 1 to 255 visible ASCII characters, 413 where the body is too long.
    pub fn once(&self, caller: Option<&str>) -> Result<Option<Once>, Error> {
        let Some(key) = self.header("idempotency-key") else { return Ok(None) };
        let is_visible = key.bytes().all(|byte| byte.is_ascii_graphic());
        if key.is_empty() || key.len() > MAX_KEY_CHARACTERS || !is_visible {
            return Err(Error::InvalidHeader("Idempotency-Key must be 1 to 255 visible ASCII characters"));
        }
        // No caller and a caller without a name are two; the length keeps name and key apart.
        let caller = caller.map_or_else(String::new, |caller| format!("{}:{caller}", caller.len()));
        Ok(Some(Once {
            key: hash(&[caller.as_bytes(), b"/", key.as_bytes()]),
            payload: hash(&[&self.body()?]),
        }))
    }
}

/// SHA-256 in base64: a key is stored, and logged by nobody, without what the caller wrote in it.
fn hash(parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    BASE64_URL_SAFE_NO_PAD.encode(context.finish())
}
