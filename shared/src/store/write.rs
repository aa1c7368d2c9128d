//! The writes.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    operation::{delete_item::DeleteItemError, put_item::PutItemError, update_item::UpdateItemError},
    types::{AttributeValue, ReturnConsumedCapacity, ReturnValue, ReturnValuesOnConditionCheckFailure},
};

use super::{
    Create, Delete, Error, Once, Result, Store, Update,
    keys::{self, Item, LAST_ID, PK, VERSION},
    model,
    once::Created,
    packing,
};
use crate::models::{Expected, Id, Resource, Timestamp, Version, Versioned};

impl<R: Resource> Store<R, Create> {
    /// Makes an item of the next id; with `once`, only where no create with the same key has made one already.
    ///
    /// # Errors
    /// [`Error::KeyReused`] where the key came with another payload before.
    pub async fn create(&self, new: R::New, once: Option<Once>) -> Result<Created<R>> {
        if let Some(once) = once {
            return self.create_once(new, &once).await;
        }
        let created = self.prepare(new).await?;
        self.put(&created).await?;
        Ok(Created { item: created, is_replay: false })
    }

    /// Gives a new item its id, time and version.
    pub(super) async fn prepare(&self, new: R::New) -> Result<Versioned<R>> {
        let id = self.next_id().await?;
        Ok(Versioned { item: R::create(id, Timestamp::now(), new), version: Version::new() })
    }

    async fn put(&self, created: &Versioned<R>) -> Result<()> {
        let item = stored(created)?;
        let put = self
            .database
            .client
            .put_item()
            .table_name(&*self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let Err(error) = self.database.count(put.send()).await else { return Ok(()) };
        match error.as_service_error() {
            // The SDK repeated the write because its answer got lost: what is there is what we put.
            Some(PutItemError::ConditionalCheckFailedException(failed))
                if is_version(failed.item.as_ref(), &created.version) =>
            {
                Ok(())
            }
            Some(PutItemError::ConditionalCheckFailedException(_)) => Err(taken(created.item.id())),
            _ => Err(error.into()),
        }
    }

    /// Takes the next id from the counter, in one atomic step. An id whose item was then not written, or whose
    /// answer got lost, is left out: ids grow, they do not count.
    async fn next_id(&self) -> Result<Id> {
        let take = self
            .database
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(keys::counter_key()))
            .update_expression("ADD #last :one")
            .expression_attribute_names("#last", LAST_ID)
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .return_values(ReturnValue::UpdatedNew)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let taken = self.database.count(take.send()).await?;
        last_id(taken.attributes.as_ref()).ok_or_else(|| {
            Error::Failed("the counter holds no id: they are used up, or it is damaged".to_owned())
        })
    }
}

impl<R: Resource> Store<R, Update> {
    /// Changes the fields that `changes` holds and returns the item as it is then. Two updates of different
    /// fields at the same time both last. Changes that hold no field write nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, [`Error::Changed`] where it is not as `expected`.
    pub async fn update(&self, id: Id, changes: &R::Changes, expected: &Expected) -> Result<Versioned<R>> {
        let condition = Condition::new(expected);
        let mut update = self
            .database
            .client
            .update_item()
            .table_name(&*self.table)
            .set_key(Some(keys::item_key(id)))
            .condition_expression(condition.expression)
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let mut names = condition.names;
        let mut values = condition.values;
        let version = Version::new();
        let mut changes = attributes::<R>(changes)?;
        // Without an expression DynamoDB checks the condition, changes nothing and returns the item.
        if !changes.is_empty() {
            changes.insert(VERSION.to_owned(), AttributeValue::S(version.to_string()));
            let mut assignments = Vec::with_capacity(changes.len());
            for (name, value) in changes {
                assignments.push(format!("#{name} = :{name}"));
                values.insert(format!(":{name}"), value);
                names.insert(format!("#{name}"), name);
            }
            update = update.update_expression(format!("SET {}", assignments.join(", ")));
        }
        let values = Some(values).filter(|values| !values.is_empty());
        let update =
            update.set_expression_attribute_names(Some(names)).set_expression_attribute_values(values);
        match self.database.count(update.send()).await {
            Ok(updated) => model(updated.attributes.unwrap_or_default()),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => match &failed.item {
                    None => Err(Error::NotFound(R::NOT_FOUND)),
                    // As in `put`: the write that the caller asked for is done.
                    Some(item) if is_version(Some(item), &version) => model(item.clone()),
                    Some(_) => Err(Error::Changed),
                },
                _ => Err(error.into()),
            },
        }
    }
}

impl<R: Resource> Store<R, Delete> {
    /// Removes an item and returns it as it was. Its id never comes back.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, [`Error::Changed`] where it is not as `expected`.
    pub async fn delete(&self, id: Id, expected: &Expected) -> Result<R> {
        let condition = Condition::new(expected);
        let delete = self
            .database
            .client
            .delete_item()
            .table_name(&*self.table)
            .set_key(Some(keys::item_key(id)))
            .condition_expression(condition.expression)
            .set_expression_attribute_names(Some(condition.names))
            .set_expression_attribute_values(Some(condition.values).filter(|values| !values.is_empty()))
            .return_values(ReturnValue::AllOld)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        match self.database.count(delete.send()).await {
            Ok(deleted) => Ok(model(deleted.attributes.unwrap_or_default())?.item),
            Err(error) => match error.as_service_error() {
                Some(DeleteItemError::ConditionalCheckFailedException(failed)) if failed.item.is_none() => {
                    Err(Error::NotFound(R::NOT_FOUND))
                }
                Some(DeleteItemError::ConditionalCheckFailedException(_)) => Err(Error::Changed),
                _ => Err(error.into()),
            },
        }
    }
}

/// What must hold for a change to be made: that the item is there, and in a version that the caller expects.
struct Condition {
    expression: String,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Condition {
    fn new(expected: &Expected) -> Self {
        let mut names = HashMap::from([("#pk".to_owned(), PK.to_owned())]);
        let mut values = HashMap::new();
        let expression = match expected {
            Expected::Anything => "attribute_exists(#pk)".to_owned(),
            // Never true, but it tells an item that has changed from one that is gone.
            Expected::OneOf(versions) if versions.is_empty() => {
                "attribute_exists(#pk) AND attribute_not_exists(#pk)".to_owned()
            }
            Expected::OneOf(versions) => {
                names.insert(format!("#{VERSION}"), VERSION.to_owned());
                let listed = versions.iter().enumerate().map(|(number, version)| {
                    let name = format!(":expected{number}");
                    values.insert(name.clone(), AttributeValue::S(version.to_string()));
                    name
                });
                let listed: Vec<_> = listed.collect();
                format!("attribute_exists(#pk) AND #{VERSION} IN ({})", listed.join(", "))
            }
        };
        Self { expression, names, values }
    }
}

/// The id in the counter item.
pub(super) fn last_id(counter: Option<&Item>) -> Option<Id> {
    counter?.get(LAST_ID)?.as_n().ok()?.parse().ok()
}

pub(super) fn taken(id: Id) -> Error {
    Error::Failed(format!("id {id} is taken: the counter is behind the items"))
}

fn is_version(item: Option<&Item>, version: &Version) -> bool {
    let found = item.and_then(|item| item.get(VERSION)?.as_s().ok());
    found.is_some_and(|found| found == version.as_str())
}

/// An item as it is stored: the model's attributes, and the store's own.
pub(super) fn stored<R: Resource>(created: &Versioned<R>) -> Result<Item> {
    let mut item = attributes::<R>(&created.item)?;
    item.extend(keys::item_key(created.item.id()));
    item.insert(VERSION.to_owned(), AttributeValue::S(created.version.to_string()));
    Ok(item)
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
fn index<R: Resource>(attributes: &mut Item) {
    let Some(filter) = R::FILTER else { return };
    if let Some(AttributeValue::S(value)) = attributes.get(filter) {
        let folded = keys::fold(value);
        attributes.insert(keys::filter_key(filter), folded);
    }
}
