//! What is wrong with a caller's JSON, in the words of Zod 4.
//!
//! The front ends this API serves were written against Zod's issues, so codes, keys and messages are Zod's.

use std::{borrow::Cow, ops::RangeInclusive};

use serde::{Serialize, Serializer, ser::SerializeMap};
use validator::ValidationError;

use self::Detail::{Flag, Number, Text};

/// Why a body was refused. All of it is for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// It is no JSON; says what and where.
    Json(String),
    /// It is JSON, but a string in it is no text; says which and where.
    Text(String),
    /// One sentence says it all.
    Message(&'static str),
    /// Fields that broke rules, in the order of the schema.
    Issues(Vec<Issue>),
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Which rule, and its bounds: in the order that Zod writes a parameter's in, a field's with its code
    /// first.
    details: Vec<(&'static str, Detail)>,
    path: Vec<Cow<'static, str>>,
    message: Cow<'static, str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Detail {
    Text(&'static str),
    Number(i64),
    Flag(bool),
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.details.len() + 2))?;
        for (name, detail) in &self.details {
            map.serialize_entry(name, detail)?;
        }
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("message", &self.message)?;
        map.end()
    }
}

/// The code of a [`ValidationError`] that counts bytes; its parameter `max` is the bound.
pub const BYTES: &str = "bytes";
/// 2^53 - 1: beyond it two whole numbers are one to JavaScript.
const MAX_SAFE: i64 = 9_007_199_254_740_991;
const SAFE: RangeInclusive<f64> = -9_007_199_254_740_991.0..=9_007_199_254_740_991.0;

impl Issue {
    /// The value at `path` (empty: the body itself) is no `expected` but a `received`.
    #[must_use]
    pub fn wrong_type(path: Option<&'static str>, expected: &'static str, received: &str) -> Self {
        Self {
            details: vec![("code", Text("invalid_type")), ("expected", Text(expected))],
            path: path.into_iter().map(Cow::Borrowed).collect(),
            message: format!("Invalid input: expected {expected}, received {received}").into(),
        }
    }

    /// A broken `length` or byte rule of a model's string field. `validator` says only that the length is out
    /// of bounds; which bound, its parameters tell. A message of the rule's own is the one for "too short".
    pub(super) fn from_rule(field: &'static str, error: &ValidationError) -> Self {
        let bound = |name| error.params.get(name).and_then(serde_json::Value::as_i64);
        let length =
            error.params.get("value").and_then(|value| value.as_str()).map(|text| text.chars().count());
        let (code, bound, message) = match (bound("min"), bound("max")) {
            (Some(minimum), _)
                if length.is_none_or(|length| i64::try_from(length).is_ok_and(|length| length < minimum)) =>
            {
                (
                    "too_small",
                    ("minimum", Number(minimum)),
                    error.message.clone().unwrap_or_else(|| {
                        format!("Too small: expected string to have >={minimum} characters").into()
                    }),
                )
            }
            (_, maximum) => {
                let (maximum, unit) =
                    (maximum.unwrap_or_default(), if error.code == BYTES { "bytes" } else { "characters" });
                (
                    "too_big",
                    ("maximum", Number(maximum)),
                    format!("Too big: expected string to have <={maximum} {unit}").into(),
                )
            }
        };
        let details =
            vec![("code", Text(code)), ("origin", Text("string")), bound, ("inclusive", Flag(true))];
        Self { details, path: vec![field.into()], message }
    }

    /// The whole number that a parameter is: `z.coerce.number().int().min(1).max(maximum)`.
    ///
    /// # Errors
    /// An issue for each rule that it breaks.
    pub fn whole_number(name: &'static str, number: f64, maximum: u64) -> Result<u64, Vec<Self>> {
        if !number.is_finite() {
            let received = match number {
                f64::INFINITY => "Infinity",
                f64::NEG_INFINITY => "-Infinity",
                _ => "NaN",
            };
            let details =
                [("expected", Text("number")), ("code", Text("invalid_type")), ("received", Text(received))];
            let message = format!("Invalid input: expected number, received {received}");
            return Err(vec![Self::of_parameter(name, &details, message)]);
        }
        if number.fract() != 0.0 {
            let details =
                [("expected", Text("int")), ("format", Text("safeint")), ("code", Text("invalid_type"))];
            let message = "Invalid input: expected int, received number".to_owned();
            return Err(vec![Self::of_parameter(name, &details, message)]);
        }
        let (is_small, sign) = (number < 1.0, if number < 1.0 { ">=" } else { "<=" });
        let (code, size, bound) =
            if is_small { ("too_small", "Too small", "minimum") } else { ("too_big", "Too big", "maximum") };
        let mut issues = Vec::new();
        if !SAFE.contains(&number) {
            let limit = if is_small { -MAX_SAFE } else { MAX_SAFE };
            let details = [
                ("code", Text(code)),
                (bound, Number(limit)),
                ("note", Text("Integers must be within the safe integer range.")),
                ("origin", Text("int")),
                ("inclusive", Flag(true)),
            ];
            let message = format!("{size}: expected int to be {sign}{limit}");
            issues.push(Self::of_parameter(name, &details, message));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is past either end is refused"
        )]
        let whole = number as u64;
        if !is_small && whole <= maximum {
            return Ok(whole);
        }
        let limit = if is_small { 1 } else { i64::try_from(maximum).unwrap_or(i64::MAX) };
        let details = [
            ("origin", Text("number")),
            ("code", Text(code)),
            (bound, Number(limit)),
            ("inclusive", Flag(true)),
        ];
        let message = format!("{size}: expected number to be {sign}{limit}");
        issues.push(Self::of_parameter(name, &details, message));
        Err(issues)
    }

    fn of_parameter(name: &'static str, details: &[(&'static str, Detail)], message: String) -> Self {
        Self { details: details.to_vec(), path: vec![name.into()], message: message.into() }
    }

    /// Whether the issue is about this field.
    pub(super) fn is_about(&self, field: &str) -> bool {
        self.path.first().is_some_and(|first| first == field)
    }
}

impl From<Issue> for Invalid {
    fn from(issue: Issue) -> Self {
        Self::Issues(vec![issue])
    }
}
