//! Versions of items.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What tells one state of an item from every other it ever had: 64 random bits in hexadecimal.
///
/// Unlike a count it also tells whose write made it, so that a write which was repeated because its answer got lost is
/// known as the same write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(String);

/// What the caller of a change expects the item to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Anything, as long as it is there.
    Anything,
    /// In one of these versions. None of them: in no version at all.
    OneOf(Vec<Version>),
}

/// An item, and which state of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<R> {
    /// The item.
    pub item: R,
    /// Its version.
    pub version: Version,
}

impl Version {
    /// One that no other state of any item has.
    #[must_use]
    pub fn new() -> Self {
        Self(format!("{:016x}", fastrand::u64(..)))
    }

    /// The version as text; nothing where it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let is_version =
            text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_version.then(|| Self(text.to_owned()))
    }

    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Version {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
