//! The shapes of posts and tasks and their rules.
//!
//! A value that exists has passed its rules: the types of this module are made from a caller's JSON by a
//! `read` function that answers every broken rule at once ([`Invalid`]), or read back from the store, which
//! holds only what passed.

mod fields;
mod id;
mod issue;
mod post;
mod stored;
mod surrogate;
mod task;
mod timestamp;
mod version;

pub use fields::Json;
pub use id::{Id, InvalidId};
pub use issue::{Invalid, Issue};
pub use post::{NewPost, Post, PostChanges};
pub use stored::Stored;
pub use task::{NewTask, Task, TaskChanges};
pub use timestamp::Timestamp;
pub use version::{Expected, Unwanted, Version, Versioned};

use serde::{Serialize, de::DeserializeOwned};

/// A kind of item with its own table and URL: what the store and the handlers need to know of it.
pub trait Resource: Serialize + DeserializeOwned {
    /// Where the collection lives; an item's URL is this, a slash and its id.
    const PATH: &'static str;
    /// The error text for an id that names no item.
    const NOT_FOUND: &'static str;
    /// The environment variable that names its DynamoDB table.
    const TABLE_VARIABLE: &'static str;
    /// The attribute a list can be filtered by without regard to case, if there is one. The store keeps a
    /// lower-cased copy of it in an index.
    const FILTER: Option<&'static str>;
    /// The attributes of a stored item beside its id, and what each must be. An item that lacks one which
    /// must be there, or has it of another type, is damaged: the store does not change or delete it. No
    /// name may be a reserved word of DynamoDB ("Reserved words in DynamoDB").
    const ATTRIBUTES: &'static [(&'static str, Stored)];

    /// What a caller gives to create one.
    type New;
    /// What a caller gives to change one: serialises to the attributes that change, and no others.
    type Changes: Serialize;

    /// Builds the item that `new` describes.
    fn create(id: Id, created_at: Timestamp, new: Self::New) -> Self;
    /// Its id.
    fn id(&self) -> Id;
}

#[cfg(test)]
mod tests;
