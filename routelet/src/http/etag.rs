//! Conditional requests: `ETag`, `If-Match`, `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1).

use super::{error::Error, request::Request};
use crate::model::{Expected, Unwanted, Version};

/// The most entity tags of a header that are compared: as many as a condition of DynamoDB can list
/// ("Comparison operator and function reference": `IN`).
const MAX_TAGS: usize = 100;

impl Request {
    /// What the caller expects the item to be (`If-Match`, `If-None-Match`). A tag that this API never gave
    /// matches nothing, and for `If-Match` neither does a weak one.
    ///
    /// # Errors
    /// 400 if a header lists more than 100 tags of this API.
    pub fn expected(&self) -> Result<Expected, Error> {
        let one_of = match self.header("if-match") {
            None => None,
            Some(value) if value.trim() == "*" => None,
            Some(value) => Some(versions(
                tags(value).filter(|tag| !tag.is_weak),
                "If-Match lists more than 100 entity tags",
            )?),
        };
        let none_of = match self.header("if-none-match") {
            None => Unwanted::default(),
            Some(value) if value.trim() == "*" => Unwanted::All,
            Some(value) => {
                Unwanted::These(versions(tags(value), "If-None-Match lists more than 100 entity tags")?)
            }
        };
        Ok(Expected { one_of, none_of })
    }
}

/// What a `GET` answers, by its conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// The caller lacks this version.
    New,
    /// The caller has it (`If-None-Match`).
    Known,
    /// The caller wants another one (`If-Match`).
    Unexpected,
}

impl Freshness {
    /// `own` is the entity tag of what would be answered. `If-Match` comes before `If-None-Match` (RFC 9110,
    /// section 13.2.2).
    pub(super) fn of(request: &Request, own: &str) -> Self {
        let is_listed = |value: &str, weak: bool| {
            value.trim() == "*" || tags(value).any(|tag| tag.text == own && (weak || !tag.is_weak))
        };
        if request.header("if-match").is_some_and(|value| !is_listed(value, false)) {
            Self::Unexpected
        } else if request.header("if-none-match").is_some_and(|value| is_listed(value, true)) {
            Self::Known
        } else {
            Self::New
        }
    }
}

fn versions<'a>(tags: impl Iterator<Item = Tag<'a>>, too_many: &'static str) -> Result<Vec<Version>, Error> {
    let versions: Vec<_> = tags.filter_map(|tag| Version::from_text(tag.text)).collect();
    if versions.len() > MAX_TAGS { Err(Error::InvalidHeader(too_many)) } else { Ok(versions) }
}

/// `"…"`: strong, for a version is one state, byte for byte.
pub(super) fn etag(text: &str) -> String {
    format!("\"{text}\"")
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
    use testkit::any;

    use super::*;
    use crate::http::Event;

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
            let fresh = |name: &str, list: &str| Freshness::of(&with(name, list), version.as_str());
            let holds = |name: &str, list: &str| with(name, list).expected().unwrap().holds(&version);
            prop_assert_eq!(fresh("if-none-match", &with_it), Freshness::Known);
            prop_assert_eq!(fresh("if-none-match", &without), Freshness::New);
            prop_assert_eq!(fresh("if-match", &with_it), Freshness::New);
            prop_assert_eq!(fresh("if-match", &without), Freshness::Unexpected);
            prop_assert!(holds("if-match", &with_it) && !holds("if-match", &without));
            prop_assert!(!holds("if-none-match", &with_it) && holds("if-none-match", &without));
            // `If-Match` compares strongly, `If-None-Match` weakly (RFC 9110, sections 13.1.1 and 13.1.2).
            let weak = format!("W/\"{version}\"");
            prop_assert!(!holds("if-match", &weak) && !holds("if-none-match", &weak));
            prop_assert_eq!(fresh("if-match", &weak), Freshness::Unexpected);
            prop_assert_eq!(fresh("if-none-match", &weak), Freshness::Known);
        }

        /// Nothing but a star stands for any version: garbage must not turn a condition off.
        #[test]
        fn any_other_text_expects_a_version_or_none(text in any::text()) {
            let holds = |name: &str| with(name, &text).expected().unwrap().holds(&Version::new());
            let is_star = text.trim() == "*";
            prop_assert_eq!(holds("if-match"), is_star);
            prop_assert_eq!(holds("if-none-match"), !is_star);
        }

        #[test]
        fn more_than_a_hundred_versions_are_refused(count in 90..110_usize) {
            let list = (0..count).map(|_| format!("\"{}\"", Version::new())).collect::<Vec<_>>().join(", ");
            for name in ["if-match", "if-none-match"] {
                prop_assert_eq!(with(name, &list).expected().is_ok(), count <= MAX_TAGS);
            }
        }
    }
}
