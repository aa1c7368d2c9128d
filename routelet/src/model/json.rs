//! JSON that a caller sent, looked into only as far as a field asks for.

use serde_json::value::RawValue;

use super::{
    issue::{Invalid, Issue},
    report::Report,
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

    pub(super) fn input(self) -> Input<'a> {
        Input { value: Some(self.value), body: self.body }
    }
}

/// The value of a field or an element as a caller gave it, or none where it was left out.
///
/// Whatever is asked of it that it is not becomes an issue.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    value: Option<&'a RawValue>,
    pub(super) body: &'a [u8],
}

impl<'a> Input<'a> {
    pub(super) fn new(value: Option<&'a RawValue>, body: &'a [u8]) -> Self {
        Self { value, body }
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> Kind {
        // The first byte of a well-formed value tells.
        match self.json().as_bytes().first() {
            None => Kind::Undefined,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// It as JSON; nothing where it was left out.
    pub(super) fn json(self) -> &'a str {
        self.value.map(RawValue::get).unwrap_or_default()
    }

    /// A string.
    pub fn text(self, report: &mut Report) -> Option<String> {
        self.expect(Kind::String, report)?;
        let text = serde_json::from_str(self.json()).ok();
        if text.is_none() {
            report.add_broken(surrogate::place(self.json(), self.body));
        }
        text
    }

    /// `true` or `false`.
    pub fn boolean(self, report: &mut Report) -> Option<bool> {
        self.expect(Kind::Boolean, report)?;
        Some(self.json() == "true")
    }

    /// A number: the one of the type that is nearest to what was written, as `JSON.parse` reads it. (By
    /// Rust's own reader, for that of `serde_json` may be off by one in the last place.)
    pub fn number(self, report: &mut Report) -> Option<f64> {
        self.expect(Kind::Number, report)?;
        let number = self.json().parse().unwrap_or(f64::NAN);
        match Issue::not_finite(number) {
            None => Some(number),
            Some(issue) => {
                report.add(issue);
                None
            }
        }
    }

    /// The elements of an array.
    pub(super) fn elements(self, report: &mut Report) -> Option<Vec<Self>> {
        self.expect(Kind::Array, report)?;
        let values: Vec<&RawValue> = serde_json::from_str(self.json()).ok()?;
        Some(values.into_iter().map(|value| Self { value: Some(value), body: self.body }).collect())
    }

    pub(super) fn expect(self, expected: Kind, report: &mut Report) -> Option<()> {
        let found = self.kind();
        if found == expected {
            return Some(());
        }
        report.add(Issue::wrong_type(expected.name(), found.name()));
        None
    }
}

/// The types of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Left out.
    Undefined,
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
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}
