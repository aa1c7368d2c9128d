//! Pages of a list: `limit`, `cursor`, `Link` (RFC 8288).
//!
//! A cursor holds the last id that its page covered, so the next page is one range query that starts there,
//! wherever in the list that is. It also holds what it is a cursor of, list and filter, and a checksum over
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
    resource::{MAX_PAGE_ITEMS, PageRequest, Resource},
};

const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 8;

impl Request {
    /// The page that the caller asks for: `limit`, `cursor`, and the parameter that [`Resource::FILTER`]
    /// names.
    ///
    /// # Errors
    /// 400 where `limit` is no whole number from 1 to [`MAX_PAGE_ITEMS`], or the cursor is not one of this
    /// list and filter.
    pub fn page<R: Resource>(&self) -> Result<PageRequest, Error> {
        let limit = self.whole_number("limit", MAX_PAGE_ITEMS as u64)?;
        let asked = R::FILTER.and_then(|name| self.query(name)).filter(|value| !value.is_empty());
        let filter = asked.map(|value| value.to_lowercase());
        let mut page = PageRequest {
            filter,
            after: None,
            limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(MAX_PAGE_ITEMS),
        };
        if let Some(cursor) = self.query("cursor").filter(|cursor| !cursor.is_empty()) {
            let (after, filter) = decode::<R>(&cursor).ok_or(Error::InvalidParameter("Invalid cursor"))?;
            if page.filter.is_some() && page.filter != filter {
                return Err(Error::InvalidParameter("Invalid cursor"));
            }
            page.after = Some(after);
            page.filter = filter;
        }
        Ok(page)
    }
}

/// The value of `Link` that leads to the page after `after`.
pub(super) fn link_to_next<R: Resource>(page: &PageRequest, after: Id) -> String {
    let mut query = Serializer::new(String::new());
    if let (Some(name), Some(value)) = (R::FILTER, &page.filter) {
        query.append_pair(name, value);
    }
    if page.limit != MAX_PAGE_ITEMS {
        query.append_pair("limit", &page.limit.to_string());
    }
    query.append_pair("cursor", &encode::<R>(after, page.filter.as_deref()));
    format!("<{}?{}>; rel=\"next\"", R::PATH, query.finish())
}

/// Version, last id, filter, checksum.
fn encode<R: Resource>(after: Id, filter: Option<&str>) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(after.get().to_be_bytes());
    bytes.extend(filter.unwrap_or_default().as_bytes());
    bytes.extend(checksum::<R>(&bytes));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn decode<R: Resource>(cursor: &str) -> Option<(Id, Option<String>)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (content, sum) = bytes.split_last_chunk::<CHECKSUM_BYTES>()?;
    if checksum::<R>(content) != *sum {
        return None;
    }
    let (&version, content) = content.split_first()?;
    let (after, filter) = content.split_first_chunk::<8>()?;
    let after = Id::try_from(u64::from_be_bytes(*after)).ok()?;
    let filter = String::from_utf8(filter.to_vec()).ok()?;
    (version == VERSION).then_some((after, Some(filter).filter(|filter| !filter.is_empty())))
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

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        for (after, filter) in [(1, None), (7, Some("jane")), (Id::MAX.get(), Some("ä / 漢"))] {
            let cursor = encode::<Note>(id(after), filter);
            assert!(
                cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
                "{cursor}"
            );
            assert_eq!(decode::<Note>(&cursor), Some((id(after), filter.map(str::to_owned))));
            assert_eq!(decode::<Mark>(&cursor), None, "another list's");
        }
    }

    /// Whatever is done to a cursor, it is refused.
    #[test]
    fn a_damaged_cursor_is_none() {
        let cursor = encode::<Note>(id(1_000), Some("jane"));
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
        let mut other_version = BASE64_URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        other_version.truncate(other_version.len() - CHECKSUM_BYTES);
        other_version[0] = VERSION + 1;
        let sum = checksum::<Note>(&other_version);
        other_version.extend(sum);
        assert_eq!(decode::<Note>(&BASE64_URL_SAFE_NO_PAD.encode(other_version)), None, "a later version's");
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn every_cursor_comes_back(number in 1..=Id::MAX.get(), filter in any::text()) {
            let filter = Some(filter).filter(|filter| !filter.is_empty());
            let cursor = encode::<Note>(id(number), filter.as_deref());
            prop_assert_eq!(decode::<Mark>(&cursor), None);
            prop_assert_eq!(decode::<Note>(&cursor), Some((id(number), filter)));
        }

        /// What is taken is what was given, letter by letter.
        #[test]
        fn any_other_text_is_no_cursor(
            text in any::text(),
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
            damaged in any::damaged(Just(encode::<Note>(id(7), Some("jane")).into_bytes())),
        ) {
            let damaged = String::from_utf8_lossy(&damaged).into_owned();
            for text in [text, BASE64_URL_SAFE_NO_PAD.encode(bytes), damaged] {
                if let Some((after, filter)) = decode::<Note>(&text) {
                    prop_assert_eq!(encode::<Note>(after, filter.as_deref()), text);
                }
            }
        }
    }
}
