//! What the counter tells those who read: where the items end.

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::{
    Error, Read, Result, Store,
    keys::{self, last_id},
};
use crate::{model::Id, resource::Resource};

impl<R: Resource> Store<R, Read> {
    /// The last id that was given out; nothing before the first.
    pub(super) async fn last_id(&self) -> Result<Option<Id>> {
        let Some(counter) = self.read(keys::counter_key()).await? else { return Ok(None) };
        last_id(&counter).map(Some).ok_or_else(|| self.damaged("it holds no id"))
    }

    /// Whether there is nothing in the table, not even a counter: that of a list which nobody has written to.
    pub(super) async fn is_empty(&self) -> Result<bool> {
        let scan = self.database.client.scan().table_name(&*self.table).limit(1).consistent_read(true);
        let scan = scan.return_consumed_capacity(ReturnConsumedCapacity::Total);
        let scanned = self.database.count(scan.send()).await?;
        Ok(scanned.count == 0 && scanned.last_evaluated_key.is_none())
    }

    pub(super) fn damaged(&self, what: &str) -> Error {
        Error::Failed(format!("the counter of {} is damaged: {what}", self.table))
    }

    pub(super) fn lost(&self) -> Error {
        self.damaged("it is lost, and there are items")
    }

    pub(super) fn behind(&self, last: Id) -> Error {
        self.damaged(&format!("it is at {last}, and there are items after it"))
    }
}
