//! How many items there are.

use serde::Serialize;

/// The most items that are counted.
pub const MAX_COUNT: u64 = 10_000;

/// How many items there are, or that there are at least so many. In JSON: `{"count": 3, "more": false}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The items that were counted, [`MAX_COUNT`] at most.
    pub count: u64,
    /// Whether counting ended early, so that there may be more.
    pub more: bool,
}
