//! Conditional requests: `ETag`, `If-Match`, `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1).

use super::{error::Error, request::Request};
use crate::models::{Expected, Version};

/// The most entity tags of `If-Match` that are compared: as many as a condition of DynamoDB can list ("Comparison
/// operator and function reference": `IN`).
const MAX_TAGS: usize = 100;

impl Request {
    /// What the caller expects the item to be (`If-Match`). A tag that this API never gave, or a weak one, matches
    /// nothing.
    ///
    /// # Errors
    /// 400 where there are more than 100 tags.
    pub fn expected(&self) -> Result<Expected, Error> {
        let Some(value) = self.header("if-match") else { return Ok(Expected::Anything) };
        if value.trim() == "*" {
            return Ok(Expected::Anything);
        }
        let versions: Vec<_> =
            tags(value).filter(|tag| !tag.is_weak).filter_map(|tag| Version::from_text(tag.text)).collect();
        if versions.len() > MAX_TAGS {
            return Err(Error::InvalidHeader("If-Match lists more than 100 entity tags"));
        }
        Ok(Expected::OneOf(versions))
    }

    /// Whether the caller has this version already (`If-None-Match`).
    #[must_use]
    pub fn has(&self, version: &Version) -> bool {
        self.header("if-none-match")
            .is_some_and(|value| value.trim() == "*" || tags(value).any(|tag| tag.text == version.as_str()))
    }
}

/// `"…"`, the entity tag of a version. Strong: a version is one state, byte for byte.
pub(super) fn etag(version: &Version) -> String {
    format!("\"{version}\"")
}

#[derive(Debug, PartialEq, Eq)]
struct Tag<'a> {
    is_weak: bool,
    text: &'a str,
}

/// The entity tags of a list, up to the first thing that is none. A tag may hold a comma.
fn tags(list: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let start = rest.trim_start_matches([' ', '\t', ',']);
        let (is_weak, start) = start.strip_prefix("W/").map_or((false, start), |strong| (true, strong));
        let (text, after) = start.strip_prefix('"')?.split_once('"')?;
        rest = after;
        Some(Tag { is_weak, text })
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{any, http::Event};

    fn with(name: &str, value: &str) -> Request {
        let headers = [(name.to_owned(), value.to_owned())].into();
        Event { headers, ..Event::default() }.into()
    }

    #[test]
    fn lists_are_taken_apart() {
        let strong = |text| Tag { is_weak: false, text };
        let weak = |text| Tag { is_weak: true, text };
        assert_eq!(tags(r#""a""#).collect::<Vec<_>>(), [strong("a")]);
        assert_eq!(
            tags(r#" "a" ,W/"b,c",, "" "#).collect::<Vec<_>>(),
            [strong("a"), weak("b,c"), strong("")]
        );
        for garbage in ["", "a", "\"", "W/", "W/a", "w/\"a\"", "*", ", ,"] {
            assert_eq!(tags(garbage).count(), 0, "{garbage}");
        }
        assert_eq!(tags(r#""a" b "c""#).collect::<Vec<_>>(), [strong("a")]);
    }

    proptest! {
        #![proptest_config(any::cases())]

        /// Whatever else a list holds, a version that is in it is found, and one that is not is not.
        #[test]
        fn a_listed_version_is_found(
            others in vec((any::<bool>(), "[^\"\\\\]{0,20}", "[, \t]{1,3}"), 0..8),
            place in any::<proptest::sample::Index>(),
        ) {
            let version = Version::new();
            let mut list: Vec<_> = others
                .iter()
                .map(|(is_weak, text, end)| format!("{}\"{text}\"{end}", if *is_weak { "W/" } else { "" }))
                .collect();
            let without = list.concat();
            list.insert(place.index(list.len() + 1), format!("\"{version}\", "));
            let with_it = list.concat();
            prop_assert!(with("if-none-match", &with_it).has(&version));
            prop_assert!(!with("if-none-match", &without).has(&version));
            let named = |list: &str| match with("if-match", list).expected() {
                Ok(Expected::OneOf(versions)) => versions.contains(&version),
                other => panic!("{other:?}"),
            };
            prop_assert!(named(&with_it) && !named(&without));
            prop_assert!(!named(&format!("W/\"{version}\"")), "a weak tag names no state");
        }

        /// Nothing but a star stands for any version: garbage must not turn a condition off.
        #[test]
        fn any_other_text_expects_a_version_or_none(text in any::text()) {
            let request = with("if-match", &text);
            if text.trim() != "*" {
                prop_assert!(!matches!(request.expected(), Ok(Expected::Anything)));
            }
            let _ = with("if-none-match", &text).has(&Version::new());
        }

        #[test]
        fn more_than_a_hundred_versions_are_refused(count in 90..110_usize) {
            let list = (0..count).map(|_| format!("\"{}\"", Version::new())).collect::<Vec<_>>().join(", ");
            prop_assert_eq!(with("if-match", &list).expected().is_ok(), count <= MAX_TAGS);
        }
    }
}
