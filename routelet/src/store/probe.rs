//! A call that opens the connection: one that a function's permissions allow, and that does nothing.

use aws_sdk_dynamodb::{config::http::HttpResponse, error::SdkError, types::ReturnConsumedCapacity};

use super::{
    access::{Create, Delete, Read, Update},
    change::{Refusal, refusal},
    conditions::NEVER,
    error::{Error, Result},
    keys,
    table::Store,
};
use crate::resource::Resource;

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
