//! The types that fields can have, but for numbers and timestamps, which have files of their own.

use serde::{Serialize, Serializer};
use validator::{ValidateLength, ValidationError, ValidationErrors};

use super::{
    attribute::Stored,
    issue::{BYTES, Issue, Step},
    json::{Input, Kind},
    report::Report,
};

/// A type that a field of a model can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the type of a field",
    note = "fields are String, bool, i64, Number, Timestamp, a #[derive(Choice)] enum, a #[derive(Object)] \
            struct, a Vec of one of these, or an Option of any"
)]
pub trait Field: Sized {
    /// What its attribute must be.
    const STORED: Stored;
    /// How many arrays and objects there are within each other.
    const DEPTH: usize = 0;

    /// Reads a value that a caller sent. What is wrong with it is reported.
    fn read(input: Input<'_>, report: &mut Report) -> Option<Self>;
}

/// Without a rule for its length a text can be so long that the store packs it.
impl Field for String {
    const STORED: Stored = Stored::LongText;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        input.text(report)
    }
}

impl Field for bool {
    const STORED: Stored = Stored::Flag;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        input.boolean(report)
    }
}

impl<T: Field> Field for Vec<T> {
    const STORED: Stored = Stored::List;
    const DEPTH: usize = T::DEPTH + 1;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        read_array(input, report, |_| Ok(()), |_| Ok(()))
    }
}

/// Reads an array, each of whose elements has rules. One that is too long is one issue, whatever is in it;
/// one that is too short is an issue after those of its elements.
pub fn read_array<T: Field>(
    input: Input<'_>,
    report: &mut Report,
    judge_length: impl FnOnce(Count) -> Result<(), ValidationErrors>,
    judge_element: impl Fn(&T) -> Result<(), ValidationErrors>,
) -> Option<Vec<T>> {
    let inputs = input.elements(report)?;
    let mut length = Report::default();
    if let Err(rules) = judge_length(Count(inputs.len())) {
        length.add_own_rules(&rules);
    }
    if length.is_too_big() {
        report.append(length);
        return None;
    }
    let mut elements = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        let element = report.within(&Step::Index(index), |report| {
            let element = T::read(*input, report)?;
            if let Err(rules) = judge_element(&element) {
                report.add_own_rules(&rules);
            }
            Some(element)
        });
        elements.extend(element);
        if report.is_full() {
            return None;
        }
    }
    report.append(length);
    (elements.len() == inputs.len()).then_some(elements)
}

/// The number of elements of an array, of which `validator` judges the length before there is an array.
#[derive(Debug, Clone, Copy)]
pub struct Count(usize);

impl ValidateLength<u64> for Count {
    fn length(&self) -> Option<u64> {
        u64::try_from(self.0).ok()
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Reads one of `names`. `find` is the value of a name.
pub fn read_choice<T>(
    input: Input<'_>,
    report: &mut Report,
    names: &'static [&'static str],
    find: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    // What is no text is none of the names either.
    let name = if input.kind() == Kind::String { input.text(&mut Report::default()) } else { None };
    let value = name.and_then(|name| find(&name));
    if value.is_none() {
        report.add(Issue::no_choice(names));
    }
    value
}

/// The rule `#[model(bytes = …)]`.
pub fn at_most_bytes(text: &str, maximum: u64) -> Result<(), ValidationError> {
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes <= maximum) {
        return Ok(());
    }
    let mut error = ValidationError::new(BYTES);
    error.add_param("max".into(), &maximum);
    Err(error)
}

/// The depth of an object whose fields are so deep.
#[must_use]
pub const fn deeper(fields: &[usize]) -> usize {
    let (mut deepest, mut at) = (0, 0);
    while at < fields.len() {
        if fields[at] > deepest {
            deepest = fields[at];
        }
        at += 1;
    }
    deepest + 1
}

/// Refuses to compile a model whose fields are nested deeper than DynamoDB stores: 32 levels ("Constraints in
/// Amazon DynamoDB"), of which a record of an idempotent create takes one.
///
/// # Panics
/// Where they are: `derive(Model)` calls it in a constant.
pub const fn check_depths(fields: &[usize]) {
    assert!(deeper(fields) <= 31, "arrays and objects are nested too deeply for DynamoDB");
}
