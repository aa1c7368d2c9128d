//! Creates that happen once, however often they are sent.
//!
//! A record of the key is written in one transaction with its item: both are there, or neither is. It holds
//! the item as it was made, which is what a retry is answered with, whatever has become of the item since.
//! DynamoDB removes expired records within days ("Using time to live in DynamoDB"); until then the code looks
//! at the time itself.

use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::{
    config::http::HttpResponse,
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{AttributeValue, CancellationReason, Put, ReturnConsumedCapacity, TransactWriteItem},
};

use super::{
    Create, Error, Result, Store,
    create::{FIND_OUT, taken},
    error::is_too_large,
    item::stored,
    keys::{self, Item, PK},
    repeats::may_be_made,
};
use crate::{
    model::Versioned,
    resource::{Created, IdempotencyKey, Resource},
};

/// How long a key is known: 24 hours.
const LIFETIME: Duration = Duration::from_hours(24);
/// How often a create whose key many send at once tries to find out who was first.
const ATTEMPTS: u32 = 8;
/// The longest pause before the second attempt; each further one may be twice as long.
const PAUSE: Duration = Duration::from_millis(10);

/// The attribute by which DynamoDB removes expired records: seconds since 1970.
const EXPIRES_AT: &str = "expiresAt";
const PAYLOAD: &str = "payload";
const ITEM: &str = "item";

/// Why record and item were not written, or perhaps were.
enum Refused {
    /// Another request has the key, or is about to.
    Contended,
    /// The answer got lost.
    Unsure(Error),
    Failed(Error),
}

impl<R: Resource> Store<R, Create> {
    /// Makes an item of the next id; with a `key`, only where no create with the same key has made one
    /// already.
    ///
    /// # Errors
    /// [`Error::KeyReused`] where the key came with another payload before.
    pub async fn create(&self, new: R::New, key: Option<IdempotencyKey>) -> Result<Created<R>> {
        match key {
            Some(key) => self.create_once(new, &key).await,
            None => Ok(Created { item: self.create_new(new).await?, is_replay: false }),
        }
    }

    async fn create_once(&self, new: R::New, key: &IdempotencyKey) -> Result<Created<R>> {
        if let Some(first) = self.first(key).await? {
            return Ok(Created { item: first, is_replay: true });
        }
        let created = self.prepare(new).await?;
        for attempt in 0..ATTEMPTS {
            match self.put_once(&created, key).await {
                Ok(()) => return Ok(Created { item: created, is_replay: false }),
                Err(Refused::Failed(error)) => {
                    self.database.nothing_written();
                    return Err(error);
                }
                Err(Refused::Unsure(lost)) => {
                    let first = tokio::time::timeout(FIND_OUT, self.first(key)).await;
                    let first = first.ok().and_then(Result::ok).flatten();
                    let first = first.ok_or_else(|| Error::Unsure(lost.to_string()))?;
                    return Ok(Created { is_replay: first.version != created.version, item: first });
                }
                Err(Refused::Contended) => self.database.nothing_written(),
            }
            if let Some(first) = self.first(key).await? {
                return Ok(Created { is_replay: first.version != created.version, item: first });
            }
            tokio::time::sleep((PAUSE * 2_u32.pow(attempt)).mul_f64(fastrand::f64())).await;
        }
        Err(Error::Unavailable("too many requests with one idempotency key at once".to_owned()))
    }

    /// What the first create with this key made.
    async fn first(&self, key: &IdempotencyKey) -> Result<Option<Versioned<R>>> {
        let Some(mut record) = self.read(keys::record_key(&key.key)).await? else { return Ok(None) };
        let damaged = |what: &str| {
            Error::Failed(format!(
                "the record once#{} of {} is damaged: it has no {what}",
                key.key, self.table
            ))
        };
        if has_expired(&record).ok_or_else(|| damaged(EXPIRES_AT))? {
            return Ok(None);
        }
        let payload = record.get(PAYLOAD).and_then(|payload| payload.as_s().ok());
        if payload.ok_or_else(|| damaged(PAYLOAD))? != &key.payload {
            return Err(Error::KeyReused);
        }
        match record.remove(ITEM) {
            Some(AttributeValue::M(item)) => self.model(item).map(Some),
            _ => Err(damaged(ITEM)),
        }
    }

    /// Writes record and item, or neither.
    async fn put_once(
        &self,
        created: &Versioned<R>,
        key: &IdempotencyKey,
    ) -> std::result::Result<(), Refused> {
        let now = seconds(SystemTime::now());
        let item = stored(created).map_err(Refused::Failed)?;
        let mut record = keys::record_key(&key.key);
        record.insert(PAYLOAD.to_owned(), AttributeValue::S(key.payload.clone()));
        record.insert(EXPIRES_AT.to_owned(), AttributeValue::N((now + LIFETIME.as_secs()).to_string()));
        record.insert(ITEM.to_owned(), AttributeValue::M(item.clone()));
        let put = |item: Item, condition: &str| {
            Put::builder()
                .table_name(&*self.table)
                .set_item(Some(item))
                .condition_expression(condition)
                .expression_attribute_names("#pk", PK)
        };
        let record = put(record, "attribute_not_exists(#pk) OR #expires <= :now")
            .expression_attribute_names("#expires", EXPIRES_AT)
            .expression_attribute_values(":now", AttributeValue::N(now.to_string()))
            .build();
        let item = put(item, "attribute_not_exists(#pk)").build();
        let [record, item] = [record, item].map(|put| {
            put.map(|put| TransactWriteItem::builder().put(put).build())
                .map_err(|error| Refused::Failed(Error::Failed(error.to_string())))
        });
        // The SDK gives the transaction a token of its own, so that one it repeats is known as the same.
        let write = self
            .database
            .client
            .transact_write_items()
            .transact_items(record?)
            .transact_items(item?)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        match self.database.write_with_token(write.send()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(refused(created, error, self.database.is_unsure())),
        }
    }
}

fn refused<R: Resource>(
    created: &Versioned<R>,
    error: SdkError<TransactWriteItemsError, HttpResponse>,
    is_unsure: bool,
) -> Refused {
    let reasons = match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
            canceled.cancellation_reasons()
        }
        // The last attempt was refused, but an earlier one may have come through.
        _ if is_unsure || may_be_made(&error) => return Refused::Unsure(error.into()),
        _ => return Refused::Failed(error.into()),
    };
    if reasons.iter().filter_map(CancellationReason::message).any(is_too_large) {
        return Refused::Failed(Error::TooLarge);
    }
    let codes: Vec<_> = reasons.iter().map(CancellationReason::code).collect();
    match codes.as_slice() {
        [Some("ConditionalCheckFailed"), ..] => Refused::Contended,
        [_, Some("ConditionalCheckFailed")] => Refused::Failed(taken(created.item.id())),
        codes if codes.contains(&Some("TransactionConflict")) => Refused::Contended,
        codes if codes.iter().flatten().any(|code| THROTTLED.contains(code)) => {
            Refused::Failed(Error::Unavailable(format!("the transaction was throttled: {codes:?}")))
        }
        codes => Refused::Failed(Error::Failed(format!("the transaction was refused: {codes:?}"))),
    }
}

/// Nothing if the record does not tell.
fn has_expired(record: &Item) -> Option<bool> {
    let expires_at: u64 = record.get(EXPIRES_AT)?.as_n().ok()?.parse().ok()?;
    Some(expires_at <= seconds(SystemTime::now()))
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// Reasons of a cancelled transaction that pass (`TransactWriteItems`, "Cancellation reasons").
const THROTTLED: [&str; 2] = ["ProvisionedThroughputExceeded", "ThrottlingError"];
