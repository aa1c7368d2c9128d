//! The items of one table.

use std::{marker::PhantomData, sync::Arc};

use aws_sdk_dynamodb::{operation::get_item::builders::GetItemFluentBuilder, types::ReturnConsumedCapacity};

use super::{
    access::Read,
    database::Database,
    error::{Error, Result},
    item::model,
    keys::{self, Item, PK},
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

    /// Whether there is an item of this id, as of all writes that have finished. It costs the read units of
    /// [`get`](Self::get), for DynamoDB counts the whole item; but only its key is sent, and a damaged item
    /// is there, too.
    ///
    /// # Errors
    /// None that the caller could mend.
    pub async fn exists(&self, id: Id) -> Result<bool> {
        let key_only = self.get_item(keys::item_key(id)).projection_expression(PK);
        Ok(self.database.count(key_only.send()).await?.item.is_some())
    }
}

impl<R: Resource, A> Store<R, A> {
    pub(super) fn model(&self, item: Item) -> Result<Versioned<R>> {
        model(&self.table, item)
    }

    /// What is at a key, as of all writes that have finished.
    pub(super) async fn read(&self, key: Item) -> Result<Option<Item>> {
        Ok(self.database.count(self.get_item(key).send()).await?.item)
    }

    fn get_item(&self, key: Item) -> GetItemFluentBuilder {
        self.database
            .client
            .get_item()
            .table_name(&*self.table)
            .set_key(Some(key))
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
    }
}
