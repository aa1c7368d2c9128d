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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{any, http::Event};

    fn once(key: &str, body: &str) -> Result<Option<Once>, Error> {
        let headers = [("idempotency-key".to_owned(), key.to_owned())].into();
        Request::from(Event { headers, body: Some(body.to_owned()), ..Event::default() }).once(None)
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn a_key_is_1_to_255_visible_ascii_characters(
            key in prop_oneof![any::text(), "[!-~]{0,300}", "[!-~]{250,260}", "[!-~]{0,9}[ \\PC][!-~]{0,9}"],
            body in any::text(),
        ) {
            let is_valid = (1..=255).contains(&key.chars().count())
                && key.chars().all(|letter| ('!'..='~').contains(&letter));
            prop_assert_eq!(matches!(once(&key, &body), Ok(Some(_))), is_valid, "{:?}", key);
        }

        /// The same key and body are the same request, any other are not, and neither is stored as it is.
        #[test]
        fn keys_and_bodies_are_told_apart(
            one in ("[!-~]{8,20}", any::text()),
            other in ("[!-~]{8,20}", any::text()),
        ) {
            let [first, again, second] = [&one, &one, &other].map(|(key, body)| once(key, body).unwrap().unwrap());
            prop_assert_eq!(&first, &again);
            prop_assert_eq!(first.key == second.key, one.0 == other.0);
            prop_assert_eq!(first.payload == second.payload, one.1 == other.1);
            prop_assert!(!first.key.contains(&one.0));
        }

        /// One caller's key never meets another's, whatever they are called.
        #[test]
        fn callers_are_told_apart(key in "[!-~]{1,20}", one in any::text(), other in any::text()) {
            let headers = [("idempotency-key".to_owned(), key)].into();
            let request = Request::from(Event { headers, ..Event::default() });
            let of = |caller| request.once(caller).unwrap().unwrap().key;
            prop_assert_eq!(of(Some(&one)) == of(Some(&other)), one == other);
            prop_assert_ne!(of(Some(&one)), of(None));
        }
    }
}
