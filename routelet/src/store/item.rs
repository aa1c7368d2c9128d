//! A model as it is stored, and back.

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    Error, Result,
    keys::{self, ID, Item, VERSION},
    packing,
};
use crate::{
    model::{Version, Versioned},
    resource::Resource,
};

/// An item as its model. Attributes that the model does not name are the store's own.
pub(super) fn model<R: Resource>(table: &str, mut item: Item) -> Result<Versioned<R>> {
    let id = item.get(ID).and_then(|id| id.as_n().ok()).cloned().unwrap_or_default();
    let damaged = |what: String| Error::Failed(format!("item {id} of {table} is damaged: {what}"));
    let version = item.remove(VERSION).and_then(|version| Version::from_text(version.as_s().ok()?));
    let version = version.ok_or_else(|| damaged("it has no version".to_owned()))?;
    packing::unpack(&mut item);
    let item = serde_dynamo::from_item(item).map_err(|error| damaged(error.to_string()))?;
    Ok(Versioned { item, version })
}

/// An item as it is stored: the model's attributes, and the store's own.
pub(super) fn stored<R: Resource>(created: &Versioned<R>) -> Result<Item> {
    let mut item = attributes::<R>(&created.item)?;
    item.extend(keys::item_key(created.item.id()));
    item.insert(VERSION.to_owned(), AttributeValue::S(created.version.to_string()));
    Ok(item)
}

/// The attributes of a model or of changes to it, with the key of the filter's index.
pub(super) fn attributes<R: Resource>(model: &impl serde::Serialize) -> Result<Item> {
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
