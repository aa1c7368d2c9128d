//! Names in JSON, as serde writes them.

use proc_macro2::Span;
use syn::{Error, Result};

/// The value of `#[serde(rename_all = "…")]`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Case {
    /// Names stay as they are.
    #[default]
    AsIs,
    Lower,
    Upper,
    Camel,
    Snake,
    Kebab,
    ScreamingSnake,
}

impl Case {
    pub(crate) fn new(name: &str, span: Span) -> Result<Self> {
        Ok(match name {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "kebab-case" => Self::Kebab,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            _ => return Err(Error::new(span, format!("rename_all = \"{name}\" is not supported"))),
        })
    }

    /// The name of a field that is `name` in Rust: `created_at`.
    pub(crate) fn of_field(self, name: &str) -> String {
        match self {
            Self::Camel => {
                let mut words = name.split('_');
                let first = words.next().unwrap_or_default().to_owned();
                words.fold(first, |all, word| all + &capitalised(word))
            }
            Self::Kebab => name.replace('_', "-"),
            Self::Upper | Self::ScreamingSnake => name.to_uppercase(),
            Self::AsIs | Self::Lower | Self::Snake => name.to_owned(),
        }
    }

    /// The name of a variant that is `name` in Rust: `InReview`.
    pub(crate) fn of_variant(self, name: &str) -> String {
        let words = |separator: &str| {
            let mut words = String::new();
            for (place, letter) in name.char_indices() {
                if place > 0 && letter.is_uppercase() {
                    words.push_str(separator);
                }
                words.extend(letter.to_lowercase());
            }
            words
        };
        match self {
            Self::AsIs => name.to_owned(),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Camel => name[..1].to_lowercase() + &name[1..],
            Self::Snake => words("_"),
            Self::Kebab => words("-"),
            Self::ScreamingSnake => words("_").to_uppercase(),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
