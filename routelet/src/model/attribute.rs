//! What attributes of stored items must be.

use super::reserved::is_reserved;

/// An attribute of a stored item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, which is the field's in JSON.
    pub name: &'static str,
    /// What it must be.
    pub stored: Stored,
    /// Whether an expression of DynamoDB can't have its name as it is.
    pub is_reserved: bool,
}

impl Attribute {
    /// An attribute; to be called where a model is compiled.
    #[must_use]
    pub const fn new(name: &'static str, stored: Stored) -> Self {
        Self { name, stored, is_reserved: is_reserved(name) }
    }
}

/// The type of a stored attribute. One of another type can't be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A text that is never so long that the store packs it.
    Text,
    /// A text that may be so long.
    LongText,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// An array.
    List,
    /// An object.
    Object,
    /// Whatever it is, it may be null or missing. The store does not look at it before a change.
    Optional,
}

impl Stored {
    /// The longest text, in bytes, that is stored as text. The store packs longer ones.
    pub const PACKED_BYTES: usize = 300_000;

    /// A text of at most so many bytes.
    #[must_use]
    pub const fn text(bytes: u64) -> Self {
        if bytes <= Self::PACKED_BYTES as u64 { Self::Text } else { Self::LongText }
    }
}
