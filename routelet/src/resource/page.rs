//! A page of a list.

use super::Filters;
use crate::model::Id;

/// The most items in a page.
pub const MAX_PAGE_ITEMS: usize = 1_000;

/// Which items of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// Only those that have these values.
    pub filters: Filters,
    /// Only those with ids above this one.
    pub after: Option<Id>,
    /// At most so many, and never more than [`MAX_PAGE_ITEMS`].
    pub limit: usize,
}

/// Items in id order.
#[derive(Debug)]
pub struct Page<R> {
    /// The items.
    pub items: Vec<R>,
    /// The last id that this page covers, where there may be more after it.
    pub next: Option<Id>,
}
