//! What must hold of an item for it to be changed or deleted, as a condition of DynamoDB.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::keys::VERSION;
use crate::{
    model::{Expected, Stored, Unwanted, Version},
    resource::Resource,
};

/// True of no item.
pub(super) const NEVER: &str = "attribute_exists(version) AND attribute_not_exists(version)";

/// A condition with the values in it. Attributes stand in it by their names, which is cheaper than a list of
/// other names for them: so no attribute of a model may be a reserved word of DynamoDB ("Reserved words in
/// DynamoDB").
pub(super) struct Condition {
    pub(super) expression: String,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Condition {
    /// The item is there, undamaged and as `expected`.
    pub(super) fn new<R: Resource>(expected: &Expected) -> Self {
        let mut condition = Self { expression: String::with_capacity(256), values: HashMap::new() };
        condition.undamaged(&[(VERSION, Stored::Text)]);
        condition.undamaged(R::ATTRIBUTES);
        match &expected.one_of {
            None => {}
            // An item that has changed is to be told from one that is gone, so this is asked for, too.
            Some(versions) if versions.is_empty() => condition.and(NEVER),
            Some(versions) => condition.version_in("", "wanted", versions),
        }
        match &expected.none_of {
            Unwanted::These(versions) if versions.is_empty() => {}
            Unwanted::These(versions) => condition.version_in("NOT ", "unwanted", versions),
            Unwanted::All => condition.and(NEVER),
        }
        condition
    }

    /// And the item's version is below this one, as it is before the write that brings it and after no later
    /// one.
    pub(super) fn below(mut self, version: &Version) -> Self {
        self.values.insert(format!(":{VERSION}"), AttributeValue::S(version.to_string()));
        self.and("version < :version");
        self
    }

    /// A change to what can't be read back, or its deletion, would be made and then be answered as a failure.
    /// What may be missing is not looked at, for that would double the condition.
    fn undamaged(&mut self, attributes: &[(&str, Stored)]) {
        for (name, stored) in attributes {
            let (kind, value) = match stored {
                Stored::Text => ("S", ":isText"),
                Stored::Flag => ("BOOL", ":isFlag"),
                Stored::OptionalText => continue,
            };
            self.and("attribute_type(");
            self.expression.push_str(name);
            self.expression.push(',');
            self.expression.push_str(value);
            self.expression.push(')');
            if !self.values.contains_key(value) {
                self.values.insert(value.to_owned(), AttributeValue::S(kind.to_owned()));
            }
        }
    }

    fn version_in(&mut self, not: &str, prefix: &str, versions: &[Version]) {
        let mut listed = Vec::with_capacity(versions.len());
        for (number, version) in versions.iter().enumerate() {
            let name = format!(":{prefix}{number}");
            self.values.insert(name.clone(), AttributeValue::S(version.to_string()));
            listed.push(name);
        }
        self.and(&format!("{not}version IN ({})", listed.join(", ")));
    }

    fn and(&mut self, condition: &str) {
        if !self.expression.is_empty() {
            self.expression.push_str(" AND ");
        }
        self.expression.push_str(condition);
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_dynamodb::primitives::Blob;

    use super::*;
    use crate::{
        fixture::{NewNote, Note},
        model::{Id, Json, Model, Timestamp, Versioned},
        store::{
            item::{model, stored},
            keys::PK,
        },
    };

    /// Whether DynamoDB would take the value, or its absence, for what is said to be stored.
    fn is(stored: Stored, value: Option<&AttributeValue>) -> bool {
        use AttributeValue::{B, Bool, Null, S};
        match stored {
            Stored::Text => matches!(value, Some(S(_))),
            Stored::Flag => matches!(value, Some(Bool(_))),
            Stored::OptionalText => matches!(value, None | Some(S(_) | B(_) | Null(_))),
        }
    }

    /// What a resource lists is what it can read. (A packed text where none is ever packed is called damaged,
    /// though it could be read.)
    fn check<R: Resource>(item: R) {
        let whole = stored(&Versioned { item, version: Version::new() }).unwrap();
        for attribute in whole.keys().filter(|name| ![PK, "id", VERSION, "titleKey"].contains(&name.as_str()))
        {
            let (_, stored) = R::ATTRIBUTES.iter().find(|(name, _)| name == attribute).expect("it is listed");
            let kinds = [
                None,
                Some(AttributeValue::S("x".to_owned())),
                Some(AttributeValue::N("1".to_owned())),
                Some(AttributeValue::Bool(true)),
                Some(AttributeValue::Null(true)),
                Some(AttributeValue::L(Vec::new())),
                Some(AttributeValue::M(HashMap::new())),
                Some(AttributeValue::Ss(vec!["x".to_owned()])),
                Some(AttributeValue::B(Blob::new([0, 0, 65]))),
            ];
            for value in kinds {
                let mut item = whole.clone();
                item.remove(attribute);
                item.extend(value.iter().map(|value| (attribute.clone(), value.clone())));
                let can_be_read = model::<R>("table", item).is_ok();
                let is_packed = matches!(value, Some(AttributeValue::B(_))) && *stored == Stored::Text;
                assert!(is_packed || can_be_read == is(*stored, value.as_ref()), "{attribute}: {value:?}");
            }
        }
    }

    #[test]
    fn a_resource_lists_what_it_reads() {
        let json = Json::parse(br#"{"title":"t","body":"b"}"#).unwrap();
        check(Note::create(Id::FIRST, Timestamp::now(), NewNote::read(json).unwrap()));
    }
}
