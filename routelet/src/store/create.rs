//! Creates: an id of the counter, then a put of what must not exist.

use std::time::Duration;

use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnConsumedCapacity, ReturnValue, ReturnValuesOnConditionCheckFailure,
};

use super::{
    Create, Error, Result, Store,
    change::refusal,
    item::stored,
    keys::{self, CREATED_AT, Item, LAST_ID, PK, VERSION, last_id},
    repeats::may_be_made,
};
use crate::{
    model::{Id, Timestamp, Version, Versioned},
    resource::Resource,
};

/// How long a create may take to find out whether it was made. Its function still has to answer in time.
pub(super) const FIND_OUT: Duration = Duration::from_secs(2);

impl<R: Resource> Store<R, Create> {
    /// Makes an item of the next id.
    pub(super) async fn create_new(&self, new: R::New) -> Result<Versioned<R>> {
        let created = self.prepare(new).await?;
        self.put(&created).await?;
        Ok(created)
    }

    /// Gives a new item its id, time and version.
    pub(super) async fn prepare(&self, new: R::New) -> Result<Versioned<R>> {
        let id = self.next_id().await?;
        Ok(Versioned { item: R::create(id, Timestamp::now(), new), version: Version::new() })
    }

    async fn put(&self, created: &Versioned<R>) -> Result<()> {
        let put = self
            .database
            .client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(stored(created)?))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let Err(error) = self.database.write_once(put.send()).await else { return Ok(()) };
        if may_be_made(&error) {
            return self.find_out(created, Error::from(error)).await;
        }
        match refusal(&error) {
            // Something between here and the database has repeated the write: what is there is what we put.
            Some(found) if is_version(found, &created.version) => Ok(()),
            Some(_) => {
                self.database.nothing_written();
                Err(taken(created.item.id()))
            }
            None => {
                self.database.nothing_written();
                Err(error.into())
            }
        }
    }

    /// Looks whether a put whose answer got lost was made. It is never repeated: if another caller has
    /// deleted the item since, it would come back.
    async fn find_out(&self, created: &Versioned<R>, lost: Error) -> Result<()> {
        let found = self.read(keys::item_key(created.item.id()));
        match tokio::time::timeout(FIND_OUT, found).await {
            // The id is this create's alone, so the item is, too, even if somebody has changed it since.
            Ok(Ok(Some(found))) if is_same_item(&found, &stored(created)?) => Ok(()),
            Ok(Ok(Some(_))) => {
                self.database.nothing_written();
                Err(taken(created.item.id()))
            }
            _ => Err(Error::Unsure(lost.to_string())),
        }
    }

    /// Takes the next id from the counter, in one atomic step. An id whose item was then not written, or
    /// whose answer got lost, is left out: ids grow, they do not count. So the SDK may repeat this.
    async fn next_id(&self) -> Result<Id> {
        let take = self
            .database
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(keys::counter_key()))
            .update_expression("ADD #last :one")
            .expression_attribute_names("#last", LAST_ID)
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values(ReturnValue::UpdatedNew)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let taken = self.database.count(take.send()).await?;
        taken.attributes.as_ref().and_then(last_id).ok_or_else(|| {
            Error::Failed("the counter holds no id: they are used up, or it is damaged".to_owned())
        })
    }
}

pub(super) fn taken(id: Id) -> Error {
    Error::Failed(format!("id {id} is taken: the counter is behind the items"))
}

/// Whether two states are of one item: only its creation gives an item its time.
fn is_same_item(one: &Item, other: &Item) -> bool {
    one.get(CREATED_AT).is_some() && one.get(CREATED_AT) == other.get(CREATED_AT)
}

fn is_version(item: Option<&Item>, version: &Version) -> bool {
    let found = item.and_then(|item| item.get(VERSION)?.as_s().ok());
    found.is_some_and(|found| found == version.as_str())
}
