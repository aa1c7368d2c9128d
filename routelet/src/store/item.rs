//! A model as it is stored, and back.

use aws_sdk_dynamodb::types::AttributeValue;

use super::{
    Error, Result,
    keys::{self, ID, Item, VERSION},
    packing,
};
use crate::{
    model::{Filter, Version, Versioned},
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
    let mut item = attributes::<R>(&created.item)?.set;
    item.extend(keys::item_key(created.item.id()));
    item.insert(VERSION.to_owned(), AttributeValue::S(created.version.to_string()));
    Ok(item)
}

/// What a write does to the attributes of an item.
pub(super) struct Attributes {
    /// Those that it writes.
    pub(super) set: Item,
    /// Those that go, where they are there.
    pub(super) removed: Vec<String>,
}

/// The attributes of a model or of changes to it, with the keys of the indexes.
pub(super) fn attributes<R: Resource>(model: &impl serde::Serialize) -> Result<Attributes> {
    let mut set: Item = serde_dynamo::to_item(model)
        .map_err(|error| Error::Failed(format!("no item can be made of the model: {error}")))?;
    let removed = index(R::FILTERS, &mut set);
    packing::pack(&mut set);
    Ok(Attributes { set, removed })
}

/// Adds the key of each index whose attribute is written. An item is in an index only as long as it has its
/// key; so the keys of those that it must leave are returned.
fn index(filters: &[Filter], written: &mut Item) -> Vec<String> {
    let mut removed = Vec::new();
    for filter in filters {
        let Some(value) = written.get(filter.name) else { continue };
        let (name, key) = (keys::filter_key(filter.name), key(filter, value));
        match key {
            Some(key) => _ = written.insert(name, AttributeValue::S(key)),
            None => removed.push(name),
        }
    }
    removed
}

/// A value as the key of its index; none where it is null or empty, which no key can be.
fn key(filter: &Filter, value: &AttributeValue) -> Option<String> {
    let key = match value {
        AttributeValue::S(text) => filter.fold(text),
        AttributeValue::N(number) => number.clone(),
        AttributeValue::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    Some(key).filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FilterKind;

    const FILTERS: [Filter; 3] = [
        Filter { name: "author", kind: FilterKind::Text },
        Filter { name: "format", kind: FilterKind::OneOf(&["E-Book"]) },
        Filter { name: "pages", kind: FilterKind::Whole },
    ];

    /// An empty text can be no key of an index, and null is no value: the item is in none.
    #[test]
    fn an_item_is_in_an_index_if_it_has_a_value() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        for (field, value, key) in [
            ("author", text("JÄNE"), Some("jäne")),
            ("author", text(""), None),
            ("author", AttributeValue::Null(true), None),
            ("format", text("E-Book"), Some("E-Book")),
            ("pages", AttributeValue::N("-7".to_owned()), Some("-7")),
            ("pages", AttributeValue::Null(true), None),
            ("format", AttributeValue::Bool(false), Some("false")),
        ] {
            let mut written = Item::from([(field.to_owned(), value.clone())]);
            let removed = index(&FILTERS, &mut written);
            let name = format!("{field}Key");
            assert_eq!(written.remove(&name), key.map(text), "{value:?}");
            assert_eq!(removed, if key.is_some() { vec![] } else { vec![name] }, "{value:?}");
            assert_eq!(written, Item::from([(field.to_owned(), value)]), "nothing else");
        }
    }
}
