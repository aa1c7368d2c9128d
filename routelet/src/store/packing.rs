//! Room for the longest texts.
//!
//! An item of DynamoDB ends at 400 KB ("Constraints in Amazon DynamoDB"). Of the texts that the models allow,
//! one does not fit where every character takes four bytes of UTF-8: 100,000 of them beside a title. A text
//! over [`Stored::PACKED_BYTES`] is therefore stored as a binary attribute of three bytes a character, which
//! is enough for every code point and makes it 300 KB at most. Any shorter text is stored as it is.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};

use super::keys::Item;
use crate::model::Stored;

/// Packs the texts that need it, also those within arrays and objects.
pub(super) fn pack(item: &mut Item) {
    item.values_mut().for_each(pack_value);
}

fn pack_value(value: &mut AttributeValue) {
    match value {
        AttributeValue::S(text) if text.len() > Stored::PACKED_BYTES => {
            let packed: Vec<u8> =
                text.chars().flat_map(|letter| [16, 8, 0].map(|bits| byte(letter, bits))).collect();
            *value = AttributeValue::B(Blob::new(packed));
        }
        AttributeValue::L(values) => values.iter_mut().for_each(pack_value),
        AttributeValue::M(item) => pack(item),
        _ => {}
    }
}

/// Undoes [`pack`]. A binary attribute that is no text stays as it is.
pub(super) fn unpack(item: &mut Item) {
    item.values_mut().for_each(unpack_value);
}

fn unpack_value(value: &mut AttributeValue) {
    match value {
        AttributeValue::B(packed) => {
            if let Some(text) = unpacked(packed.as_ref()) {
                *value = AttributeValue::S(text);
            }
        }
        AttributeValue::L(values) => values.iter_mut().for_each(unpack_value),
        AttributeValue::M(item) => unpack(item),
        _ => {}
    }
}

fn byte(letter: char, bits: u32) -> u8 {
    (u32::from(letter) >> bits).to_be_bytes()[3]
}

fn unpacked(packed: &[u8]) -> Option<String> {
    let letter = |bytes: &[u8]| match *bytes {
        [high, middle, low] => char::from_u32(u32::from_be_bytes([0, high, middle, low])),
        _ => None,
    };
    packed.chunks(3).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_text_comes_back_and_fits() {
        for text in
            ["", "short", &"\u{10ffff}".repeat(100_000), &"a😀漢\0".repeat(75_001), &"x".repeat(300_000)]
        {
            let item = Item::from([("text".to_owned(), AttributeValue::S(text.to_owned()))]);
            let mut stored = item.clone();
            pack(&mut stored);
            let bytes = match &stored["text"] {
                AttributeValue::B(packed) => packed.as_ref().len(),
                AttributeValue::S(text) => text.len(),
                other => panic!("{other:?}"),
            };
            assert!(bytes <= 3 * text.chars().count().max(100_000), "{bytes} bytes");
            unpack(&mut stored);
            assert_eq!(stored, item);
        }
    }

    #[test]
    fn texts_within_arrays_and_objects_are_packed_too() {
        let text = "\u{10ffff}".repeat(100_000);
        let object = HashMap::from([("text".to_owned(), AttributeValue::S(text))]);
        let list = AttributeValue::L(vec![AttributeValue::Bool(true), AttributeValue::M(object)]);
        let item = Item::from([("list".to_owned(), list)]);
        let mut stored = item.clone();
        pack(&mut stored);
        assert!(stored["list"].as_l().unwrap()[1].as_m().unwrap()["text"].is_b());
        unpack(&mut stored);
        assert_eq!(stored, item);
    }

    #[test]
    fn short_texts_stay_readable() {
        let mut item = Item::from([("text".to_owned(), AttributeValue::S("x".repeat(300_000)))]);
        pack(&mut item);
        assert!(item["text"].is_s());
    }
}
