//! What makes a [`Model`] a resource of an API, and the words in which a list and a create are asked for.

mod count;
mod create;
mod filters;
mod page;

pub use count::{Count, MAX_COUNT};
pub use create::{Created, IdempotencyKey};
pub use filters::{FilterValue, Filters};
pub use page::{MAX_PAGE_ITEMS, Page, PageRequest};

use crate::model::Model;

/// A model with a URL and a table of its own: what the handlers and the store need to know of it.
pub trait Resource: Model {
    /// Where the collection lives; an item's URL is this, a slash and its id.
    const PATH: &'static str;
    /// The error text for an id that names no item.
    const NOT_FOUND: &'static str;
    /// The environment variable that names its DynamoDB table.
    const TABLE_VARIABLE: &'static str;
}
