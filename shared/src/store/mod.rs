//! Posts and tasks in DynamoDB.
//!
//! The only place that knows keys, attributes and the SDK. One implementation for every [`Resource`], typed by
//! it. Each change is one conditional write, so there is nothing to read first and no race to lose:
//!
//! | call | round trips |
//! |---|---|
//! | [`get`](Store::get) | a consistent `GetItem` |
//! | [`create`](Store::create) | `UpdateItem` of the counter, then a `PutItem` of what must not exist |
//! | `create` with a key | a consistent `GetItem` of the key's record; then as above, record and item in one transaction |
//! | [`update`](Store::update) | an `UpdateItem` of what must exist, which returns the new item |
//! | [`delete`](Store::delete) | a `DeleteItem` that returns the old item |
//! | [`list`](Store::list) | a consistent `Query` a range, while the counter is read beside the first |

mod client;
mod error;
mod keys;
mod list;
mod once;
mod packing;
mod write;

use std::{marker::PhantomData, sync::Arc};

use aws_sdk_dynamodb::Client;

pub use error::Error;
pub use list::{MAX_PAGE_BYTES, MAX_PAGE_ITEMS, Page, PageRequest};
pub use once::{Created, Once};

use crate::{
    env::{FromEnv, required},
    models::{Id, Post, Resource, Task, Version, Versioned},
};
use keys::{Item, VERSION};

/// What a call to the store returns.
pub type Result<T> = std::result::Result<T, Error>;

/// The posts.
pub type Posts = Store<Post>;
/// The tasks.
pub type Tasks = Store<Task>;

/// The items of one table. Cheap to clone; all clones share one connection.
#[derive(Debug)]
pub struct Store<R> {
    client: Client,
    table: Arc<str>,
    resource: PhantomData<fn() -> R>,
}

impl<R> Clone for Store<R> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), table: Arc::clone(&self.table), resource: PhantomData }
    }
}

/// Region, credentials, endpoint and the table's name, as Lambda's environment has them.
impl<R: Resource> FromEnv for Store<R> {
    fn from_env() -> std::result::Result<Self, String> {
        let table = required(R::TABLE_VARIABLE)?;
        Ok(Self { client: client::from_env()?, table: table.into(), resource: PhantomData })
    }
}

impl<R: Resource> Store<R> {
    /// The item of this id, as of all writes that have finished.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn get(&self, id: Id) -> Result<Versioned<R>> {
        model(self.read(keys::item_key(id)).await?.ok_or(Error::NotFound(R::NOT_FOUND))?)
    }

    /// What is at a key, as of all writes that have finished.
    async fn read(&self, key: Item) -> Result<Option<Item>> {
        let found = self
            .client
            .get_item()
            .table_name(&*self.table)
            .set_key(Some(key))
            .consistent_read(true)
            .send()
            .await?;
        Ok(found.item)
    }
}

/// An item as its model. Attributes that the model does not name are the store's own.
fn model<R: Resource>(mut item: Item) -> Result<Versioned<R>> {
    let broken = |what: String| Error::Failed(format!("an item is not what was stored: {what}"));
    let version = item.remove(VERSION).and_then(|version| Version::from_text(version.as_s().ok()?));
    let version = version.ok_or_else(|| broken("it has no version".to_owned()))?;
    packing::unpack(&mut item);
    let item = serde_dynamo::from_item(item).map_err(|error| broken(error.to_string()))?;
    Ok(Versioned { item, version })
}
