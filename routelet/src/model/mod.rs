//! The fields of items and the rules they follow.
//!
//! A value that exists has passed its rules: a model is made from a caller's JSON by a `read` function that answers
//! every broken rule at once ([`Invalid`]), or read back from the store, which holds only what passed.

mod fields;
mod id;
mod issue;
mod stored;
mod surrogate;
mod timestamp;
mod version;

pub use fields::{Fields, Json, Kind, Primitive};
pub use id::{Id, InvalidId};
pub use issue::{BYTES, Invalid, Issue};
pub use stored::Stored;
pub use timestamp::Timestamp;
pub use version::{Expected, Unwanted, Version, Versioned};

use serde::{Serialize, de::DeserializeOwned};

/// The shape of an item, as callers and the store see it.
pub trait Model: Serialize + DeserializeOwned {
    /// The attributes of a stored item beside its id, and what each must be. An item that lacks one which must be
    /// there, or has it of another type, is damaged: the store does not change or delete it. No name may be a
    /// reserved word of DynamoDB ("Reserved words in DynamoDB").
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
