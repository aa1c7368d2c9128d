//! Fields that a list can be filtered by.

use super::{coerced::number_from_text, field::Field, issue::Issue};

/// A field that a list can be filtered by: one with `#[model(filter)]`.
///
/// The store keeps a copy of it in an index, in the form in which values are compared. That copy is a text,
/// whatever the type of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// The field's name in JSON, and that of the query parameter.
    pub name: &'static str,
    /// What values it has.
    pub kind: FilterKind,
}

/// What values a filter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKind {
    /// Texts. They are compared without regard to case, by full Unicode lower-casing: `Jane` finds `JANE`.
    Text,
    /// Whole numbers.
    Whole,
    /// These, letter by letter: those of a [`Choice`](super::Choice), or `true` and `false`.
    OneOf(&'static [&'static str]),
}

impl Filter {
    /// A value that a caller filters by, in the form in which values are compared. Any text is a value of a
    /// text, also one that no item can have: it finds nothing. A number is read as `z.coerce.number().int()`
    /// reads it.
    ///
    /// # Errors
    /// An issue where no item can have such a value, so that a typo is not answered with an empty list.
    pub fn read(&self, text: &str) -> Result<String, Issue> {
        match self.kind {
            FilterKind::Text => Ok(self.fold(text)),
            FilterKind::Whole => {
                Issue::any_whole_number(self.name, number_from_text(text)).map(|n| n.to_string())
            }
            FilterKind::OneOf(values) if values.contains(&text) => Ok(text.to_owned()),
            FilterKind::OneOf(values) => Err(Issue::no_choice(values).at(self.name)),
        }
    }

    /// The text of a stored value in the form in which values are compared.
    #[must_use]
    pub fn fold(&self, text: &str) -> String {
        match self.kind {
            FilterKind::Text => text.to_lowercase(),
            FilterKind::Whole | FilterKind::OneOf(_) => text.to_owned(),
        }
    }
}

/// A type that a filter can have, as it is or in an `Option`.
///
/// Others do not compile:
///
/// ```compile_fail
/// use routelet::model::{Id, Model, Timestamp};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, Model)]
/// #[serde(rename_all = "camelCase")]
/// #[model(new = NewNote, changes = NoteChanges)]
/// struct Note {
///     id: Id,
///     #[model(filter)]
///     due_at: Timestamp,
///     created_at: Timestamp,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a list can't be filtered by a `{Self}`",
    note = "`#[model(filter)]` is for a String, a bool, an i64, a #[derive(Choice)] enum, or an Option of one of these"
)]
pub trait Filterable: Field {
    /// What values it has.
    const KIND: FilterKind;
}

impl Filterable for String {
    const KIND: FilterKind = FilterKind::Text;
}

impl Filterable for bool {
    const KIND: FilterKind = FilterKind::OneOf(&["true", "false"]);
}

impl Filterable for i64 {
    const KIND: FilterKind = FilterKind::Whole;
}

/// The longest key of an index, in bytes ("Constraints in Amazon DynamoDB").
pub(crate) const MAX_KEY_BYTES: usize = 2_048;

/// Refuses to compile a model with a filtered text that may be too long for an index. A text of at most so
/// many characters or bytes fits if one of the two says so: lower-cased, a character has up to four bytes,
/// and a text half as many again as before.
///
/// # Panics
/// Where it may be: `derive(Model)` calls it in a constant.
pub const fn check_filter(characters: u64, bytes: u64) {
    let most = MAX_KEY_BYTES as u64;
    let fits = characters <= most / 4 || bytes <= most / 3 * 2;
    assert!(fits, "a text that a list is filtered by has at most 512 characters or 1,364 bytes");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixture::Kind;

    fn filter(kind: FilterKind) -> Filter {
        Filter { name: "field", kind }
    }

    #[test]
    fn a_value_is_read_into_the_form_that_is_compared() {
        for (kind, text, read) in [
            (String::KIND, "JÄNE", "jäne"),
            (String::KIND, "ΟΔΟΣ", "οδος".replace('σ', "ς").as_str()),
            (bool::KIND, "true", "true"),
            (i64::KIND, "7", "7"),
            (i64::KIND, " +07.0 ", "7"),
            (i64::KIND, "-0", "0"),
            (i64::KIND, "1e3", "1000"),
            (i64::KIND, "-9007199254740991", "-9007199254740991"),
            (Kind::KIND, "concert-hall", "concert-hall"),
        ] {
            assert_eq!(filter(kind).read(text).as_deref(), Ok(read), "{text}");
        }
    }

    #[test]
    fn a_value_that_no_item_can_have_is_an_issue() {
        for (kind, text, message) in [
            (bool::KIND, "TRUE", r#"Invalid option: expected one of "true"|"false""#),
            (bool::KIND, "1", r#"Invalid option: expected one of "true"|"false""#),
            (Kind::KIND, "Club", r#"Invalid option: expected one of "club"|"concert-hall""#),
            (i64::KIND, "x", "Invalid input: expected number, received NaN"),
            (i64::KIND, "1.5", "Invalid input: expected int, received number"),
            (i64::KIND, "1e400", "Invalid input: expected number, received Infinity"),
            (i64::KIND, "9007199254740992", "Too big: expected int to be <=9007199254740991"),
        ] {
            let issue = json!(filter(kind).read(text).unwrap_err());
            assert_eq!((&issue["message"], &issue["path"]), (&json!(message), &json!(["field"])), "{text}");
        }
    }

    #[test]
    fn a_bound_that_fits_compiles() {
        check_filter(512, u64::MAX);
        check_filter(u64::MAX, 1_364);
        check_filter(1_000, 1_000);
    }

    #[test]
    #[should_panic(expected = "at most 512 characters")]
    fn a_bound_that_does_not_fit_does_not_compile() {
        check_filter(513, 1_365);
    }

    /// What the check rests on, for each character there is.
    #[test]
    fn a_lower_cased_text_is_half_as_long_again_at_most() {
        for letter in '\0'..=char::MAX {
            let lower: usize = letter.to_lowercase().map(char::len_utf8).sum();
            assert!(lower <= 4 && 2 * lower <= 3 * letter.len_utf8(), "{letter:?} has {lower} bytes");
        }
    }
}
