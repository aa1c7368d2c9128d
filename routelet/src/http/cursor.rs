//! Pages of a list: `limit`, `cursor`, `Link` (RFC 8288).
//!
//! A cursor holds the last id that its page covered, so the next page is one range query that starts there,
//! wherever in the list that is. It also holds what it is a cursor of, list and filters, and a checksum over
//! all. The checksum finds a cursor that was damaged or taken from another list, so that it is refused
//! instead of answered with something odd. It is no signature: anyone can compute it, and a cursor that
//! somebody made up is accepted. That does no harm, for a cursor is no secret and no permission: it shows
//! nothing that the list without it would not.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use form_urlencoded::Serializer;
use ring::digest::{Context, SHA256};

use super::{error::Error, request::Request};
use crate::{
    model::Id,
    resource::{FilterValue, Filters, MAX_PAGE_ITEMS, PageRequest, Resource},
};

/// The versions of a cursor, which is its first byte. One without filters has been the same since the first
/// release, so that a walk outlives a deployment.
const PLAIN: u8 = 1;
const FILTERED: u8 = 2;
const CHECKSUM_BYTES: usize = 8;

impl Request {
    /// The page that the caller asks for: `limit`, `cursor`, and the [`filters`](Self::filters).
    ///
    /// # Errors
    /// 400 where `limit` is no whole number from 1 to [`MAX_PAGE_ITEMS`], no item can have the value of a
    /// filter, or the cursor is not one of this list and these filters.
    pub fn page<R: Resource>(&self) -> Result<PageRequest, Error> {
        let limit = self.whole_number("limit", MAX_PAGE_ITEMS as u64)?;
        let mut page = PageRequest {
            filters: self.filters::<R>()?,
            after: None,
            limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MAX_PAGE_ITEMS),
        };
        if let Some(cursor) = self.query("cursor").filter(|cursor| !cursor.is_empty()) {
            let (after, filters) = decode::<R>(&cursor).ok_or(Error::InvalidParameter("Invalid cursor"))?;
            if !page.filters.values().is_empty() && page.filters != filters {
                return Err(Error::InvalidParameter("Invalid cursor"));
            }
            page.after = Some(after);
            page.filters = filters;
        }
        Ok(page)
    }
}

/// The value of `Link` that leads to the page after `after`.
pub(super) fn link_to_next<R: Resource>(page: &PageRequest, after: Id) -> String {
    let mut query = Serializer::new(in_query(&page.filters));
    if page.limit != MAX_PAGE_ITEMS {
        query.append_pair("limit", &page.limit.to_string());
    }
    query.append_pair("cursor", &encode::<R>(after, &page.filters));
    format!("<{}?{}>; rel=\"next\"", R::PATH, query.finish())
}

/// The filters as a query.
fn in_query(filters: &Filters) -> String {
    let mut query = Serializer::new(String::new());
    for FilterValue { name, value } in filters.values() {
        query.append_pair(name, value);
    }
    query.finish()
}

/// Version, last id, filters, checksum.
fn encode<R: Resource>(after: Id, filters: &Filters) -> String {
    let filters = in_query(filters);
    let mut bytes = vec![if filters.is_empty() { PLAIN } else { FILTERED }];
    bytes.extend(after.get().to_be_bytes());
    bytes.extend(filters.as_bytes());
    bytes.extend(checksum::<R>(&bytes));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn decode<R: Resource>(cursor: &str) -> Option<(Id, Filters)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (content, sum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
    if checksum::<R>(content) != *sum {
        return None;
    }
    let (&version, content) = content.split_first()?;
    let (after, query) = content.split_first_chunk::<8>()?;
    let after = Id::try_from(u64::from_be_bytes(*after)).ok()?;
    let value_of =
        |name: &str| form_urlencoded::parse(query).find_map(|(key, value)| (key == name).then_some(value));
    let filters = Filters::read::<R>(value_of).ok()?;
    // Also where a filter has gone with a new release, or its values have.
    let is_same = in_query(&filters).as_bytes() == query;
    let expected = if query.is_empty() { PLAIN } else { FILTERED };
    (is_same && version == expected).then_some((after, filters))
}

fn checksum<R: Resource>(content: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let mut hashing = Context::new(&SHA256);
    hashing.update(R::PATH.as_bytes());
    hashing.update(content);
    let digest = hashing.finish();
    let mut sum = [0; CHECKSUM_BYTES];
    sum.copy_from_slice(&digest.as_ref()[..CHECKSUM_BYTES]);
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use testkit::any;

    use super::*;
    use crate::fixture::{Mark, Note};

    fn id(number: u64) -> Id {
        number.try_into().unwrap()
    }

    fn filters(title: &str, pinned: &str) -> Filters {
        let value_of = |name: &str| match name {
            "title" => Some(title.to_owned().into()),
            "pinned" => Some(pinned.to_owned().into()),
            _ => None,
        };
        Filters::read::<Note>(value_of).unwrap()
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        for (after, filters) in [
            (1, filters("", "")),
            (7, filters("jane", "")),
            (8, filters("", "false")),
            (9, filters("JANE", "true")),
            (Id::MAX.get(), filters("ä / 漢 &=+%", "true")),
        ] {
            let cursor = encode::<Note>(id(after), &filters);
            assert!(
                cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                "{cursor}"
            );
            assert_eq!(decode::<Note>(&cursor), Some((id(after), filters)));
            assert_eq!(decode::<Mark>(&cursor), None, "another list's");
        }
    }

    /// A walk goes on where it was when a new release came.
    #[test]
    fn a_cursor_without_filters_is_that_of_the_first_release() {
        assert_eq!(encode::<Note>(id(7), &Filters::default()), "AQAAAAAAAAAHY0n_9MC_lNU");
    }

    /// The checksum is right, and what it is of is none that this release would make.
    #[test]
    fn a_cursor_of_other_filters_is_none() {
        let made = |version: u8, query: &str| {
            let mut bytes = vec![version];
            bytes.extend(7_u64.to_be_bytes());
            bytes.extend(query.as_bytes());
            bytes.extend(checksum::<Note>(&bytes));
            BASE64_URL_SAFE_NO_PAD.encode(bytes)
        };
        for (version, query) in [(PLAIN, ""), (FILTERED, "title=jane"), (FILTERED, "title=jane&pinned=true")]
        {
            assert!(decode::<Note>(&made(version, query)).is_some(), "{query}");
        }
        for (version, query) in [
            (PLAIN, "jane"),
            (PLAIN, "title=jane"),
            (FILTERED, ""),
            (FILTERED, "title="),
            (FILTERED, "title=JANE"),
            (FILTERED, "pinned=yes"),
            (FILTERED, "body=jane"),
            (FILTERED, "title=jane&body=x"),
            (FILTERED, "title=jane&title=john"),
            (FILTERED, "pinned=true&title=jane"),
            (3, "title=jane"),
        ] {
            assert_eq!(decode::<Note>(&made(version, query)), None, "{version} {query}");
        }
    }

    /// Whatever is done to a cursor, it is refused.
    #[test]
    fn a_damaged_cursor_is_none() {
        let cursor = encode::<Note>(id(1_000), &filters("jane", ""));
        for end in 0..cursor.len() {
            assert_eq!(decode::<Note>(&cursor[..end]), None);
        }
        for position in 0..cursor.len() {
            for replacement in [b'A', b'_', b'9'] {
                let mut damaged = cursor.clone().into_bytes();
                if damaged[position] != replacement {
                    damaged[position] = replacement;
                    assert_eq!(decode::<Note>(std::str::from_utf8(&damaged).unwrap()), None, "at {position}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn every_cursor_comes_back(number in 1..=Id::MAX.get(), title in any::text(), pinned in any::<bool>()) {
            let filters = filters(&title, if pinned { "true" } else { "" });
            let cursor = encode::<Note>(id(number), &filters);
            prop_assert_eq!(decode::<Mark>(&cursor), None);
            prop_assert_eq!(decode::<Note>(&cursor), Some((id(number), filters)));
        }

        /// What is taken is what was given, letter by letter.
        #[test]
        fn any_other_text_is_no_cursor(
            text in any::text(),
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
            damaged in any::damaged(Just(encode::<Note>(id(7), &filters("jane", "true")).into_bytes())),
        ) {
            let damaged = String::from_utf8_lossy(&damaged).into_owned();
            for text in [text, BASE64_URL_SAFE_NO_PAD.encode(bytes), damaged] {
                if let Some((after, filters)) = decode::<Note>(&text) {
                    prop_assert_eq!(encode::<Note>(after, &filters), text);
                }
            }
        }
    }
}
