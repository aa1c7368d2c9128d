//! Counts: right up to a bound, and honest beyond it.
//!
//! DynamoDB keeps no count that is right: that of `DescribeTable` is up to six hours old, and includes the
//! counter and the records of idempotent creates. One of our own would have to change in one transaction with
//! each create and delete. A create would cost 5 write units instead of 2, a delete 4 instead of 1, and all
//! writers of a resource would meet at one item, where DynamoDB cancels one of two transactions at the same
//! moment. It would know nothing of filters. The last id says how many items were made, not how many are
//! left.
//!
//! So the items are counted, by queries that return numbers alone, up to a bound: "10,000+" is enough for a
//! page, and one request of a caller costs no more than that.

use std::ops::RangeInclusive;

use aws_sdk_dynamodb::{operation::query::builders::QueryFluentBuilder, types::Select};
use futures_util::future::try_join;

use super::{
    Read, Result, Store,
    keys::{self, IDS_PER_PARTITION},
    query::{can_be_found, looked_up_to},
};
use crate::{
    model::Id,
    resource::{Count, FilterValue, Filters, MAX_COUNT, Resource},
};

/// The most queries for a count. Each reads 1 MB at most, which is 256 units, or 128 of an index.
const MAX_COUNT_QUERIES: usize = 16;

impl<R: Resource> Store<R, Read> {
    /// How many items there are that have the values of `filters`, up to [`MAX_COUNT`]: all of them as of
    /// every write that has finished, those of a filter by an index that follows a write within a moment.
    ///
    /// **Cost.** A count reads the items, though only their number is sent: a unit for each 4 KB, half of it
    /// with a filter. 1,000 items of 1 KB are 250 units and one query, 10,000 are 2,500 and ten. At most it
    /// is 16 queries of 1 MB, one after the other, which is 4,096 units; then [`Count::more`] is true, as it
    /// is if there are more than [`MAX_COUNT`] items. Without a filter there are two reads more, of a unit at
    /// most: one of the counter, before the first query, and one beside it.
    ///
    /// **What is counted.** An item that cannot be read is counted, too. The records of idempotent creates
    /// are not. Beside other callers' writes a count is that of no single moment: an item that was there
    /// throughout is counted once.
    ///
    /// # Errors
    /// None that the caller could mend. A damaged counter is one: without it, nobody knows where the items
    /// end.
    pub async fn count(&self, filters: &Filters) -> Result<Count> {
        let filters = Self::values(filters);
        match filters.split_first() {
            None => self.count_all().await,
            Some(_) if !can_be_found(filters) => Ok(Count { count: 0, more: false }),
            Some((first, others)) => self.count_filtered(first, others).await,
        }
    }

    async fn count_all(&self) -> Result<Count> {
        let last = match self.last_id().await? {
            Some(last) => last,
            None if self.is_empty().await? => return Ok(Count { count: 0, more: false }),
            // The first create may have come in between.
            None => self.last_id().await?.ok_or_else(|| self.lost())?,
        };
        let counted = self.count_each(0..=keys::range_of(last), |range, after| self.range(range, after));
        let (count, ()) = try_join(counted, self.check_end(last)).await?;
        Ok(count)
    }

    /// A count ends with the range of the last id that the counter gave out. If the counter is behind the
    /// items, a count would end too early, and nobody would know.
    async fn check_end(&self, last: Id) -> Result<()> {
        let after = self.range(last.get() / IDS_PER_PARTITION, last.get());
        if self.found(after.select(Select::Count).limit(1)).await?.count == 0 {
            return Ok(());
        }
        // A create may have come in between.
        if self.last_id().await? > Some(last) { Ok(()) } else { Err(self.behind(last)) }
    }

    async fn count_filtered(&self, first: &FilterValue, others: &[FilterValue]) -> Result<Count> {
        self.count_each(0..=0, |_, after| self.filtered(first, others, after)).await
    }

    /// Counts what `query` finds in each of the ranges after an id.
    async fn count_each(
        &self,
        ranges: RangeInclusive<u64>,
        query: impl Fn(u64, u64) -> QueryFluentBuilder,
    ) -> Result<Count> {
        let (mut count, mut queries) = (0, 0);
        for range in ranges {
            let mut after = Some(0);
            while let Some(id) = after {
                if queries == MAX_COUNT_QUERIES {
                    return Ok(Count { count, more: true });
                }
                let found = self.found(query(range, id).select(Select::Count)).await?;
                queries += 1;
                count += u64::try_from(found.count).unwrap_or_default();
                if count > MAX_COUNT {
                    return Ok(Count { count: MAX_COUNT, more: true });
                }
                after = looked_up_to(&found);
            }
        }
        Ok(Count { count, more: false })
    }
}
