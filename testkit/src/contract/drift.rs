//! What contradicts the document.

use std::fmt;

/// What contradicts the document, and where in it.
#[derive(Debug)]
pub struct Drift {
    /// The operation, or the answer of `fallback`.
    under: String,
    pointer: String,
    reason: String,
}

impl Drift {
    pub(super) fn new(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { under: String::new(), pointer: pointer.into(), reason: reason.into() }
    }

    pub(super) fn under(self, name: &str) -> Self {
        Self { under: name.to_owned(), ..self }
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  at #{}", self.under, self.reason, self.pointer)
    }
}
