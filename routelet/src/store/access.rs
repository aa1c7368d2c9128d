//! What a function may do in a table.
//!
//! The type of a store says it, so that a function has no calls that its permissions in template.yaml do not
//! allow, and its connection is opened by one of those that they do.

use aws_sdk_dynamodb::{config::http::HttpResponse, error::SdkError, types::ReturnConsumedCapacity};

use super::{
    Error, Result, Store,
    change::{Refusal, refusal},
    conditions::NEVER,
    keys,
};
use crate::resource::Resource;

/// `get` and `list`: `dynamodb:GetItem`, and `dynamodb:Query` and `Scan` to list.
#[derive(Debug)]
pub enum Read {}
/// `create`: `dynamodb:GetItem`, `UpdateItem` and `PutItem`.
#[derive(Debug)]
pub enum Create {}
/// `update`: `dynamodb:UpdateItem`.
#[derive(Debug)]
pub enum Update {}
/// `delete`: `dynamodb:DeleteItem`.
#[derive(Debug)]
pub enum Delete {}

/// One of [`Read`], [`Create`], [`Update`] and [`Delete`].
pub trait Access: sealed::Access {}
impl<A: sealed::Access> Access for A {}

pub(super) mod sealed {
    use super::{Resource, Result, Store};

    pub trait Access: Sized + 'static {
        /// Calls the database, changes nothing and reads nothing.
        fn probe<R: Resource>(store: &Store<R, Self>) -> impl Future<Output = Result<()>> + Send;
    }
}

impl sealed::Access for Read {
    async fn probe<R: Resource>(store: &Store<R, Self>) -> Result<()> {
        store.read(keys::no_key()).await.map(drop)
    }
}

impl sealed::Access for Create {
    async fn probe<R: Resource>(store: &Store<R, Self>) -> Result<()> {
        store.read(keys::no_key()).await.map(drop)
    }
}

impl sealed::Access for Update {
    async fn probe<R: Resource>(store: &Store<R, Self>) -> Result<()> {
        let update = store.database.client.update_item();
        let update = update
            .table_name(&*store.table)
            .set_key(Some(keys::no_key()))
            .condition_expression(NEVER)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        refused(store.database.count(update.send()).await)
    }
}

impl sealed::Access for Delete {
    async fn probe<R: Resource>(store: &Store<R, Self>) -> Result<()> {
        let delete = store.database.client.delete_item();
        let delete = delete
            .table_name(&*store.table)
            .set_key(Some(keys::no_key()))
            .condition_expression(NEVER)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        refused(store.database.count(delete.send()).await)
    }
}

/// The condition failed, as it had to: the call came through.
fn refused<A, E: Refusal>(called: std::result::Result<A, SdkError<E, HttpResponse>>) -> Result<()> {
    match called {
        Err(error) if refusal(&error).is_some() => Ok(()),
        Err(error) => Err(error.into()),
        Ok(_) => Err(Error::Failed("a condition held that never does".to_owned())),
    }
}
