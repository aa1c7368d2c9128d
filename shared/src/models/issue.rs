//! What is wrong with a caller's JSON, in the words of Zod 4.
//!
//! The front ends this API serves were written against Zod's issues, so codes, keys and messages are Zod's.

use std::borrow::Cow;

use serde::Serialize;
use validator::ValidationError;

/// Why a body was refused. All of it is for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// It is no JSON; says what and where.
    Json(String),
    /// One sentence says it all.
    Message(&'static str),
    /// Fields that broke rules, in the order of the schema.
    Issues(Vec<Issue>),
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    #[serde(flatten)]
    rule: Rule,
    path: Vec<Cow<'static, str>>,
    message: Cow<'static, str>,
}

/// Which rule, and its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rule {
    /// The value is of another type.
    InvalidType {
        /// The type asked for.
        expected: &'static str,
    },
    /// Below the minimum.
    TooSmall {
        /// The type that is measured.
        origin: &'static str,
        /// The least allowed.
        minimum: u64,
        /// Whether the minimum itself is allowed.
        inclusive: bool,
    },
    /// Above the maximum.
    TooBig {
        /// The type that is measured.
        origin: &'static str,
        /// The most allowed.
        maximum: u64,
        /// Whether the maximum itself is allowed.
        inclusive: bool,
    },
}

/// The code of a [`ValidationError`] that counts bytes; its parameter `max` is the bound.
pub(super) const BYTES: &str = "bytes";

impl Issue {
    /// The value at `path` (empty: the body itself) is no `expected` but a `received`.
    #[must_use]
    pub fn wrong_type(path: Option<&'static str>, expected: &'static str, received: &str) -> Self {
        Self {
            rule: Rule::InvalidType { expected },
            path: path.into_iter().map(Cow::Borrowed).collect(),
            message: format!("Invalid input: expected {expected}, received {received}").into(),
        }
    }

    /// The number at `path` is under `minimum`.
    #[must_use]
    pub fn number_too_small(path: &'static str, minimum: u64) -> Self {
        Self {
            rule: Rule::TooSmall { origin: "number", minimum, inclusive: true },
            path: vec![path.into()],
            message: format!("Too small: expected number to be >={minimum}").into(),
        }
    }

    /// The number at `path` is over `maximum`.
    #[must_use]
    pub fn number_too_big(path: &'static str, maximum: u64) -> Self {
        Self {
            rule: Rule::TooBig { origin: "number", maximum, inclusive: true },
            path: vec![path.into()],
            message: format!("Too big: expected number to be <={maximum}").into(),
        }
    }

    /// A broken `length` or byte rule of a model's string field. `validator` says only that the length is out
    /// of bounds; which bound, its parameters tell. A message of the rule's own is the one for "too short".
    pub(super) fn from_rule(field: &'static str, error: &ValidationError) -> Self {
        let bound = |name| error.params.get(name).and_then(serde_json::Value::as_u64);
        let length =
            error.params.get("value").and_then(|value| value.as_str()).map(|text| text.chars().count());
        let (rule, message) = match (bound("min"), bound("max")) {
            (Some(minimum), _) if length.is_none_or(|length| (length as u64) < minimum) => (
                Rule::TooSmall { origin: "string", minimum, inclusive: true },
                error.message.clone().unwrap_or_else(|| {
                    format!("Too small: expected string to have >={minimum} characters").into()
                }),
            ),
            (_, maximum) => {
                let (maximum, unit) =
                    (maximum.unwrap_or_default(), if error.code == BYTES { "bytes" } else { "characters" });
                (
                    Rule::TooBig { origin: "string", maximum, inclusive: true },
                    format!("Too big: expected string to have <={maximum} {unit}").into(),
                )
            }
        };
        Self { rule, path: vec![field.into()], message }
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
