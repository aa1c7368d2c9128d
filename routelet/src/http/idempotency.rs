//! `Idempotency-Key` ("The Idempotency-Key HTTP Header Field", IETF httpapi).

use std::borrow::Cow;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{Context, SHA256};

use super::{error::Error, request::Request};
use crate::resource::IdempotencyKey;

const MAX_KEY_CHARACTERS: usize = 255;
const INVALID: &str = "Idempotency-Key must be 1 to 255 visible ASCII characters";
const TWO: &str = "Idempotency-Key must be sent once, with commas only in quotes";
const NO_STRING: &str = "Idempotency-Key is not a well-formed quoted string";

impl Request {
    /// What makes a retry of this create known: the caller's `Idempotency-Key`, and the body it came with.
    /// The key belongs to the caller: one caller's key never meets another's.
    ///
    /// # Errors
    /// 400 where the key is not one of 1 to 255 visible ASCII characters, 413 where the body is too long.
    pub fn idempotency_key(&self, caller: Option<&str>) -> Result<Option<IdempotencyKey>, Error> {
        let Some(key) = self.header("idempotency-key") else { return Ok(None) };
        let key = read(key).map_err(Error::InvalidHeader)?;
        // No caller and a caller without a name are two; the length keeps name and key apart.
        let caller = caller.map_or_else(String::new, |caller| format!("{}:{caller}", caller.len()));
        Ok(Some(IdempotencyKey {
            key: hash(&[caller.as_bytes(), b"/", key.as_bytes()]),
            payload: hash(&[&self.body()?]),
        }))
    }
}

/// Reads the header's value: the key as it is, or the draft's form, a string in quotes (RFC 9651, section
/// 3.3.3). Both forms give the same key.
///
/// The gateway joins repeated headers with commas, so a comma outside quotes means that two keys were sent.
fn read(value: &str) -> Result<Cow<'_, str>, &'static str> {
    let value = value.trim_matches([' ', '\t']);
    let key = match value.strip_prefix('"') {
        Some(quoted) => Cow::Owned(unquoted(quoted)?),
        None if value.contains(',') => return Err(TWO),
        None => Cow::Borrowed(value),
    };
    let is_visible = key.bytes().all(|byte| byte.is_ascii_graphic());
    if key.is_empty() || key.len() > MAX_KEY_CHARACTERS || !is_visible { Err(INVALID) } else { Ok(key) }
}

/// The text of a quoted string, whose opening quote is taken already.
fn unquoted(quoted: &str) -> Result<String, &'static str> {
    let mut text = String::new();
    let mut letters = quoted.chars();
    loop {
        match letters.next() {
            Some('"') => break,
            Some('\\') => match letters.next() {
                Some(escaped @ ('"' | '\\')) => text.push(escaped),
                _ => return Err(NO_STRING),
            },
            Some(letter) => text.push(letter),
            None => return Err(NO_STRING),
        }
    }
    match letters.as_str().trim_start_matches([' ', '\t']) {
        "" => Ok(text),
        rest if rest.starts_with(',') => Err(TWO),
        _ => Err(NO_STRING),
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
    use testkit::any;

    use super::*;
    use crate::http::Event;

    fn sent(key: &str, body: &str) -> Result<Option<IdempotencyKey>, Error> {
        let headers = [("idempotency-key".to_owned(), key.to_owned())].into();
        Request::from(Event { headers, body: Some(body.to_owned()), ..Event::default() })
            .idempotency_key(None)
    }

    #[test]
    fn one_key_is_read_and_two_are_refused() {
        for (value, key) in [
            ("abc", "abc"),
            (" abc\t", "abc"),
            (r#""abc""#, "abc"),
            (r#" "abc" "#, "abc"),
            (r#""a,b""#, "a,b"),
            (r#""a\"b""#, r#"a"b"#),
            (r#""a\\b""#, r"a\b"),
            (r#""a;b""#, "a;b"),
            (r#"a"b""#, r#"a"b""#),
            ("a;b=c", "a;b=c"),
            (r"a\b", r"a\b"),
        ] {
            assert_eq!(read(value).as_deref(), Ok(key), "{value}");
        }
        for value in [
            "k,k",
            "k, k",
            "k,",
            ",k",
            ",",
            "a,b,c",
            r#""k","k""#,
            r#""k", "k""#,
            r#""k" ,"k""#,
            r#"k,"k""#,
            r#""k",k"#,
            r#""k","#,
        ] {
            assert_eq!(read(value), Err(TWO), "{value}");
        }
        for value in
            [r#"""#, r#""abc"#, r#""abc\""#, r#""a\bc""#, r#""a"b"#, r#""abc";x=1"#, r#""a""b""#, r#""abc\"#]
        {
            assert_eq!(read(value), Err(NO_STRING), "{value}");
        }
        let long = format!("\"{}\"", "k".repeat(256));
        for value in ["", " ", r#""""#, r#"" ""#, r#""a b""#, "a b", "é", "\"é\"", "a\tb", long.as_str()] {
            assert_eq!(read(value), Err(INVALID), "{value}");
        }
        assert!(read(&long[1..=255]).is_ok() && read(&format!("{}\"", &long[..256])).is_ok());
    }

    /// A key that was stored before is the same key still.
    #[test]
    fn the_hash_of_a_key_does_not_change() {
        let key = sent("1f0c7a52", r#"{"title":"t"}"#).unwrap().unwrap();
        assert_eq!(key.key, "HTGBtFkGCgp73Q8v2FJ7YIdgPrRyRYwOVUr1fp3aL0g");
        assert_eq!(key.payload, "_TLwGVSoLYGSQxvwyNL-ItjBCp1iofSq2WIosGXmzGU");
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn a_key_is_1_to_255_visible_ascii_characters(
            key in prop_oneof![any::text(), "[!-~]{0,300}", "[!-~]{250,260}", "[!-~]{0,9}[ \\PC][!-~]{0,9}"],
            body in any::text(),
        ) {
            let bare = key.trim_matches([' ', '\t']);
            let is_valid = (1..=255).contains(&bare.chars().count())
                && bare.chars().all(|letter| ('!'..='~').contains(&letter))
                && !bare.contains(',');
            if !bare.starts_with('"') {
                prop_assert_eq!(matches!(sent(&key, &body), Ok(Some(_))), is_valid, "{:?}", key);
            }
        }

        /// In quotes a key may have a comma, and is the same key.
        #[test]
        fn a_key_in_quotes_is_the_key(key in "[!-~]{1,300}", padding in "[ \t]{0,2}") {
            let escaped = key.replace('\\', "\\\\").replace('"', "\\\"");
            let quoted = sent(&format!("{padding}\"{escaped}\"{padding}"), "");
            prop_assert_eq!(quoted.is_ok(), key.len() <= 255);
            if let Ok(Some(quoted)) = quoted && !key.contains(',') && !key.starts_with('"') {
                prop_assert_eq!(quoted, sent(&key, "").unwrap().unwrap());
            }
        }

        /// The same key and body are the same request, any other are not, and neither is stored as it is.
        #[test]
        fn keys_and_bodies_are_told_apart(
            one in ("[!#-+.-~]{8,20}", any::text()),
            other in ("[!#-+.-~]{8,20}", any::text()),
        ) {
            let [first, again, second] = [&one, &one, &other].map(|(key, body)| sent(key, body).unwrap().unwrap());
            prop_assert_eq!(&first, &again);
            prop_assert_eq!(first.key == second.key, one.0 == other.0);
            prop_assert_eq!(first.payload == second.payload, one.1 == other.1);
            prop_assert!(!first.key.contains(&one.0));
        }

        /// One caller's key never meets another's, whatever they are called.
        #[test]
        fn callers_are_told_apart(key in "[!#-+.-~]{1,20}", one in any::text(), other in any::text()) {
            let headers = [("idempotency-key".to_owned(), key)].into();
            let request = Request::from(Event { headers, ..Event::default() });
            let of = |caller| request.idempotency_key(caller).unwrap().unwrap().key;
            prop_assert_eq!(of(Some(&one)) == of(Some(&other)), one == other);
            prop_assert_ne!(of(Some(&one)), of(None));
        }
    }
}
