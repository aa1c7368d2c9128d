//! The connection that all stores of a function share, and the meter on it.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use aws_sdk_dynamodb::{
    Client,
    operation::{
        delete_item::DeleteItemOutput, get_item::GetItemOutput, put_item::PutItemOutput, query::QueryOutput,
        transact_write_items::TransactWriteItemsOutput, update_item::UpdateItemOutput,
    },
    types::ConsumedCapacity,
};

use super::client;
use crate::state::Usage;

/// The client, and what was used through it. Clones share both.
#[derive(Debug, Clone)]
pub(super) struct Database {
    pub(super) client: Client,
    usage: Arc<Mutex<Usage>>,
    is_warm: Arc<AtomicBool>,
}

impl Database {
    /// The function's one connection, as the environment describes it.
    ///
    /// # Errors
    /// What is missing or cannot be read, for the log.
    pub(super) fn shared() -> Result<Self, String> {
        static SHARED: OnceLock<Database> = OnceLock::new();
        if let Some(database) = SHARED.get() {
            return Ok(database.clone());
        }
        let database = Self { client: client::from_env()?, usage: Arc::default(), is_warm: Arc::default() };
        Ok(SHARED.get_or_init(|| database).clone())
    }

    /// Makes a call, and counts it and the units that its answer tells: each call asks for `ReturnConsumedCapacity`.
    pub(super) fn count<A: Answer, E>(
        &self,
        call: impl Future<Output = Result<A, E>> + Send,
    ) -> impl Future<Output = Result<A, E>> + Send {
        // On the heap: the SDK's futures are 12 KB, which every future around them would carry along.
        let call = Box::pin(call);
        async {
            let answer = call.await;
            let used = answer.as_ref().map(Answer::usage).unwrap_or_default();
            let mut usage = self.usage.lock().unwrap_or_else(PoisonError::into_inner);
            *usage = usage.and(Usage { calls: 1, ..used });
            answer
        }
    }

    /// Takes on the warm-up for all stores of the function; false where another one has.
    pub(super) fn claim_warm_up(&self) -> bool {
        !self.is_warm.swap(true, Ordering::Relaxed)
    }

    pub(super) fn take_usage(&self) -> Usage {
        std::mem::take(&mut *self.usage.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An answer that tells what it took.
pub(super) trait Answer {
    fn usage(&self) -> Usage;
}

fn units(consumed: Option<&ConsumedCapacity>) -> f64 {
    consumed.and_then(ConsumedCapacity::capacity_units).unwrap_or_default()
}

fn read(consumed: Option<&ConsumedCapacity>) -> Usage {
    Usage { read_units: units(consumed), ..Usage::default() }
}

fn written(consumed: Option<&ConsumedCapacity>) -> Usage {
    Usage { write_units: units(consumed), ..Usage::default() }
}

impl Answer for GetItemOutput {
    fn usage(&self) -> Usage {
        read(self.consumed_capacity())
    }
}

impl Answer for QueryOutput {
    fn usage(&self) -> Usage {
        read(self.consumed_capacity())
    }
}

impl Answer for PutItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

impl Answer for UpdateItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

impl Answer for DeleteItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

/// A unit a table.
impl Answer for TransactWriteItemsOutput {
    fn usage(&self) -> Usage {
        self.consumed_capacity()
            .iter()
            .map(|consumed| written(Some(consumed)))
            .fold(Usage::default(), Usage::and)
    }
}
