//! What a list is filtered by.

use std::borrow::Cow;

use crate::model::{Invalid, Model};

/// The values that items must have, all of them. None is every item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters(Vec<FilterValue>);

/// A value that items must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterValue {
    /// The filter's name.
    pub name: &'static str,
    /// The value in the form in which the filter compares it; not empty.
    pub value: String,
}

impl Filters {
    /// The values that `value_of` has for the filters of `M`, by their names. An empty one is none.
    ///
    /// # Errors
    /// An issue for each value that no item can have.
    pub fn read<'a, M: Model>(value_of: impl Fn(&str) -> Option<Cow<'a, str>>) -> Result<Self, Invalid> {
        let (mut values, mut issues) = (Vec::new(), Vec::new());
        for filter in M::FILTERS {
            let Some(text) = value_of(filter.name).filter(|text| !text.is_empty()) else { continue };
            match filter.read(&text) {
                Ok(value) => values.push(FilterValue { name: filter.name, value }),
                Err(issue) => issues.push(issue),
            }
        }
        if issues.is_empty() { Ok(Self(values)) } else { Err(Invalid::Issues(issues)) }
    }

    /// Each value, in the order of the model's fields.
    #[must_use]
    pub fn values(&self) -> &[FilterValue] {
        &self.0
    }
}
