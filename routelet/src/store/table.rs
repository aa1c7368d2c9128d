//! The items of one table.

use std::{marker::PhantomData, sync::Arc};

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

use super::{
    access::Read,
    database::Database,
    error::{Error, Result},
    item::model,
    keys::{self, Item},
};
use crate::{
    model::{Id, Versioned},
    resource::Resource,
};

/// The items of one table, to do with what the [`Access`](super::Access) `A` allows. Cheap to clone; all
/// stores of a function share one connection.
#[derive(Debug)]
pub struct Store<R, A> {
    pub(super) database: Database,
    pub(super) table: Arc<str>,
    kind: PhantomData<fn() -> (R, A)>,
}

impl<R, A> Clone for Store<R, A> {
    fn clone(&self) -> Self {
        Self { database: self.database.clone(), table: Arc::clone(&self.table), kind: PhantomData }
    }
}

impl<R, A> Store<R, A> {
    pub(super) fn new(database: Database, table: String) -> Self {
        Self { database, table: table.into(), kind: PhantomData }
    }
}

impl<R: Resource> Store<R, Read> {
    /// The item of this id, as of all writes that have finished.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn get(&self, id: Id) -> Result<Versioned<R>> {
        self.model(self.read(keys::item_key(id)).await?.ok_or(Error::NotFound(R::NOT_FOUND))?)
    }
}

impl<R: Resource, A> Store<R, A> {
    pub(super) fn model(&self, item: Item) -> Result<Versioned<R>> {
        model(&self.table, item)
    }

    /// What is at a key, as of all writes that have finished.
    pub(super) async fn read(&self, key: Item) -> Result<Option<Item>> {
        let get = self
            .database
            .client
            .get_item()
            .table_name(&*self.table)
            .set_key(Some(key))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        Ok(self.database.count(get.send()).await?.item)
    }
}
