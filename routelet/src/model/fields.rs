//! From a caller's JSON to typed fields.

use std::{borrow::Borrow, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use serde_json::value::RawValue;
use validator::Validate;

use super::{
    issue::{Invalid, Issue},
    surrogate,
};

/// A JSON value that is known to be well-formed and not yet looked into.
///
/// Nesting costs nothing until a value is read, so a body of a million brackets is harmless.
#[derive(Debug, Clone, Copy)]
pub struct Json<'a> {
    value: &'a RawValue,
    /// All of the body, for saying where in it something is.
    body: &'a [u8],
}

impl<'a> Json<'a> {
    /// Reads `text` as one JSON value (RFC 8259).
    ///
    /// # Errors
    /// [`Invalid::Json`] with what is wrong and where.
    pub fn parse(body: &'a [u8]) -> Result<Self, Invalid> {
        match serde_json::from_slice(body) {
            Ok(value) => Ok(Self { value, body }),
            Err(error) => Err(Invalid::Json(error.to_string())),
        }
    }

    /// The value as it was written: key order and every digit kept.
    #[must_use]
    pub fn as_raw(self) -> &'a RawValue {
        self.value
    }

    /// The value's fields.
    ///
    /// # Errors
    /// One issue with an empty path where the value is no object.
    pub fn fields(self) -> Result<Fields<'a>, Invalid> {
        match kind(self.value) {
            Kind::Object => self.object(),
            other => Err(Issue::wrong_type(None, Kind::Object.name(), other.name()).into()),
        }
    }

    /// The value's fields, none where it is no object.
    pub fn fields_or_none(self) -> Result<Fields<'a>, Invalid> {
        if kind(self.value) == Kind::Object { self.object() } else { Ok(Fields::default()) }
    }

    /// Of a repeated key the last one counts, as with `JSON.parse`.
    fn object(self) -> Result<Fields<'a>, Invalid> {
        let values =
            serde_json::from_str(self.value.get()).map_err(|error| Invalid::Json(error.to_string()))?;
        Ok(Fields { values, body: self.body, ..Fields::default() })
    }
}

/// The fields of an object, taken one by one in the order of the schema. What is wrong with them is
/// collected, and told by [`Fields::finish`].
#[derive(Default)]
pub struct Fields<'a> {
    values: HashMap<Key, &'a RawValue>,
    body: &'a [u8],
    order: Vec<&'static str>,
    issues: Vec<Issue>,
    /// The first field that is JSON and no text.
    broken: Option<String>,
}

impl Fields<'_> {
    /// Whether a field is missing, `null` or an empty string: what `!body.title` asks in JavaScript.
    #[must_use]
    pub fn is_blank(&self, name: &str) -> bool {
        self.values.get(name.as_bytes()).is_none_or(|value| matches!(value.get(), "null" | "\"\""))
    }

    /// A field that must be there. Where it is not, an issue is kept and the value is a stand-in that
    /// [`Fields::finish`] never lets out.
    pub fn required<T: Primitive>(&mut self, name: &'static str) -> T {
        self.order.push(name);
        if self.values.contains_key(name.as_bytes()) {
            self.value(name).unwrap_or_default()
        } else {
            self.issues.push(Issue::wrong_type(Some(name), T::KIND.name(), "undefined"));
            T::default()
        }
    }

    /// A field that may be left out; `null` is an issue.
    pub fn optional<T: Primitive>(&mut self, name: &'static str) -> Option<T> {
        self.order.push(name);
        self.value(name)
    }

    /// A field that may be left out, and cleared with `null`.
    pub fn clearable<T: Primitive>(&mut self, name: &'static str) -> Option<Option<T>> {
        self.order.push(name);
        match self.values.get(name.as_bytes()) {
            Some(value) if kind(value) == Kind::Null => Some(None),
            _ => self.value(name).map(Some),
        }
    }

    /// A field that counts as left out where it is blank.
    pub fn unless_blank<T: Primitive>(&mut self, name: &'static str) -> Option<T> {
        self.order.push(name);
        if self.is_blank(name) { None } else { self.value(name) }
    }

    fn value<T: Primitive>(&mut self, name: &'static str) -> Option<T> {
        let value = self.values.get(name.as_bytes())?;
        match kind(value) {
            found if found == T::KIND => {
                let read = serde_json::from_str(value.get()).ok();
                if read.is_none() && self.broken.is_none() {
                    self.broken = Some(surrogate::tell(name, value, self.body));
                }
                read
            }
            found => {
                self.issues.push(Issue::wrong_type(Some(name), T::KIND.name(), found.name()));
                None
            }
        }
    }

    /// Applies the rules stated on `model`, and lets it out only where it and every field are in order.
    pub fn finish<M: Validate>(self, model: M) -> Result<M, Invalid> {
        if let Some(broken) = self.broken {
            return Err(Invalid::Text(broken));
        }
        let rules = model.validate().err();
        let mut issues = Vec::new();
        for field in self.order {
            if let Some(issue) = self.issues.iter().find(|issue| issue.is_about(field)) {
                issues.push(issue.clone());
            } else if let Some(errors) = rules.as_ref().and_then(|rules| rules.field_errors().remove(field)) {
                issues.extend(errors.iter().map(|error| Issue::from_rule(field, error)));
            }
        }
        if issues.is_empty() { Ok(model) } else { Err(Invalid::Issues(issues)) }
    }
}

/// The name of a field, which need not be text: JSON can escape half of a surrogate pair. A field that no
/// model has is dropped silently, whatever its name.
#[derive(PartialEq, Eq, Hash)]
struct Key(Vec<u8>);

impl Borrow<[u8]> for Key {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Key, E> {
        Ok(Key(bytes.to_vec()))
    }
}

/// A type that a field of a model can have.
pub trait Primitive: Default + for<'de> Deserialize<'de> {
    /// Its type in JSON.
    const KIND: Kind;
}

impl Primitive for String {
    const KIND: Kind = Kind::String;
}

impl Primitive for bool {
    const KIND: Kind = Kind::Boolean;
}

/// The types of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// `[…]`.
    Array,
    /// `{…}`.
    Object,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The first byte of a well-formed JSON value tells its type.
fn kind(value: &RawValue) -> Kind {
    match value.get().as_bytes().first() {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::Array,
        Some(b'"') => Kind::String,
        Some(b't' | b'f') => Kind::Boolean,
        Some(b'n') => Kind::Null,
        _ => Kind::Number,
    }
}
