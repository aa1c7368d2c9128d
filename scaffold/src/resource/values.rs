//! Values of fields for examples and tests, and what the API says of wrong ones.

use super::{
    fields::{Choice, Default, Field, Kind},
    literal::Literal,
    model::Constants,
    words::with_article,
};

/// What is no value of any kind but a text: those of an enumeration have no spaces.
pub(crate) const NO_VALUE: &str = "none of these";

/// Which of two values, so that a test sees a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    First,
    Second,
}

/// A broken rule, as an issue of Zod 4.
pub(crate) enum Issue {
    /// The field has another type.
    WrongType { field: String, expected: &'static str, received: &'static str },
    /// Any other.
    Other(Literal),
}

impl Issue {
    /// As an object.
    pub(crate) fn object(&self) -> Literal {
        match self {
            Self::WrongType { field, expected, received } => {
                wrong_type(Literal::List(vec![Literal::text(field)]), expected, received)
            }
            Self::Other(issue) => issue.clone(),
        }
    }

    /// As a test writes it.
    pub(crate) fn rust(&self) -> Literal {
        match self {
            Self::WrongType { field, expected, received } => {
                Literal::Rust(format!("wrong_type({field:?}, {expected:?}, {received:?})"))
            }
            Self::Other(issue) => issue.clone(),
        }
    }
}

impl Field {
    /// A value that keeps all rules.
    pub(crate) fn value(&self, which: Which) -> Literal {
        let Some(most) = self.most else { return self.element(which) };
        Literal::List(match which {
            Which::First => vec![self.element(Which::First)],
            Which::Second if most > 1 => vec![self.element(Which::First), self.element(Which::Second)],
            Which::Second => vec![self.element(Which::Second)],
        })
    }

    /// The same for an element of an array.
    fn element(&self, which: Which) -> Literal {
        let is_first = which == Which::First;
        match &self.kind {
            Kind::String | Kind::Text => Literal::Text(self.sample_text(which)),
            Kind::Bool => Literal::Bool(is_first),
            Kind::Integer => Literal::number(if is_first { "1" } else { "2" }),
            Kind::Number => Literal::number(if is_first { "1.5" } else { "2.5" }),
            Kind::Timestamp => {
                Literal::text(if is_first { "2026-07-01T09:00:00.000Z" } else { "2026-12-24T18:30:00.000Z" })
            }
            Kind::Enum(Choice { values, .. }) => {
                let value = if is_first { values.first() } else { values.last() };
                Literal::text(value.map_or("", String::as_str))
            }
        }
    }

    /// `A title`, `Another title`.
    fn sample_text(&self, which: Which) -> String {
        let words = self.words();
        let words = if self.is_array() { pluralizer::pluralize(&words, 1, false) } else { words };
        match which {
            Which::First => {
                let text = with_article(&words);
                text[..1].to_uppercase() + &text[1..]
            }
            Which::Second => format!("Another {words}"),
        }
    }

    /// What it is in an item that was made without it.
    pub(crate) fn left_out(&self) -> Option<Literal> {
        self.default().map(|default| match default {
            Default::Null => Literal::Null,
            Default::Empty => Literal::List(Vec::new()),
            Default::False => Literal::Bool(false),
        })
    }

    /// A value that breaks a rule, also in a patch, and what is said of it.
    pub(crate) fn broken(&self) -> (Literal, Issue) {
        let wrong = |value, expected, received| {
            let within = || Issue::Other(wrong_type(self.path(), expected, received));
            (value, if self.is_array() { within() } else { self.wrong_type(expected, received) })
        };
        let (value, issue) = match &self.kind {
            Kind::String | Kind::Text if self.may_be_empty() => {
                wrong(Literal::number("1"), "string", "number")
            }
            Kind::String | Kind::Text => (
                Literal::text(""),
                Issue::Other(Literal::object([
                    ("code", Literal::text("too_small")),
                    ("origin", Literal::text("string")),
                    ("minimum", Literal::number("1")),
                    ("inclusive", Literal::Bool(true)),
                    ("path", self.path()),
                    ("message", Literal::text("Too small: expected string to have >=1 characters")),
                ])),
            ),
            Kind::Bool => wrong(Literal::text("yes"), "boolean", "string"),
            Kind::Number => wrong(Literal::text("one"), "number", "string"),
            Kind::Integer => (
                Literal::number("1.5"),
                Issue::Other(Literal::object([
                    ("expected", Literal::text("int")),
                    ("format", Literal::text("safeint")),
                    ("code", Literal::text("invalid_type")),
                    ("path", self.path()),
                    ("message", Literal::text("Invalid input: expected int, received number")),
                ])),
            ),
            Kind::Timestamp => (
                Literal::text("tomorrow"),
                Issue::Other(Literal::object([
                    ("origin", Literal::text("string")),
                    ("code", Literal::text("invalid_format")),
                    ("format", Literal::text("datetime")),
                    ("path", self.path()),
                    ("message", Literal::text("Invalid ISO datetime")),
                ])),
            ),
            Kind::Enum(choice) => {
                (Literal::text(NO_VALUE), Issue::Other(no_choice(&choice.values, self.path())))
            }
        };
        (if self.is_array() { Literal::List(vec![value]) } else { value }, issue)
    }

    /// What is said where it is `undefined` or `null` and must not be.
    pub(crate) fn missing(&self, received: &'static str) -> Issue {
        let expected = match &self.kind {
            _ if self.is_array() => "array",
            Kind::String | Kind::Text | Kind::Timestamp => "string",
            Kind::Bool => "boolean",
            Kind::Integer | Kind::Number => "number",
            Kind::Enum(choice) => {
                return Issue::Other(no_choice(
                    &choice.values,
                    Literal::List(vec![Literal::Text(self.json())]),
                ));
            }
        };
        self.wrong_type(expected, received)
    }

    /// A value with one character or element too many, and what is said of it, as expressions of Rust.
    pub(crate) fn too_long(&self, constants: &Constants) -> Option<(Literal, Literal)> {
        let (value, origin, most) = match (&constants.items, &constants.characters) {
            (Some(most), _) => {
                let element = self.element(Which::First).rust();
                (format!("vec![{element}; length({most}) + 1]"), "array", most)
            }
            (None, Some(most)) => (one_too_many(most), "string", most),
            (None, None) => return None,
        };
        let path = Literal::List(vec![Literal::Text(self.json())]);
        Some((Literal::Rust(value), too_big(&path, origin, most)))
    }

    /// The same for the texts of an array.
    pub(crate) fn too_long_within(&self, constants: &Constants) -> Option<(Literal, Literal)> {
        let most = constants.characters.as_ref().filter(|_| self.is_array())?;
        let value = Literal::Rust(format!("[{}]", one_too_many(most)));
        Some((value, too_big(&self.path(), "string", most)))
    }

    /// The value that takes the most room, as an expression of Rust.
    pub(crate) fn largest(&self, constants: &Constants) -> Literal {
        let element = match (&self.kind, &constants.characters) {
            (_, Some(most)) => format!("\"😀\".repeat(length({most}))"),
            (Kind::Integer, _) => "MAX_SAFE_INTEGER".to_owned(),
            (Kind::Number, _) => "-1.5e125".to_owned(),
            (Kind::Enum(choice), _) => {
                format!(
                    "{:?}",
                    choice.values.iter().max_by_key(|value| value.len()).map_or("", String::as_str)
                )
            }
            _ => self.element(Which::First).rust(),
        };
        Literal::Rust(match &constants.items {
            Some(most) => format!("vec![{element}; length({most})]"),
            None => element,
        })
    }

    fn wrong_type(&self, expected: &'static str, received: &'static str) -> Issue {
        Issue::WrongType { field: self.json(), expected, received }
    }

    /// Where the value is that [`broken`](Self::broken) breaks.
    fn path(&self) -> Literal {
        let mut path = vec![Literal::Text(self.json())];
        path.extend(self.is_array().then(|| Literal::number("0")));
        Literal::List(path)
    }
}

/// A text that is too long by one character.
fn one_too_many(most: &str) -> String {
    format!("\"x\".repeat(length({most}) + 1)")
}

fn too_big(path: &Literal, origin: &str, most: &str) -> Literal {
    Literal::Rust(format!("too_big(&json!({}), {origin:?}, {most})", path.rust()))
}

fn wrong_type(path: Literal, expected: &str, received: &str) -> Literal {
    Literal::object([
        ("code", Literal::text("invalid_type")),
        ("expected", Literal::text(expected)),
        ("path", path),
        ("message", Literal::Text(format!("Invalid input: expected {expected}, received {received}"))),
    ])
}

fn no_choice(values: &[String], path: Literal) -> Literal {
    let listed = values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join("|");
    let message = format!("Invalid option: expected one of {listed}");
    Literal::object([
        ("code", Literal::text("invalid_value")),
        ("values", Literal::List(values.iter().map(|value| Literal::text(value)).collect())),
        ("path", path),
        ("message", Literal::Text(message)),
    ])
}

/// What is said of a query parameter that is neither `true` nor `false`.
pub(crate) fn no_flag(field: &str) -> Literal {
    no_choice(&["true".to_owned(), "false".to_owned()], Literal::List(vec![Literal::text(field)]))
}

/// What is said of a query parameter that is no number.
pub(crate) fn not_a_number(field: &str) -> Literal {
    Literal::object([
        ("expected", Literal::text("number")),
        ("code", Literal::text("invalid_type")),
        ("received", Literal::text("NaN")),
        ("path", Literal::List(vec![Literal::text(field)])),
        ("message", Literal::text("Invalid input: expected number, received NaN")),
    ])
}

/// `10_000`
pub(crate) fn grouped(number: u32) -> String {
    if number < 1_000 {
        number.to_string()
    } else {
        format!("{}_{:03}", grouped(number / 1_000), number % 1_000)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn field(text: &str) -> Field {
        text.parse().unwrap()
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        for (text, first, second) in [
            ("title:string", r#""A title""#, r#""Another title""#),
            ("author:string", r#""An author""#, r#""Another author""#),
            ("tags:string[10]", r#"["A tag"]"#, r#"["A tag", "Another tag"]"#),
            ("tags:string[1]", r#"["A tag"]"#, r#"["Another tag"]"#),
            ("pinned:bool", "true", "false"),
            ("priority:enum(low,high)", r#""low""#, r#""high""#),
        ] {
            let field = field(text);
            assert_eq!(
                (field.value(Which::First).rust().as_str(), field.value(Which::Second).rust().as_str()),
                (first, second)
            );
        }
    }

    #[test]
    fn numbers_have_groups_as_clippy_wants_them() {
        assert_eq!(
            [0, 999, 1_000, 50_001, 1_000_000].map(grouped),
            ["0", "999", "1_000", "50_001", "1_000_000"]
        );
    }
}
