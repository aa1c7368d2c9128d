//! Changes and deletions.
//!
//! Both are safe to repeat, so an answer that got lost costs nothing but time: a change holds only for an
//! item whose version is below the change's own, and a deleted id never comes back. What a repeat may find is
//! that the item has changed again, or is gone, and no longer tells whether the first attempt was made: then
//! the outcome is not known.

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    operation::{
        delete_item::DeleteItemError,
        put_item::PutItemError,
        update_item::{UpdateItemError, builders::UpdateItemFluentBuilder},
    },
    types::{ReturnConsumedCapacity, ReturnValue, ReturnValuesOnConditionCheckFailure},
};

use super::{
    Delete, Error, Result, Store, Update,
    conditions::Condition,
    database::Metered,
    item::attributes,
    keys::{self, Item, VERSION},
    repeats::may_be_made,
};
use crate::{
    model::{Expected, Id, Version, Versioned},
    resource::Resource,
};

/// How often a call is repeated whose answer got lost.
const REPEATS: u32 = 3;
/// Until when a repeat may begin, so that all of them end in time.
const REPEATS_END: Duration = Duration::from_millis(2_500);
/// The longest pause before the first repeat; before each further one it may be twice as long.
const PAUSE: Duration = Duration::from_millis(25);
/// How often a change is tried whose item others change at the same moment. Each time one of theirs has been
/// made.
const ROUNDS: u32 = 20;

/// What became of a write that was sent, more than once where its answer got lost.
enum Sent<A> {
    Done(A),
    /// The condition did not hold of what was there, or nothing was.
    Refused {
        found: Option<Item>,
        /// Why an earlier attempt may have been made.
        unsure: Option<String>,
    },
}

impl<R: Resource> Store<R, Update> {
    /// Changes the fields that `changes` holds and returns the item as it is then. Two updates of different
    /// fields at the same time both last. Changes that hold no field write nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none, [`Error::Changed`] if it is not as `expected`, [`Error::Unsure`]
    /// if the answer got lost and what is there now does not tell.
    pub async fn update(&self, id: Id, changes: &R::Changes, expected: &Expected) -> Result<Versioned<R>> {
        let mut version = Version::new();
        let Some(mut call) = self.change(id, changes, expected, &version)? else {
            return self.look(id, expected).await;
        };
        for _ in 0..ROUNDS {
            let (found, unsure) = match self.send(|| call.clone().send()).await? {
                Sent::Done(updated) => return self.model(updated.attributes.unwrap_or_default()),
                Sent::Refused { found, unsure } => (found, unsure),
            };
            let Some(found) = found else {
                return Err(unsure.map_or(Error::NotFound(R::NOT_FOUND), Error::Unsure));
            };
            let found = match self.model(found) {
                Ok(found) if found.version == version => return Ok(found),
                found => found,
            };
            if let Some(unsure) = unsure {
                return Err(match found {
                    // Older than our write would have made it, and for good in a version that is not wanted.
                    Ok(found) if found.version < version && expected.rules_out(&found.version) => {
                        Error::Changed
                    }
                    _ => Error::Unsure(unsure),
                });
            }
            let found = found?;
            if !expected.holds(&found.version) {
                return Err(Error::Changed);
            }
            // Somebody has changed it between the choice of our version and now, or by a clock that is ahead.
            version = found.version.next();
            match self.change(id, changes, expected, &version)? {
                Some(next) => call = next,
                None => break,
            }
        }
        Err(Error::Unavailable("others change the item all the time".to_owned()))
    }

    /// The call that makes the changes; nothing if there are none.
    fn change(
        &self,
        id: Id,
        changes: &R::Changes,
        expected: &Expected,
        version: &Version,
    ) -> Result<Option<UpdateItemFluentBuilder>> {
        let changes = attributes::<R>(changes)?;
        if changes.set.is_empty() {
            return Ok(None);
        }
        let mut condition = Condition::new::<R>(expected).below(version);
        let mut assignments = vec![format!("{VERSION} = :{VERSION}")];
        for (number, (name, value)) in changes.set.into_iter().enumerate() {
            let (name, new) = (condition.name::<R>(name), format!(":c{number}"));
            assignments.push(format!("{name} = {new}"));
            condition.values.insert(new, value);
        }
        let mut update = format!("SET {}", assignments.join(", "));
        if !changes.removed.is_empty() {
            update.push_str(" REMOVE ");
            update.push_str(&changes.removed.join(", "));
        }
        Ok(Some(self.conditional(id, condition).update_expression(update)))
    }

    /// The item, if it is as expected: an update without an expression checks its condition and changes
    /// nothing.
    async fn look(&self, id: Id, expected: &Expected) -> Result<Versioned<R>> {
        let look = self.conditional(id, Condition::new::<R>(expected));
        match self.database.count(look.send()).await {
            Ok(looked) => self.model(looked.attributes.unwrap_or_default()),
            Err(error) => match refusal(&error) {
                Some(None) => Err(Error::NotFound(R::NOT_FOUND)),
                Some(Some(found)) => self.model(found.clone()).and(Err(Error::Changed)),
                None => Err(error.into()),
            },
        }
    }

    fn conditional(&self, id: Id, mut condition: Condition) -> UpdateItemFluentBuilder {
        self.database
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(keys::item_key(id)))
            .set_expression_attribute_names(condition.names())
            .condition_expression(condition.expression)
            .set_expression_attribute_values(Some(condition.values))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
    }
}

impl<R: Resource> Store<R, Delete> {
    /// Removes an item and returns it as it was. Its id never comes back.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none, [`Error::Changed`] if it is not as `expected`, [`Error::Unsure`]
    /// if the answer got lost and the item is gone, for somebody else may have deleted it.
    pub async fn delete(&self, id: Id, expected: &Expected) -> Result<R> {
        let mut condition = Condition::new::<R>(expected);
        let call = self
            .database
            .client
            .delete_item()
            .table_name(&*self.table)
            .set_key(Some(keys::item_key(id)))
            .set_expression_attribute_names(condition.names())
            .condition_expression(condition.expression)
            .set_expression_attribute_values(Some(condition.values))
            .return_values(ReturnValue::AllOld)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        match self.send(|| call.clone().send()).await? {
            Sent::Done(deleted) => Ok(self.model(deleted.attributes.unwrap_or_default())?.item),
            Sent::Refused { found: None, unsure } => {
                Err(unsure.map_or(Error::NotFound(R::NOT_FOUND), Error::Unsure))
            }
            // It is there, and for good in a version that is not wanted: no attempt was made, or ever will
            // be.
            Sent::Refused { found: Some(found), unsure } => match (self.model(found), unsure) {
                (Ok(found), _)
                    if expected.one_of.as_ref().is_some_and(|wanted| !wanted.contains(&found.version)) =>
                {
                    Err(Error::Changed)
                }
                (_, Some(unsure)) => Err(Error::Unsure(unsure)),
                (found, None) => found.and(Err(Error::Changed)),
            },
        }
    }
}

impl<R: Resource, A> Store<R, A> {
    /// Sends a write that is safe to repeat until its outcome is known.
    async fn send<O, E, F>(&self, call: impl Fn() -> F) -> Result<Sent<O>>
    where
        O: Metered,
        E: Refusal,
        F: Future<Output = std::result::Result<O, SdkError<E, HttpResponse>>> + Send,
    {
        let started = Instant::now();
        let mut unsure: Option<Error> = None;
        let mut repeats = 0;
        loop {
            let error = match self.database.write_once(call()).await {
                Ok(done) => return Ok(Sent::Done(done)),
                Err(error) => error,
            };
            let is_made = may_be_made(&error);
            if !is_made {
                self.database.nothing_written();
            }
            if let Some(found) = refusal(&error) {
                return Ok(Sent::Refused {
                    found: found.cloned(),
                    unsure: unsure.map(|error| error.to_string()),
                });
            }
            let error = Error::from(error);
            if !is_made {
                return Err(unsure.unwrap_or(error));
            }
            let error = Error::Unsure(error.to_string());
            if repeats == REPEATS || started.elapsed() > REPEATS_END {
                return Err(error);
            }
            unsure = Some(error);
            tokio::time::sleep((PAUSE * 2_u32.pow(repeats)).mul_f64(fastrand::f64())).await;
            repeats += 1;
        }
    }
}

/// An error that may be a condition's.
pub(super) trait Refusal: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static {
    /// What was there where the condition did not hold.
    fn found(&self) -> Option<Option<&Item>>;
}

macro_rules! refusal {
    ($error:ident) => {
        impl Refusal for $error {
            fn found(&self) -> Option<Option<&Item>> {
                match self {
                    Self::ConditionalCheckFailedException(failed) => Some(failed.item()),
                    _ => None,
                }
            }
        }
    };
}
refusal!(PutItemError);
refusal!(UpdateItemError);
refusal!(DeleteItemError);

/// What was there, if a condition did not hold.
pub(super) fn refusal<E: Refusal>(error: &SdkError<E, HttpResponse>) -> Option<Option<&Item>> {
    error.as_service_error()?.found()
}
