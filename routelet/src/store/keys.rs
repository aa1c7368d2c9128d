//! Where things are in a table.
//!
//! Every table has a string partition key `pk` and a number sort key `id`. An item sits in the partition of
//! its id's range, sorted by id; the counter that gives the next id has a partition to itself.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::model::Id;

/// An item as DynamoDB has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The partition key's name.
pub(super) const PK: &str = "pk";
/// The sort key's name, and the id's.
pub(super) const ID: &str = "id";
/// The attribute of the counter that holds the last id given out.
pub(super) const LAST_ID: &str = "lastId";
/// The attribute that tells one state of an item from another. Callers never see it in a body.
pub(super) const VERSION: &str = "version";
/// The attribute that tells when an item was made, as the models name it. It never changes.
pub(super) const CREATED_AT: &str = "createdAt";
/// How many ids share a partition. A list walks partitions in id order, so that a page costs the same
/// wherever it lies; and reads spread over partitions, each of which serves 3,000 units a second ("Best
/// practices for designing and using partition keys effectively in DynamoDB"). Stored data depends on it: it
/// can never change for a table that has items.
pub(super) const IDS_PER_PARTITION: u64 = 10_000;

const COUNTER: &str = "counter";

/// The partition that an id lies in, counted from 0.
pub(super) fn range_of(id: Id) -> u64 {
    (id.get() - 1) / IDS_PER_PARTITION
}

/// The partition key of a range.
pub(super) fn range_key(range: u64) -> AttributeValue {
    AttributeValue::S(format!("items#{range}"))
}

/// The key of an item.
pub(super) fn item_key(id: Id) -> Item {
    key(range_key(range_of(id)), id.get())
}

/// The key of the counter.
pub(super) fn counter_key() -> Item {
    key(AttributeValue::S(COUNTER.to_owned()), 0)
}

/// The id in the counter item; nothing if it holds none.
pub(super) fn last_id(counter: &Item) -> Option<Id> {
    counter.get(LAST_ID)?.as_n().ok()?.parse().ok()
}

/// The key of the record of an idempotent create.
pub(super) fn record_key(name: &str) -> Item {
    key(AttributeValue::S(format!("once#{name}")), 0)
}

/// A key that nothing is ever at.
pub(super) fn no_key() -> Item {
    key(AttributeValue::S("nothing".to_owned()), 0)
}

fn key(partition: AttributeValue, id: u64) -> Item {
    Item::from([(PK.to_owned(), partition), (ID.to_owned(), AttributeValue::N(id.to_string()))])
}

/// The index that a list filtered by `attribute` reads: `by-author`. Its sort key is the id.
pub(super) fn filter_index(attribute: &str) -> String {
    format!("by-{attribute}")
}

/// The attribute that is that index's partition key: `authorKey`.
pub(super) fn filter_key(attribute: &str) -> String {
    format!("{attribute}Key")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items that are stored are found only as long as an id leads to the same partition.
    #[test]
    fn partitions_begin_after_each_ten_thousandth_id() {
        let range = |id: u64| range_of(id.try_into().unwrap());
        assert_eq!([1, 10_000, 10_001, 20_000, 20_001].map(range), [0, 0, 1, 1, 2]);
        assert_eq!(range_key(0), AttributeValue::S("items#0".to_owned()));
    }
}
