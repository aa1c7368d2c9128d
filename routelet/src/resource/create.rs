//! A create, and what it made.

use crate::model::Versioned;

/// What makes a create known when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// A hash of the key and of whose it is.
    pub key: String,
    /// A hash of what the key was sent with.
    pub payload: String,
}

/// An item that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created<R> {
    /// The item as it was made.
    pub item: Versioned<R>,
    /// Whether an earlier request made it.
    pub is_replay: bool,
}
