//! The writes.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::{put_item::PutItemError, update_item::UpdateItemError},
    types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure},
};

use super::{
    Error, Result, Store,
    keys::{self, Item, LAST_ID, PK, VERSION},
    model, packing,
};
use crate::models::{Id, Resource, Timestamp};

impl<R: Resource> Store<R> {
    /// Makes an item of the next id.
    ///
    /// # Errors
    /// None that the caller could mend.
    pub async fn create(&self, new: R::New) -> Result<R> {
        let id = self.next_id().await?;
        let created = R::create(id, Timestamp::now(), new);
        let mut item = attributes::<R>(&created)?;
        item.extend(keys::item_key(id).map(|(name, value)| (name.to_owned(), value)));
        item.insert(VERSION.to_owned(), new_version());

        let put = self
            .client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(item.clone()))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .send()
            .await;
        match put {
            Ok(_) => Ok(created),
            Err(error) => match error.as_service_error() {
                // The SDK tries again when an answer got lost on its way: what is there now is what we put.
                Some(PutItemError::ConditionalCheckFailedException(failed))
                    if failed.item.as_ref() == Some(&item) =>
                {
                    Ok(created)
                }
                Some(PutItemError::ConditionalCheckFailedException(_)) => {
                    Err(Error::Failed(format!("id {id} is taken: the counter is behind the items")))
                }
                _ => Err(error.into()),
            },
        }
    }

    /// Changes the fields that `changes` holds and returns the item as it is then. Two updates of different
    /// fields at the same time both last. Changes that hold no field write nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn update(&self, id: Id, changes: &R::Changes) -> Result<R> {
        let [(pk, range), (sk, number)] = keys::item_key(id);
        let mut update = self
            .client
            .update_item()
            .table_name(&*self.table)
            .key(pk, range)
            .key(sk, number)
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values(ReturnValue::AllNew);
        let mut changes = attributes::<R>(changes)?;
        // Without an expression DynamoDB checks the condition, changes nothing and returns the item.
        if !changes.is_empty() {
            changes.insert(VERSION.to_owned(), new_version());
            let mut assignments = Vec::with_capacity(changes.len());
            for (name, value) in changes {
                assignments.push(format!("#{name} = :{name}"));
                update = update
                    .expression_attribute_values(format!(":{name}"), value)
                    .expression_attribute_names(format!("#{name}"), name);
            }
            update = update.update_expression(format!("SET {}", assignments.join(", ")));
        }
        match update.send().await {
            Ok(updated) => model(updated.attributes.unwrap_or_default()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => {
                    Err(Error::NotFound(R::NOT_FOUND))
                }
                _ => Err(error.into()),
            },
        }
    }

    /// Removes an item and returns it as it was. Its id never comes back.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn delete(&self, id: Id) -> Result<R> {
        let [(pk, range), (sk, number)] = keys::item_key(id);
        let deleted = self
            .client
            .delete_item()
            .table_name(&*self.table)
            .key(pk, range)
            .key(sk, number)
            .return_values(ReturnValue::AllOld)
            .send()
            .await?;
        model(deleted.attributes.ok_or(Error::NotFound(R::NOT_FOUND))?)
    }

    /// Takes the next id from the counter, in one atomic step. An id whose item was then not written, or whose
    /// answer got lost, is left out: ids grow, they do not count.
    async fn next_id(&self) -> Result<Id> {
        let [(pk, counter), (sk, zero)] = keys::counter_key();
        let taken = self
            .client
            .update_item()
            .table_name(&*self.table)
            .key(pk, counter)
            .key(sk, zero)
            .update_expression("ADD #last :one")
            .expression_attribute_names("#last", LAST_ID)
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await?;
        last_id(taken.attributes.as_ref()).ok_or_else(|| {
            Error::Failed("the counter holds no id: they are used up, or it is damaged".to_owned())
        })
    }
}

/// The id in the counter item.
pub(super) fn last_id(counter: Option<&Item>) -> Option<Id> {
    counter?.get(LAST_ID)?.as_n().ok()?.parse().ok()
}

/// The attributes of a model or of changes to it, with the key of the filter's index.
fn attributes<R: Resource>(model: &impl serde::Serialize) -> Result<Item> {
    let mut attributes: Item = serde_dynamo::to_item(model)
        .map_err(|error| Error::Failed(format!("no item can be made of the model: {error}")))?;
    index::<R>(&mut attributes);
    packing::pack(&mut attributes);
    Ok(attributes)
}

/// Adds the key of the filter's index where the attribute it follows is there.
fn index<R: Resource>(attributes: &mut HashMap<String, AttributeValue>) {
    let Some(filter) = R::FILTER else { return };
    if let Some(AttributeValue::S(value)) = attributes.get(filter) {
        let folded = keys::fold(value);
        attributes.insert(keys::filter_key(filter), folded);
    }
}

/// A version no other state of the item had: 64 random bits. Unlike a count it tells whose write it was, so
/// that a write which the SDK repeated is known as the same.
fn new_version() -> AttributeValue {
    AttributeValue::S(format!("{:016x}", fastrand::u64(..)))
}
