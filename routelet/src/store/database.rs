//! The connection that all stores of a function share, and the meter on it.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use aws_sdk_dynamodb::{
    Client,
    operation::{
        delete_item::DeleteItemOutput, get_item::GetItemOutput, put_item::PutItemOutput, query::QueryOutput,
        scan::ScanOutput, transact_write_items::TransactWriteItemsOutput, update_item::UpdateItemOutput,
    },
    types::ConsumedCapacity,
};

use super::{client, repeats::Attempts};
use crate::state::Usage;

/// The client, and what was used through it. Clones share both.
#[derive(Debug, Clone)]
pub(super) struct Database {
    pub(super) client: Client,
    attempts: Arc<Attempts>,
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
        let attempts = Arc::<Attempts>::default();
        let client = client::from_env(Arc::clone(&attempts))?;
        let database = Self { client, attempts, usage: Arc::default(), is_warm: Arc::default() };
        Ok(SHARED.get_or_init(|| database).clone())
    }

    /// Makes a call that may be repeated, and counts it and the units that its answer tells: each call asks
    /// for `ReturnConsumedCapacity`.
    pub(super) fn count<A: Metered, E>(
        &self,
        call: impl Future<Output = Result<A, E>> + Send,
    ) -> impl Future<Output = Result<A, E>> + Send {
        self.begin(false, false);
        self.call(call)
    }

    /// As [`count`](Self::count), for a write that the SDK repeats only if it was certainly not made.
    pub(super) fn write_once<A: Metered, E>(
        &self,
        call: impl Future<Output = Result<A, E>> + Send,
    ) -> impl Future<Output = Result<A, E>> + Send {
        self.begin(true, true);
        self.call(call)
    }

    /// As [`count`](Self::count), for a write that DynamoDB itself makes once, by its token.
    pub(super) fn write_with_token<A: Metered, E>(
        &self,
        call: impl Future<Output = Result<A, E>> + Send,
    ) -> impl Future<Output = Result<A, E>> + Send {
        self.begin(false, true);
        self.call(call)
    }

    /// Whether an attempt of the last call may have been carried out, though the call failed.
    pub(super) fn is_unsure(&self) -> bool {
        self.attempts.is_unsure()
    }

    /// The last write was certainly not made.
    pub(super) fn nothing_written(&self) {
        let mut usage = self.usage();
        usage.writes = usage.writes.saturating_sub(1);
    }

    fn begin(&self, is_single: bool, is_write: bool) {
        self.attempts.begin(is_single);
        self.usage().writes += u32::from(is_write);
    }

    fn call<A: Metered, E>(
        &self,
        call: impl Future<Output = Result<A, E>> + Send,
    ) -> impl Future<Output = Result<A, E>> + Send {
        // On the heap: the SDK's futures are 12 KB, which every future around them would carry along.
        let call = Box::pin(call);
        async {
            let answer = call.await;
            let used = answer.as_ref().map(Metered::usage).unwrap_or_default();
            let mut usage = self.usage();
            *usage = usage.and(Usage { calls: 1, ..used });
            answer
        }
    }

    /// Takes on the warm-up for all stores of the function; false where another one has.
    pub(super) fn claim_warm_up(&self) -> bool {
        !self.is_warm.swap(true, Ordering::Relaxed)
    }

    pub(super) fn take_usage(&self) -> Usage {
        std::mem::take(&mut *self.usage())
    }

    fn usage(&self) -> MutexGuard<'_, Usage> {
        self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer of DynamoDB that tells what the call consumed.
pub(super) trait Metered {
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

impl Metered for GetItemOutput {
    fn usage(&self) -> Usage {
        read(self.consumed_capacity())
    }
}

impl Metered for QueryOutput {
    fn usage(&self) -> Usage {
        read(self.consumed_capacity())
    }
}

impl Metered for ScanOutput {
    fn usage(&self) -> Usage {
        read(self.consumed_capacity())
    }
}

impl Metered for PutItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

impl Metered for UpdateItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

impl Metered for DeleteItemOutput {
    fn usage(&self) -> Usage {
        written(self.consumed_capacity())
    }
}

/// A unit a table.
impl Metered for TransactWriteItemsOutput {
    fn usage(&self) -> Usage {
        self.consumed_capacity()
            .iter()
            .map(|consumed| written(Some(consumed)))
            .fold(Usage::default(), Usage::and)
    }
}
