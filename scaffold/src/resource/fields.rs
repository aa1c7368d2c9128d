//! A field as it is given on the command line: `tags:string[10]?`.

use heck::{ToLowerCamelCase as _, ToPascalCase as _, ToSnakeCase as _};

use super::words::{KEYWORDS, is_name};

/// Characters that a string may have.
pub(crate) const STRING_CHARACTERS: u32 = 255;
/// Elements that an array may have at most.
const MOST_ELEMENTS: u32 = 1_000;

/// A field of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Its name in Rust: `due_at`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// It is an array of at most so many.
    pub(crate) most: Option<u32>,
    pub(crate) is_optional: bool,
    /// Whether a list can be filtered by it.
    pub(crate) is_filter: bool,
}

/// The type of a field, or of each element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Text,
    Bool,
    Integer,
    Number,
    Timestamp,
    Enum(Choice),
}

/// The values of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// As callers see them: `in-review`.
    pub(crate) values: Vec<String>,
    /// How serde makes them of the variants' names: `kebab-case`.
    pub(crate) case: &'static str,
}

impl Field {
    /// Its name in JSON and in the store: `dueAt`.
    pub(crate) fn json(&self) -> String {
        self.name.to_lower_camel_case()
    }

    /// `DueAt`
    pub(crate) fn pascal(&self) -> String {
        self.name.to_pascal_case()
    }

    /// `due at`
    pub(crate) fn words(&self) -> String {
        self.name.replace('_', " ")
    }

    pub(crate) fn is_array(&self) -> bool {
        self.most.is_some()
    }

    /// Whether a text of it may have no character.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.is_optional && !self.is_array()
    }

    /// What it is where a new item is made without it; nothing if it must be given.
    pub(crate) fn default(&self) -> Option<Default> {
        match self.kind {
            _ if self.is_optional => Some(Default::Null),
            _ if self.is_array() => Some(Default::Empty),
            Kind::Bool => Some(Default::False),
            _ => None,
        }
    }

    pub(crate) fn is_required(&self) -> bool {
        self.default().is_none()
    }
}

/// What a field is that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Default {
    Null,
    Empty,
    False,
}

/// The field that a word of the command line describes, or a sentence that says what is wrong with it.
impl std::str::FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((name, ty)) = text.split_once(':') else {
            return Err(format!("`{text}` has no type: write it as in `title:string`"));
        };
        let name = checked(name)?;
        let (ty, is_optional) = ty.strip_suffix('?').map_or((ty, false), |ty| (ty, true));
        let (ty, most) = match ty.strip_suffix(']').and_then(|ty| ty.rsplit_once('[')) {
            Some((ty, most)) => (ty, Some(elements(text, most)?)),
            None => (ty, None),
        };
        Ok(Self { name, kind: kind(text, ty)?, most, is_optional, is_filter: false })
    }
}

/// The name in snake case.
fn checked(given: &str) -> Result<String, String> {
    let name = given.to_snake_case();
    if !is_name(&name, '_') || ![&name, &name.to_lower_camel_case()].contains(&&given.to_owned()) {
        return Err(format!(
            "`{given}` is no name of a field: write words of letters and digits, such as `dueAt` or `due_at`"
        ));
    }
    if name.len() > 40 {
        return Err(format!("`{given}` is too long: the name of a field has at most 40 letters"));
    }
    if KEYWORDS.contains(&name.as_str()) {
        return Err(format!("`{given}` is a keyword of Rust; choose another name for the field"));
    }
    match name.as_str() {
        "id" | "created_at" => Err(format!("every item has `{given}` already; leave the field out")),
        "pk" | "version" => Err(format!("the store keeps `{given}` for itself; choose another name")),
        _ => Ok(name),
    }
}

fn elements(text: &str, most: &str) -> Result<u32, String> {
    most.parse()
        .ok()
        .filter(|most| (1..=MOST_ELEMENTS).contains(most))
        .ok_or_else(|| format!("`{text}`: an array has at most 1 to 1,000 elements, as in `[10]`"))
}

fn kind(text: &str, ty: &str) -> Result<Kind, String> {
    Ok(match ty {
        "string" => Kind::String,
        "text" => Kind::Text,
        "bool" => Kind::Bool,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "timestamp" => Kind::Timestamp,
        _ => match ty.strip_prefix("enum(").and_then(|values| values.strip_suffix(')')) {
            Some(values) => Kind::Enum(choice(text, values)?),
            None => {
                return Err(format!(
                    "`{text}`: `{ty}` is no type; the types are string, text, bool, integer, number, \
                     timestamp and enum(a,b), with `[n]` for an array and `?` for an optional field"
                ));
            }
        },
    })
}

fn choice(text: &str, values: &str) -> Result<Choice, String> {
    let values: Vec<_> = values.split(',').map(str::to_owned).collect();
    let is_word = |value: &String| {
        value.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            && value.len() <= 40
    };
    if let Some(value) = values.iter().find(|value| !is_word(value)) {
        return Err(format!(
            "`{text}`: `{value}` is no value of an enumeration: write letters and digits, as in `enum(low,in-review)`"
        ));
    }
    if !(2..=50).contains(&values.len()) {
        return Err(format!("`{text}`: an enumeration has 2 to 50 values, as in `enum(low,high)`"));
    }
    if let Some(value) = values.iter().find(|value| variant(value) == "Self") {
        return Err(format!("`{text}`: `{value}` is a keyword of Rust; choose another value"));
    }
    for (at, value) in values.iter().enumerate() {
        if let Some(other) = values[..at].iter().find(|other| variant(other) == variant(value)) {
            return Err(format!("`{text}`: `{other}` and `{value}` would have the same name in Rust"));
        }
    }
    let case = CASES.iter().find(|(_, write)| values.iter().all(|value| write(&variant(value)) == *value));
    let Some((case, _)) = case else {
        return Err(format!(
            "`{text}`: write all values in the same way, such as `in-review`, `in_review` or `inReview`"
        ));
    };
    Ok(Choice { values, case })
}

/// The variant of a value: `InReview`.
pub(crate) fn variant(value: &str) -> String {
    value.to_pascal_case()
}

type Case = (&'static str, fn(&str) -> String);

/// How serde writes the name of a variant, by the name that it has for this. The first that fits is taken.
const CASES: [Case; 7] = [
    ("lowercase", |name| name.to_lowercase()),
    ("kebab-case", |name| split(name, "-")),
    ("snake_case", |name| split(name, "_")),
    ("camelCase", |name| name[..1].to_lowercase() + &name[1..]),
    ("UPPERCASE", |name| name.to_uppercase()),
    ("SCREAMING_SNAKE_CASE", |name| split(name, "_").to_uppercase()),
    ("", str::to_owned),
];

fn split(name: &str, separator: &str) -> String {
    let mut words = String::new();
    for (place, letter) in name.char_indices() {
        if place > 0 && letter.is_uppercase() {
            words.push_str(separator);
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn field(text: &str) -> Field {
        text.parse().unwrap()
    }

    #[test]
    fn every_type_is_read_alone_as_an_array_and_optional() {
        let choice = Choice { values: vec!["low".into(), "high".into()], case: "lowercase" };
        for (ty, kind) in [
            ("string", Kind::String),
            ("text", Kind::Text),
            ("bool", Kind::Bool),
            ("integer", Kind::Integer),
            ("number", Kind::Number),
            ("timestamp", Kind::Timestamp),
            ("enum(low,high)", Kind::Enum(choice)),
        ] {
            for (behind, most, is_optional) in [
                ("", None, false),
                ("?", None, true),
                ("[10]", Some(10), false),
                ("[1000]?", Some(1_000), true),
            ] {
                let name = "due_at".to_owned();
                let expected = Field { name, kind: kind.clone(), most, is_optional, is_filter: false };
                assert_eq!(field(&format!("dueAt:{ty}{behind}")), expected);
            }
        }
    }

    #[test]
    fn a_name_may_be_given_as_in_rust_or_as_in_json() {
        for name in ["due_at", "dueAt"] {
            let field = field(&format!("{name}:timestamp"));
            assert_eq!((field.name.as_str(), field.json().as_str()), ("due_at", "dueAt"));
            assert_eq!((field.pascal().as_str(), field.words().as_str()), ("DueAt", "due at"));
        }
    }

    #[test]
    fn values_are_written_as_they_are_given() {
        for (values, case, variants) in [
            ("low,high", "lowercase", ["Low", "High"]),
            ("e-book,paper", "kebab-case", ["EBook", "Paper"]),
            ("in_review,done", "snake_case", ["InReview", "Done"]),
            ("inReview,done", "camelCase", ["InReview", "Done"]),
            ("LOW,HIGH", "UPPERCASE", ["Low", "High"]),
            ("IN_REVIEW,DONE", "SCREAMING_SNAKE_CASE", ["InReview", "Done"]),
            ("InReview,Done", "", ["InReview", "Done"]),
        ] {
            let Kind::Enum(choice) = field(&format!("status:enum({values})")).kind else {
                panic!("{values}")
            };
            assert_eq!((choice.case, choice.values.join(",").as_str()), (case, values));
            assert_eq!(choice.values.iter().map(|value| variant(value)).collect::<Vec<_>>(), variants);
        }
    }

    #[test]
    fn what_is_left_out_has_a_default_or_must_be_given() {
        for (text, expected) in [
            ("a:string", None),
            ("a:enum(b,c)", None),
            ("a:bool", Some(Default::False)),
            ("a:bool?", Some(Default::Null)),
            ("a:string[2]", Some(Default::Empty)),
            ("a:string[2]?", Some(Default::Null)),
        ] {
            assert_eq!(field(text).default(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_one_sentence() {
        for (text, expected) in [
            ("title", "`title` has no type: write it as in `title:string`"),
            ("type:string", "`type` is a keyword of Rust; choose another name for the field"),
            ("createdAt:timestamp", "every item has `createdAt` already; leave the field out"),
            ("version:integer", "the store keeps `version` for itself; choose another name"),
            (
                "Title:string",
                "`Title` is no name of a field: write words of letters and digits, such as `dueAt` or `due_at`",
            ),
            ("tags:string[0]", "`tags:string[0]`: an array has at most 1 to 1,000 elements, as in `[10]`"),
            ("tags:string[]", "`tags:string[]`: an array has at most 1 to 1,000 elements, as in `[10]`"),
            (
                "size:float",
                "`size:float`: `float` is no type; the types are string, text, bool, integer, number, timestamp and enum(a,b), with `[n]` for an array and `?` for an optional field",
            ),
            (
                "a:enum()",
                "`a:enum()`: `` is no value of an enumeration: write letters and digits, as in `enum(low,in-review)`",
            ),
            ("a:enum(b)", "`a:enum(b)`: an enumeration has 2 to 50 values, as in `enum(low,high)`"),
            ("a:enum(b,b)", "`a:enum(b,b)`: `b` and `b` would have the same name in Rust"),
            (
                "a:enum(inReview,not-done)",
                "`a:enum(inReview,not-done)`: write all values in the same way, such as `in-review`, `in_review` or `inReview`",
            ),
        ] {
            assert_eq!(text.parse::<Field>().unwrap_err(), expected);
        }
        for text in [
            "",
            ":string",
            "a:",
            "a b:string",
            "a_:string",
            "_a:string",
            "1a:string",
            "ä:string",
            "a:string?[2]",
            "a:string??",
            "a:enum(self,other)",
        ] {
            assert!(text.parse::<Field>().is_err(), "{text}");
        }
    }
}
