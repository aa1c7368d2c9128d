//! What is wrong with a caller's JSON, in the words of Zod 4.
//!
//! The front ends this API serves were written against Zod's issues, so codes, keys and messages are Zod's.

use std::{borrow::Cow, ops::RangeInclusive};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;
use validator::ValidationError;

use self::Detail::{Flag, Number, Text, Texts};
use super::number;

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
    /// Which rule, and its bounds.
    details: Vec<(&'static str, Detail)>,
    pub(super) path: Vec<Step>,
    message: Cow<'static, str>,
}

/// A step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Step {
    Name(&'static str),
    Index(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Detail {
    Text(&'static str),
    Texts(&'static [&'static str]),
    Number(number::Number),
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
pub(super) const BYTES: &str = "bytes";
/// 2^53 - 1: beyond it two whole numbers are one to JavaScript.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
const SAFE: RangeInclusive<f64> = -MAX_SAFE..=MAX_SAFE;

impl Issue {
    /// The value is no `expected` but a `received`.
    #[must_use]
    pub fn wrong_type(expected: &'static str, received: &str) -> Self {
        let message = format!("Invalid input: expected {expected}, received {received}");
        Self::new([("code", Text("invalid_type")), ("expected", Text(expected))], message)
    }

    /// The text is not of this format.
    pub(super) fn wrong_format(format: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        let details =
            [("origin", Text("string")), ("code", Text("invalid_format")), ("format", Text(format))];
        Self::new(details, message)
    }

    /// The value is none of these.
    pub(super) fn no_choice(values: &'static [&'static str]) -> Self {
        let listed = values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join("|");
        let message = match values {
            [_] => format!("Invalid input: expected {listed}"),
            _ => format!("Invalid option: expected one of {listed}"),
        };
        Self::new([("code", Text("invalid_value")), ("values", Texts(values))], message)
    }

    /// Nothing if the number is finite.
    pub(super) fn not_finite(number: f64) -> Option<Self> {
        let received = match number {
            f64::INFINITY => "Infinity",
            f64::NEG_INFINITY => "-Infinity",
            _ if number.is_nan() => "NaN",
            _ => return None,
        };
        let details =
            [("expected", Text("number")), ("code", Text("invalid_type")), ("received", Text(received))];
        Some(Self::new(details, format!("Invalid input: expected number, received {received}")))
    }

    /// Nothing if the number is whole.
    pub(super) fn not_whole(number: f64) -> Option<Self> {
        let details =
            [("expected", Text("int")), ("format", Text("safeint")), ("code", Text("invalid_type"))];
        (number.fract() != 0.0).then(|| Self::new(details, "Invalid input: expected int, received number"))
    }

    /// Nothing if the whole number is one that JavaScript can tell from the next.
    pub(super) fn not_safe(number: f64) -> Option<Self> {
        if SAFE.contains(&number) {
            return None;
        }
        let (code, bound, limit, sign) = if number > 0.0 {
            ("too_big", "maximum", MAX_SAFE, "Too big: expected int to be <=")
        } else {
            ("too_small", "minimum", -MAX_SAFE, "Too small: expected int to be >=")
        };
        let limit = number::Number::bound(limit);
        let details = [
            ("code", Text(code)),
            (bound, Number(limit)),
            ("note", Text("Integers must be within the safe integer range.")),
            ("origin", Text("int")),
            ("inclusive", Flag(true)),
        ];
        Some(Self::new(details, format!("{sign}{limit}")))
    }

    /// The number is at the wrong side of a bound.
    pub(super) fn out_of_range(is_big: bool, bound: number::Number, is_inclusive: bool) -> Self {
        let (code, name, sign) = if is_big {
            ("too_big", "maximum", "Too big: expected number to be <")
        } else {
            ("too_small", "minimum", "Too small: expected number to be >")
        };
        let details = [
            ("origin", Text("number")),
            ("code", Text(code)),
            (name, Number(bound)),
            ("inclusive", Flag(is_inclusive)),
        ];
        let equal = if is_inclusive { "=" } else { "" };
        Self::new(details, format!("{sign}{equal}{bound}"))
    }

    /// A broken rule of a field. `validator` says which rule, its bounds and the value; what is wrong with
    /// the value they tell. A message of the rule's own is for its lower bound, if it has two.
    pub(super) fn from_rule(error: &ValidationError) -> Self {
        let own = |issue: Self| match &error.message {
            Some(message) => Self { message: message.clone(), ..issue },
            None => issue,
        };
        match &*error.code {
            "length" => {
                let issue = Self::wrong_length(error);
                if issue.is_too_big() && error.params.contains_key("min") { issue } else { own(issue) }
            }
            "range" => {
                let issue = Self::out_of_bounds(error);
                let has_lower = ["min", "exclusive_min"].iter().any(|name| error.params.contains_key(*name));
                if issue.is_too_big() && has_lower { issue } else { own(issue) }
            }
            BYTES => {
                own(Self::length(true, "string", "bytes", bound(error, "max").unwrap_or_default(), false))
            }
            "email" => own(Self::wrong_format("email", "Invalid email address")),
            "url" => {
                let details = [("code", Text("invalid_format")), ("format", Text("url"))];
                own(Self::new(details, "Invalid URL"))
            }
            _ => own(Self::new([("code", Text("custom"))], "Invalid input")),
        }
    }

    /// The rule `length`, of a text or of an array, whose value is then the number of its elements.
    fn wrong_length(error: &ValidationError) -> Self {
        let (origin, unit, length) = match error.params.get("value") {
            Some(Value::String(text)) => ("string", "characters", text.chars().count() as u64),
            Some(Value::Array(elements)) => ("array", "items", elements.len() as u64),
            Some(value) => ("array", "items", value.as_u64().unwrap_or_default()),
            None => ("string", "characters", 0),
        };
        if let Some(exact) = bound(error, "equal") {
            return Self::length(length > exact, origin, unit, exact, true);
        }
        match (bound(error, "min"), bound(error, "max")) {
            (Some(minimum), _) if length < minimum => Self::length(false, origin, unit, minimum, false),
            (_, maximum) => Self::length(true, origin, unit, maximum.unwrap_or_default(), false),
        }
    }

    fn length(is_big: bool, origin: &'static str, unit: &str, bound: u64, is_exact: bool) -> Self {
        let (code, name, start, sign) = if is_big {
            ("too_big", "maximum", "Too big", "<=")
        } else {
            ("too_small", "minimum", "Too small", ">=")
        };
        let mut details = vec![
            ("code", Text(code)),
            ("origin", Text(origin)),
            (name, Number(number::Number::length(bound))),
            ("inclusive", Flag(true)),
        ];
        if is_exact {
            details.push(("exact", Flag(true)));
        }
        let sign = if is_exact { "exactly " } else { sign };
        let message = format!("{start}: expected {origin} to have {sign}{bound} {unit}");
        Self { details, path: Vec::new(), message: message.into() }
    }

    /// The rule `range`.
    fn out_of_bounds(error: &ValidationError) -> Self {
        let number = |name| error.params.get(name).and_then(Value::as_f64);
        let value = number("value").unwrap_or_default();
        let broken = [
            (false, "min", true, f64::ge as fn(&f64, &f64) -> bool),
            (false, "exclusive_min", false, f64::gt),
            (true, "max", true, f64::le),
            (true, "exclusive_max", false, f64::lt),
        ]
        .into_iter()
        .find_map(|(is_big, name, is_inclusive, holds)| {
            let bound = number(name).filter(|bound| !holds(&value, bound))?;
            Some(Self::out_of_range(is_big, number::Number::bound(bound), is_inclusive))
        });
        broken.unwrap_or_else(|| Self::new([("code", Text("custom"))], "Invalid input"))
    }

    /// The whole number that a parameter is: `z.coerce.number().int().min(1).max(maximum)`.
    ///
    /// # Errors
    /// An issue for each rule that it breaks.
    pub fn whole_number(name: &'static str, number: f64, maximum: u64) -> Result<u64, Vec<Self>> {
        if let Some(issue) = Self::not_finite(number).or_else(|| Self::not_whole(number)) {
            return Err(vec![issue.at(name)]);
        }
        let is_small = number < 1.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is past either end is refused"
        )]
        let whole = number as u64;
        if !is_small && whole <= maximum {
            return Ok(whole);
        }
        let limit = if is_small { 1 } else { maximum };
        let range = Self::out_of_range(!is_small, number::Number::length(limit), true);
        Err(Self::not_safe(number).into_iter().chain([range]).map(|issue| issue.at(name)).collect())
    }

    /// The whole number that a parameter is: `z.coerce.number().int()`.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub(super) fn any_whole_number(name: &'static str, number: f64) -> Result<i64, Self> {
        let issue = Self::not_finite(number).or_else(|| Self::not_whole(number));
        match issue.or_else(|| Self::not_safe(number)) {
            Some(issue) => Err(issue.at(name)),
            #[expect(clippy::cast_possible_truncation, reason = "what is past either end is refused")]
            None => Ok(number as i64),
        }
    }

    fn new<const N: usize>(
        details: [(&'static str, Detail); N],
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { details: details.to_vec(), path: Vec::new(), message: message.into() }
    }

    /// The same, about the field of this name.
    pub(super) fn at(mut self, name: &'static str) -> Self {
        self.path.insert(0, Step::Name(name));
        self
    }

    /// Whether the issue is about this field.
    pub(super) fn is_about(&self, field: &'static str) -> bool {
        self.path.first() == Some(&Step::Name(field))
    }

    /// Whether there is too much of something.
    pub(super) fn is_too_big(&self) -> bool {
        self.details.contains(&("code", Text("too_big")))
    }
}

/// A bound that is a length.
fn bound(error: &ValidationError, name: &str) -> Option<u64> {
    error.params.get(name).and_then(Value::as_u64)
}
