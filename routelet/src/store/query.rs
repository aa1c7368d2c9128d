//! The queries that lists and counts are made of.

use aws_sdk_dynamodb::{
    operation::query::{QueryOutput, builders::QueryFluentBuilder},
    types::{AttributeValue, ReturnConsumedCapacity},
};

use super::{
    Read, Result, Store,
    keys::{self, ID, PK},
};
use crate::{
    model::MAX_KEY_BYTES,
    resource::{FilterValue, Filters, Resource},
};

impl<R: Resource> Store<R, Read> {
    /// The values to filter by. Of a model without filters there are none, as the compiler can see: so its
    /// lists link no query of an index.
    pub(super) fn values(filters: &Filters) -> &[FilterValue] {
        if R::FILTERS.is_empty() { &[] } else { filters.values() }
    }

    /// The items of a range with ids above `after`, as of all writes that have finished.
    pub(super) fn range(&self, range: u64, after: u64) -> QueryFluentBuilder {
        self.query(PK, keys::range_key(range), after).consistent_read(true)
    }

    /// The items that have all these values, with ids above `after`. Those of the first are found in its
    /// index, and compared with the others.
    pub(super) fn filtered(
        &self,
        first: &FilterValue,
        others: &[FilterValue],
        after: u64,
    ) -> QueryFluentBuilder {
        let value = |of: &FilterValue| AttributeValue::S(of.value.clone());
        let mut query = self
            .query(&keys::filter_key(first.name), value(first), after)
            .index_name(keys::filter_index(first.name));
        let mut conditions = Vec::with_capacity(others.len());
        for (number, other) in others.iter().enumerate() {
            let wanted = format!(":other{number}");
            conditions.push(format!("{} = {wanted}", keys::filter_key(other.name)));
            query = query.expression_attribute_values(wanted, value(other));
        }
        let condition = Some(conditions.join(" AND ")).filter(|condition| !condition.is_empty());
        query.set_filter_expression(condition)
    }

    fn query(&self, key: &str, value: AttributeValue, after: u64) -> QueryFluentBuilder {
        self.database
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression("#key = :key AND #id > :after")
            .expression_attribute_names("#key", key)
            .expression_attribute_names("#id", ID)
            .expression_attribute_values(":key", value)
            .expression_attribute_values(":after", AttributeValue::N(after.to_string()))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
    }

    pub(super) async fn found(&self, query: QueryFluentBuilder) -> Result<QueryOutput> {
        Ok(self.database.count(query.send()).await?)
    }
}

/// Whether an item can have all these values: folding can make a text longer than a key can be, and DynamoDB
/// refuses to look for such a one.
pub(super) fn can_be_found(filters: &[FilterValue]) -> bool {
    filters.iter().all(|filter| filter.value.len() <= MAX_KEY_BYTES)
}

/// The last id that a query looked at, where it left items behind.
pub(super) fn looked_up_to(found: &QueryOutput) -> Option<u64> {
    found.last_evaluated_key()?.get(ID)?.as_n().ok()?.parse().ok()
}
