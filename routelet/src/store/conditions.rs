//! What must hold of an item for it to be changed or deleted, as a condition of DynamoDB.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::keys::VERSION;
use crate::{
    model::{Attribute, Expected, Stored, Unwanted, Version},
    resource::Resource,
};

/// True of no item.
pub(super) const NEVER: &str = "attribute_exists(version) AND attribute_not_exists(version)";

const VERSION_ATTRIBUTE: Attribute = Attribute::new(VERSION, Stored::Text);

/// A condition with the values in it. Attributes stand in it by their names, which is cheaper than a list of
/// other names for them; only one that is a reserved word of DynamoDB has another.
pub(super) struct Condition {
    pub(super) expression: String,
    names: HashMap<String, String>,
    pub(super) values: HashMap<String, AttributeValue>,
}

impl Condition {
    /// The item is there, undamaged and as `expected`.
    pub(super) fn new<R: Resource>(expected: &Expected) -> Self {
        let mut condition =
            Self { expression: String::with_capacity(256), names: HashMap::new(), values: HashMap::new() };
        condition.undamaged(&[VERSION_ATTRIBUTE]);
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

    /// How an expression names an attribute of `R`.
    pub(super) fn name<R: Resource>(&mut self, name: String) -> String {
        let is_reserved = |attribute: &Attribute| attribute.is_reserved && attribute.name == name;
        if R::ATTRIBUTES.iter().any(is_reserved) { self.other_name(&name) } else { name }
    }

    fn other_name(&mut self, name: &str) -> String {
        let other = format!("#{name}");
        self.names.insert(other.clone(), name.to_owned());
        other
    }

    /// The other names in the expression, if there are any: DynamoDB refuses a list of none.
    pub(super) fn names(&mut self) -> Option<HashMap<String, String>> {
        Some(std::mem::take(&mut self.names)).filter(|names| !names.is_empty())
    }

    /// A change to what can't be read back, or its deletion, would be made and then be answered as a failure.
    /// What may be missing is not looked at, for that would double the condition.
    fn undamaged(&mut self, attributes: &[Attribute]) {
        for Attribute { name, stored, is_reserved } in attributes {
            if *stored == Stored::Optional {
                continue;
            }
            let other_name = is_reserved.then(|| self.other_name(name));
            let name = other_name.as_deref().unwrap_or(name);
            match stored {
                Stored::Text => self.and_type(name, "S", ":isText"),
                Stored::LongText => {
                    self.and("(");
                    self.is_type(name, "S", ":isText");
                    self.expression.push_str(" OR ");
                    self.is_type(name, "B", ":isPacked");
                    self.expression.push(')');
                }
                Stored::Flag => self.and_type(name, "BOOL", ":isFlag"),
                Stored::Number => self.and_type(name, "N", ":isNumber"),
                Stored::List => self.and_type(name, "L", ":isList"),
                Stored::Object => self.and_type(name, "M", ":isObject"),
                Stored::Optional => {}
            }
        }
    }

    fn and_type(&mut self, name: &str, kind: &str, value: &str) {
        self.and("");
        self.is_type(name, kind, value);
    }

    fn is_type(&mut self, name: &str, kind: &str, value: &str) {
        for part in ["attribute_type(", name, ",", value, ")"] {
            self.expression.push_str(part);
        }
        if !self.values.contains_key(value) {
            self.values.insert(value.to_owned(), AttributeValue::S(kind.to_owned()));
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
    use std::mem::discriminant;

    use aws_sdk_dynamodb::primitives::Blob;

    use super::*;
    use crate::{
        fixture::{NewNote, NewVenue, Note, VENUE, Venue},
        model::{Id, Json, Model, Timestamp, Versioned},
        store::{
            item::{model, stored},
            keys::PK,
        },
    };

    /// Whether DynamoDB would take the value, or its absence, for what is said to be stored.
    fn is(stored: Stored, value: Option<&AttributeValue>, whole: &AttributeValue) -> bool {
        use AttributeValue::{B, Bool, L, M, N, S};
        match stored {
            Stored::Text => matches!(value, Some(S(_))),
            Stored::LongText => matches!(value, Some(S(_) | B(_))),
            Stored::Flag => matches!(value, Some(Bool(_))),
            Stored::Number => matches!(value, Some(N(_))),
            Stored::List => matches!(value, Some(L(_))),
            Stored::Object => matches!(value, Some(M(_))),
            Stored::Optional => value.is_none_or(|value| value.is_null() || value == whole),
        }
    }

    /// What a resource lists is what it can read. (A set, or a packed text where none is ever packed, is
    /// called damaged, though it could be read.)
    fn check<R: Resource>(item: R) {
        let whole = stored(&Versioned { item, version: Version::new() }).unwrap();
        for (attribute, own) in whole
            .iter()
            .filter(|(name, _)| ![PK, "id", VERSION, "titleKey", "pinnedKey"].contains(&name.as_str()))
        {
            let listed = R::ATTRIBUTES.iter().find(|listed| listed.name == attribute).expect("it is listed");
            let others = [
                AttributeValue::S("x".to_owned()),
                AttributeValue::N("1".to_owned()),
                AttributeValue::Bool(true),
                AttributeValue::L(Vec::new()),
                AttributeValue::M(HashMap::new()),
                AttributeValue::Ss(vec!["x".to_owned()]),
                AttributeValue::B(Blob::new([0, 0, 65])),
            ];
            // Of its own type its own value, which an optional one may have, too.
            let others = others.into_iter().filter(|other| discriminant(other) != discriminant(own));
            let values = [None, Some(own.clone()), Some(AttributeValue::Null(true))];
            for value in others.map(Some).chain(values) {
                let mut item = whole.clone();
                item.remove(attribute);
                item.extend(value.iter().map(|value| (attribute.clone(), value.clone())));
                let can_be_read = model::<R>("table", item).is_ok();
                let is_tolerated = matches!(value, Some(AttributeValue::B(_) | AttributeValue::Ss(_)));
                let is_listed = is(listed.stored, value.as_ref(), own);
                assert!(can_be_read == is_listed || (can_be_read && is_tolerated), "{attribute}: {value:?}");
            }
        }
    }

    /// DynamoDB refuses a reserved word, a list of no names, and a name that is not used.
    #[test]
    fn only_reserved_words_have_another_name() {
        let mut note = Condition::new::<Note>(&Expected::default());
        assert_eq!(note.name::<Note>("title".to_owned()), "title");
        assert_eq!(note.names(), None);
        let mut venue = Condition::new::<Venue>(&Expected::default());
        assert_eq!(venue.name::<Venue>("depth".to_owned()), "#depth");
        assert_eq!(venue.name::<Venue>("tags".to_owned()), "tags");
        let names = venue.names().unwrap();
        for (other, name) in &names {
            assert_eq!(*other, format!("#{name}"));
        }
        let used = |name: &str| name == "depth" || venue.expression.contains(&format!("(#{name},"));
        assert!(names.values().all(|name| used(name)), "{names:?} of {}", venue.expression);
        for name in ["name", "open"] {
            assert!(names.values().any(|other| other == name), "{name}");
            assert!(!venue.expression.contains(&format!("({name},")), "{name}");
        }
    }

    #[test]
    fn a_resource_lists_what_it_reads() {
        let json = Json::parse(br#"{"title":"t","body":"b"}"#).unwrap();
        check(Note::create(Id::FIRST, Timestamp::now(), NewNote::read(json).unwrap()));
        check(Venue::create(
            Id::FIRST,
            Timestamp::now(),
            NewVenue::read(Json::parse(VENUE).unwrap()).unwrap(),
        ));
    }
}
