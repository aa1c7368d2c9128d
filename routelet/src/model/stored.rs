//! What attributes of stored items must be.

/// The type of a stored attribute. One of another type can't be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// A text, which is always there.
    Text,
    /// True or false, always there.
    Flag,
    /// A text that may be null or missing, and so long that the store packs it.
    OptionalText,
}
