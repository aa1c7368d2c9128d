//! Lists: range by range in id order, never a scan.

use aws_sdk_dynamodb::{
    operation::query::{QueryOutput, builders::QueryFluentBuilder},
    types::AttributeValue,
};
use futures_util::future::try_join;

use super::{
    Read, Result, Store,
    item::model,
    keys::{self, IDS_PER_PARTITION, Item},
    packing,
    query::{can_be_found, looked_up_to},
};
use crate::{
    model::Id,
    resource::{FilterValue, MAX_PAGE_ITEMS, Page, PageRequest, Resource},
};

/// The size at which a page ends, in bytes of Lambda's answer, which may have 6 MB ("Lambda quotas").
pub const MAX_PAGE_BYTES: usize = 4 * 1024 * 1024;
/// The most queries for a page. Where many ids in a row were deleted a page comes back short, with a `next`,
/// rather than late.
const MAX_PAGE_QUERIES: usize = 16;

impl<R: Resource> Store<R, Read> {
    /// The items asked for: all of them as of every write that has finished, those of a filter from an index
    /// that follows a write within a moment. At most 16 queries of 1 MB, and one read of the counter.
    ///
    /// With several filters, the items of the first are read, and the others leave out what does not match.
    /// So a page can be short, or empty, and have a next one.
    ///
    /// # Errors
    /// None that the caller could mend. A damaged item or counter is one: a list is whole, or it fails.
    pub async fn list(&self, wanted: &PageRequest) -> Result<Page<R>> {
        let page = PageBuilder::new(wanted);
        let filters = Self::values(&wanted.filters);
        match filters.split_first() {
            None => self.list_all(page).await,
            Some(_) if !can_be_found(filters) => Ok(page.end()),
            Some((first, others)) => self.list_filtered(first, others, page).await,
        }
    }

    async fn list_all(&self, mut page: PageBuilder<R>) -> Result<Page<R>> {
        let mut range = page.after / IDS_PER_PARTITION;
        let first = self.found(self.next_of_range(range, &page));
        let (mut found, last) = try_join(first, self.last_id()).await?;
        let last_range = last.map_or(0, keys::range_of);
        let mut queries = 1;
        let page = loop {
            if page.add(&self.table, found)? == Rest::None {
                range += 1;
                if range > last_range {
                    break page.end();
                }
                page.after = range * IDS_PER_PARTITION;
            }
            if page.is_full() || queries == MAX_PAGE_QUERIES {
                break page.cut();
            }
            found = self.found(self.next_of_range(range, &page)).await?;
            queries += 1;
        };
        self.check_counter(&page, last).await?;
        Ok(page)
    }

    /// A list ends at the last id that the counter gave out. If the counter is lost, or behind the items, a
    /// list would end too early, and nobody would know.
    async fn check_counter(&self, page: &Page<R>, last: Option<Id>) -> Result<()> {
        let highest = page.items.last().map(R::id);
        if highest <= last && (last.is_some() || self.is_empty().await?) {
            return Ok(());
        }
        // A create may have come in between.
        let last = self.last_id().await?;
        match last {
            Some(_) if highest <= last => Ok(()),
            Some(last) => Err(self.behind(last)),
            None => Err(self.lost()),
        }
    }

    async fn list_filtered(
        &self,
        first: &FilterValue,
        others: &[FilterValue],
        mut page: PageBuilder<R>,
    ) -> Result<Page<R>> {
        // How many items are looked at for each that the page lacks.
        let mut looked_at = 1;
        for _ in 0..MAX_PAGE_QUERIES {
            let most = (looked_at * page.lacking()).min(MAX_PAGE_ITEMS + 1);
            let found = self.found(self.filtered(first, others, page.after).limit(limit(most))).await?;
            // The other filters leave few: ask for more at once.
            if !others.is_empty() && found.scanned_count > found.count {
                looked_at *= 4;
            }
            if page.add(&self.table, found)? == Rest::None {
                return Ok(page.end());
            }
            if page.is_full() {
                break;
            }
        }
        Ok(page.cut())
    }

    fn next_of_range(&self, range: u64, page: &PageBuilder<R>) -> QueryFluentBuilder {
        self.range(range, page.after).limit(limit(page.lacking()))
    }
}

fn limit(items: usize) -> i32 {
    i32::try_from(items).unwrap_or(i32::MAX)
}

/// A page in the making.
struct PageBuilder<R> {
    items: Vec<R>,
    bytes: usize,
    limit: usize,
    /// Every id up to here is covered.
    after: u64,
}

/// Whether a query left items behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    None,
    Some,
}

impl<R: Resource> PageBuilder<R> {
    fn new(wanted: &PageRequest) -> Self {
        let limit = wanted.limit.clamp(1, MAX_PAGE_ITEMS);
        Self { items: Vec::new(), bytes: 0, limit, after: wanted.after.map_or(0, Id::get) }
    }

    /// What the page still lacks, and one more, which tells whether there is more.
    fn lacking(&self) -> usize {
        self.limit - self.items.len() + 1
    }

    fn is_full(&self) -> bool {
        self.items.len() >= self.limit || self.bytes >= MAX_PAGE_BYTES
    }

    /// Takes what fits.
    fn add(&mut self, table: &str, found: QueryOutput) -> Result<Rest> {
        let looked_up_to = looked_up_to(&found);
        for mut item in found.items.unwrap_or_default() {
            if self.is_full() {
                return Ok(Rest::Some);
            }
            packing::unpack(&mut item); // what counts is what the caller gets
            self.bytes += payload_bytes(&item);
            let item: R = model(table, item)?.item;
            self.after = item.id().get();
            self.items.push(item);
        }
        let Some(id) = looked_up_to else { return Ok(Rest::None) };
        self.after = id;
        Ok(Rest::Some)
    }

    /// The page, and nothing after it.
    fn end(self) -> Page<R> {
        Page { items: self.items, next: None }
    }

    /// The page, with more after it.
    fn cut(self) -> Page<R> {
        Page { items: self.items, next: Id::try_from(self.after).ok() }
    }
}

/// About how many bytes an item takes in Lambda's answer, where it is JSON within a JSON string: each quote
/// is two characters.
fn payload_bytes(item: &Item) -> usize {
    2 + item.iter().map(|(name, value)| escaped_bytes(name) + value_bytes(value) + 2).sum::<usize>()
}

fn value_bytes(value: &AttributeValue) -> usize {
    let all = |texts: &[String]| 2 + texts.iter().map(|text| escaped_bytes(text) + 1).sum::<usize>();
    match value {
        AttributeValue::S(text) => escaped_bytes(text),
        AttributeValue::N(number) => number_bytes(number),
        AttributeValue::L(values) => 2 + values.iter().map(|value| value_bytes(value) + 1).sum::<usize>(),
        AttributeValue::M(item) => payload_bytes(item),
        AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => all(texts),
        // As numbers in an array, which is how serde writes bytes.
        AttributeValue::B(bytes) => 2 + 4 * bytes.as_ref().len(),
        AttributeValue::Bs(all) => 2 + all.iter().map(|bytes| 3 + 4 * bytes.as_ref().len()).sum::<usize>(),
        _ => "false".len(),
    }
}

/// A number in JSON is as long as its digits, or shorter: `1e100`. With an exponent it may have gained
/// digits: `1E+15`.
fn number_bytes(number: &str) -> usize {
    const LONGEST: usize = "-2.2250738585072014e-308".len();
    if number.contains(['e', 'E']) { LONGEST } else { number.len() }
}

/// A text with its quotes: a quote or a backslash in it becomes four characters, a control character seven.
fn escaped_bytes(text: &str) -> usize {
    let bytes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' => 4,
        byte if byte < b' ' => 7,
        _ => 1,
    });
    r#"\"\""#.len() + bytes.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::model::Number;
    use testkit::any;

    proptest! {
        #![proptest_config(any::cases())]

        /// A page ends before Lambda refuses it, whatever its items hold: also lists and objects, deep ones
        /// too.
        #[test]
        fn an_item_is_counted_as_it_is_sent(json in any::json()) {
            let json = serde_json::json!({"field": with_numbers(json)});
            let item: Item = serde_dynamo::to_item(&json).unwrap();
            let sent = serde_json::to_string(&json.to_string()).unwrap().len();
            let counted = payload_bytes(&item);
            prop_assert!(counted + 2 >= sent && counted <= 7 * sent, "{counted} for {sent} of {json}");
        }
    }

    /// The same with numbers that a field can have.
    fn with_numbers(json: Value) -> Value {
        match json {
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                serde_json::json!(Number::new(number).unwrap_or_else(|| Number::from(7)))
            }
            Value::Array(values) => values.into_iter().map(with_numbers).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, with_numbers(value))).collect()
            }
            other => other,
        }
    }

    /// DynamoDB may write a number in fewer letters than JSON does.
    #[test]
    fn a_number_with_an_exponent_counts_as_the_longest() {
        for (stored, number) in [("1E+15", 1e15), ("-1.7976931348623157E-100", -1.797_693_134_862_315_7e-100)]
        {
            let sent = serde_json::to_string(&Number::new(number).unwrap()).unwrap();
            assert!(number_bytes(stored) >= sent.len(), "{stored} for {sent}");
        }
    }
}
