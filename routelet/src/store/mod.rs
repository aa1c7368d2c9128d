//! Items in DynamoDB.
//!
//! The only place that knows keys, attributes and the SDK. One implementation for every [`Resource`], typed
//! by it. Each change is one conditional write, so there is nothing to read first and no race to lose. A
//! write whose answer gets lost is made once at most ([`Error::Unsure`]); `docs/architecture.md` has the
//! argument.
//!
//! | access | call | round trips |
//! |---|---|---|
//! | [`Read`] | [`get`](Store::get) | a consistent `GetItem` |
//! | | [`list`](Store::list) | a consistent `Query` a range, while the counter is read beside the first; where neither finds anything, a `Scan` of one item |
//! | [`Create`] | [`create`](Store::create) | `UpdateItem` of the counter, then a `PutItem` of what must not exist |
//! | | `create` with a key | a consistent `GetItem` of the key's record; then as above, record and item in one transaction |
//! | [`Update`] | [`update`](Store::update) | an `UpdateItem` of what must exist and be older, which returns the new item |
//! | [`Delete`] | [`delete`](Store::delete) | a `DeleteItem` that returns the old item |

mod access;
mod change;
mod client;
mod conditions;
mod create;
mod database;
mod error;
mod idempotency;
mod item;
mod keys;
mod list;
mod packing;
mod repeats;

use std::{marker::PhantomData, sync::Arc, time::Duration};

use aws_sdk_dynamodb::types::ReturnConsumedCapacity;

pub use access::{Access, Create, Delete, Read, Update};
pub use error::Error;
pub use list::MAX_PAGE_BYTES;

use crate::{
    env::required,
    model::{Id, Versioned},
    resource::Resource,
    state::{State, Usage},
};
use database::Database;
use item::model;
use keys::Item;

/// What a call to the store returns.
pub type Result<T> = std::result::Result<T, Error>;

/// How long a start may wait for the connection. Opening one takes milliseconds where the database is well;
/// where it is not, the first request will tell.
const WARM_UP: Duration = Duration::from_secs(2);

/// The items of one table, to do with what the [`Access`] `A` allows. Cheap to clone; all stores of a
/// function share one connection.
#[derive(Debug)]
pub struct Store<R, A> {
    database: Database,
    table: Arc<str>,
    kind: PhantomData<fn() -> (R, A)>,
}

impl<R, A> Clone for Store<R, A> {
    fn clone(&self) -> Self {
        Self { database: self.database.clone(), table: Arc::clone(&self.table), kind: PhantomData }
    }
}

/// Region, credentials, endpoint and the table's name, as Lambda's environment has them.
impl<R: Resource + 'static, A: Access> State for Store<R, A> {
    fn from_env() -> std::result::Result<Self, String> {
        let table = required(R::TABLE_VARIABLE)?;
        Ok(Self { database: Database::shared()?, table: table.into(), kind: PhantomData })
    }

    /// Opens the connection, by a call that `A` allows and that does nothing; once for all stores of a
    /// function.
    async fn warm_up(&self) -> std::result::Result<(), String> {
        if !self.database.claim_warm_up() {
            return Ok(());
        }
        match tokio::time::timeout(WARM_UP, A::probe(self)).await {
            Ok(called) => called.map_err(|error| error.to_string()),
            Err(_) => Err(format!("the database did not answer in {} s", WARM_UP.as_secs())),
        }
    }

    fn take_usage(&self) -> Usage {
        self.database.take_usage()
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
    fn model(&self, item: Item) -> Result<Versioned<R>> {
        model(&self.table, item)
    }

    /// What is at a key, as of all writes that have finished.
    async fn read(&self, key: Item) -> Result<Option<Item>> {
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
