//! The fields of an object that a caller sent.

use std::{borrow::Borrow, collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};
use serde_json::value::RawValue;
use validator::Validate;

use super::{
    issue::{Invalid, Step},
    json::{Input, Json, Kind},
    report::Report,
};

/// The fields of an object, taken one by one in the order of the schema. What is wrong with them is
/// collected, and told at the end.
///
/// Each field is read by a function of its type, [`Field::read`](super::Field::read). What comes of them is a
/// draft, in which the fields that are wrong or missing are `None`, so that the rules can be judged on all
/// the others.
#[derive(Default)]
pub struct Fields<'a> {
    values: HashMap<Key, &'a RawValue>,
    body: &'a [u8],
    report: Report,
}

impl<'a> Json<'a> {
    /// The value's fields.
    ///
    /// # Errors
    /// One issue with an empty path where the value is no object.
    pub fn fields(self) -> Result<Fields<'a>, Invalid> {
        let mut report = Report::default();
        self.input().fields(&mut report).ok_or_else(|| report.into())
    }

    /// The value's fields, none where it is no object.
    ///
    /// # Errors
    /// None, as long as the value is well-formed.
    pub fn fields_or_none(self) -> Result<Fields<'a>, Invalid> {
        if self.input().kind() == Kind::Object { self.fields() } else { Ok(Fields::default()) }
    }
}

impl<'a> Input<'a> {
    /// The fields of an object. Of a repeated key the last one counts, as with `JSON.parse`.
    pub fn fields(self, report: &mut Report) -> Option<Fields<'a>> {
        self.expect(Kind::Object, report)?;
        Fields::read(self.json(), self.body)
    }
}

impl<'a> Fields<'a> {
    /// Nothing if `object` is none.
    fn read(object: &'a str, body: &'a [u8]) -> Option<Self> {
        let values = serde_json::from_str(object).ok()?;
        Some(Self { values, body, report: Report::default() })
    }

    /// Whether a field is missing, `null` or an empty string: what `!body.title` asks in JavaScript.
    #[must_use]
    pub fn is_blank(&self, name: &str) -> bool {
        self.values.get(name.as_bytes()).is_none_or(|value| is_blank(value))
    }

    /// The same without those that are `null` or an empty string.
    #[must_use]
    pub fn without_blanks(mut self) -> Self {
        self.values.retain(|_, value| !is_blank(value));
        self
    }

    /// A field that must be there.
    pub fn required<T>(&mut self, name: &'static str, read: Reader<'a, T>) -> Option<T> {
        let value = self.values.get(name.as_bytes()).copied();
        self.read_value(name, value, read)
    }

    /// A field that may be left out; `null` is a value like any other.
    pub fn optional<T>(&mut self, name: &'static str, read: Reader<'a, T>) -> Option<T> {
        let value = self.values.get(name.as_bytes()).copied()?;
        self.read_value(name, Some(value), read)
    }

    /// A field that may be left out, and cleared with `null`.
    pub fn clearable<T>(&mut self, name: &'static str, read: Reader<'a, T>) -> Option<Option<T>> {
        let value = self.values.get(name.as_bytes()).copied()?;
        if Input::new(Some(value), self.body).kind() == Kind::Null {
            return Some(None);
        }
        self.read_value(name, Some(value), read).map(Some)
    }

    fn read_value<T>(
        &mut self,
        name: &'static str,
        value: Option<&'a RawValue>,
        read: Reader<'a, T>,
    ) -> Option<T> {
        let input = Input::new(value, self.body);
        self.report.within(&Step::Name(name), |report| read(input, report))
    }

    /// Judges the rules that are stated on `draft`, and makes something of it where these and all fields are
    /// in order. `names` are the fields in the order of the schema, in Rust and in JSON.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn finish<D: Validate, T>(
        self,
        draft: D,
        names: &[(&'static str, &'static str)],
        make: impl FnOnce(D) -> Option<T>,
    ) -> Result<T, Invalid> {
        let mut report = Report::default();
        self.finish_in(&mut report, draft, names, make).ok_or_else(|| report.into())
    }

    /// As [`finish`](Self::finish), for an object within another value: what is wrong is put on that one's
    /// report.
    pub fn finish_in<D: Validate, T>(
        mut self,
        report: &mut Report,
        draft: D,
        names: &[(&'static str, &'static str)],
        make: impl FnOnce(D) -> Option<T>,
    ) -> Option<T> {
        if let Err(rules) = draft.validate() {
            self.report.add_rules(&rules, names);
        }
        if self.report.is_empty() {
            return make(draft);
        }
        report.append(self.report);
        None
    }
}

/// What reads a value: nothing comes of one that is reported.
pub type Reader<'a, T> = fn(Input<'a>, &mut Report) -> Option<T>;

fn is_blank(value: &RawValue) -> bool {
    matches!(value.get(), "null" | "\"\"")
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
