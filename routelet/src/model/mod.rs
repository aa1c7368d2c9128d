//! The fields of items and the rules they follow.
//!
//! A value that exists has passed its rules: a model is made from a caller's JSON by a `read` function that answers
//! every broken rule at once ([`Invalid`]), or read back from the store, which holds only what passed.

mod attribute;
mod field;
mod fields;
mod id;
mod issue;
mod json;
mod number;
mod report;
mod reserved;
mod surrogate;
mod timestamp;
mod version;
#[cfg(test)]
mod zod;

pub use attribute::{Attribute, Stored};
pub use field::{Count, Field, at_most_bytes, check_depths, deeper, read_array, read_choice};
pub use fields::{Fields, Reader};
pub use id::{Id, InvalidId};
pub use issue::{Invalid, Issue};
pub use json::{Input, Json, Kind};
pub use number::Number;
pub use report::Report;
pub use routelet_derive::{Choice, Model, Object};
pub use timestamp::Timestamp;
pub use validator;
pub use version::{Expected, Unwanted, Version, Versioned};

use serde::{Serialize, de::DeserializeOwned};

/// The shape of an item, as callers and the store see it.
pub trait Model: Serialize + DeserializeOwned {
    /// The attributes of a stored item beside its id, and what each must be. An item that lacks one which must be
    /// there, or has it of another type, is damaged: the store does not change or delete it.
    const ATTRIBUTES: &'static [Attribute];

    /// What a caller gives to create one.
    type New;
    /// What a caller gives to change one: serialises to the attributes that change, and no others.
    type Changes: Serialize;

    /// Builds the item that `new` describes.
    fn create(id: Id, created_at: Timestamp, new: Self::New) -> Self;
    /// Its id.
    fn id(&self) -> Id;
}
