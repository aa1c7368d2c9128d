//! The fields of items and the rules they follow.
//!
//! A value that exists has passed its rules: a model is made from a caller's JSON by a reader that tells
//! every broken rule at once ([`Invalid`]), or read back from the store, which holds only what passed.
//!
//! # A model
//!
//! `derive(Model)` stands on the struct that callers and the store see, so that a field's name, type and
//! rules are stated once. The rules are those of the crate [`validator`].
//!
//! ```
//! use routelet::model::{Choice, Id, Json, Model, Number, Object, Timestamp};
//! use serde::{Deserialize, Serialize};
//!
//! /// A note as callers and the store see it.
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Model)]
//! #[serde(rename_all = "camelCase")]
//! #[model(new = NewNote, changes = NoteChanges)]
//! pub struct Note {
//!     id: Id,
//!     #[validate(length(min = 1, max = 255, message = "Title is required"))]
//!     title: String,
//!     #[model(bytes = 100_000)]
//!     body: Option<String>,
//!     #[validate(length(max = 10))]
//!     #[each(length(min = 1, max = 50))]
//!     tags: Vec<String>,
//!     #[model(default)]
//!     pinned: bool,
//!     #[model(default = Priority::Low, filter)]
//!     priority: Priority,
//!     #[validate(range(min = 0, max = 100))]
//!     progress: Option<i64>,
//!     #[validate(range(exclusive_min = 0))]
//!     weight: Option<Number>,
//!     #[model(nullable)]
//!     due_at: Option<Timestamp>,
//!     place: Option<Place>,
//!     created_at: Timestamp,
//! }
//!
//! /// How soon.
//! #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
//! #[serde(rename_all = "lowercase")]
//! pub enum Priority {
//!     /// Some day.
//!     Low,
//!     /// Today.
//!     High,
//! }
//!
//! /// Where.
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Object)]
//! #[serde(rename_all = "camelCase")]
//! pub struct Place {
//!     #[validate(length(min = 1, max = 100))]
//!     city: String,
//!     zip_code: Option<String>,
//! }
//!
//! let note = Json::parse(br#"{"title": "Milk", "tags": ["shop"], "dueAt": null}"#).and_then(NewNote::read);
//! assert!(note.is_ok());
//!
//! let wrong = br#"{"tags": ["a", 5], "place": {"city": ""}}"#;
//! let wrong = Json::parse(wrong).and_then(NoteChanges::read_patch);
//! let Err(routelet::model::Invalid::Issues(issues)) = wrong else { panic!("two fields are wrong") };
//! assert_eq!(
//!     serde_json::to_value(issues).unwrap(),
//!     serde_json::json!([
//!         {"code": "invalid_type", "expected": "string", "path": ["tags", 1],
//!          "message": "Invalid input: expected string, received number"},
//!         {"code": "too_small", "origin": "string", "minimum": 1, "inclusive": true,
//!          "path": ["place", "city"], "message": "Too small: expected string to have >=1 characters"},
//!     ])
//! );
//! ```
//!
//! The derive writes [`Model`] for the struct, and two types that handlers read:
//!
//! | reader | of a | an optional field that is left out | `null` |
//! |---|---|---|---|
//! | `NewNote::read` | `POST` | is `None`, or has its default | is an issue |
//! | `NoteChanges::read_put` | `PUT`, with the rules of a `POST` | keeps its value | is an issue |
//! | `NoteChanges::read_patch` | `PATCH`: merge patch (RFC 7396) | keeps its value | clears an `Option` |
//!
//! Each has a sibling that takes [`Fields`]: `from_fields`, `put_from_fields` and `patch_from_fields`. To
//! write a reader by hand, name it in `#[model(…, by_hand(read, read_put))]` and let it call one of these.
//!
//! `id` and `created_at` are set when an item is created, and never read from a caller.
//!
//! # Types
//!
//! | type | in Zod | stored as |
//! |---|---|---|
//! | `String` | `z.string()` | `S` |
//! | `bool` | `z.boolean()` | `BOOL` |
//! | `i64` | `z.int()` | `N` |
//! | [`Number`] | `z.number()` | `N` |
//! | [`Timestamp`] | `z.iso.datetime()`, kept to the millisecond | `S` |
//! | an `enum` with `derive(Choice)` | `z.enum([…])` | `S` |
//! | a `struct` with `derive(Object)` | `z.object({…})` | `M` |
//! | `Vec<T>` of one of these, or of a `Vec` | `z.array(…)` | `L` |
//! | `Option<T>` | `.optional()`; with `#[model(nullable)]` `.nullish()` | as `T`, or `NULL` |
//!
//! # Attributes of a field
//!
//! | attribute | meaning |
//! |---|---|
//! | `#[validate(…)]` | rules of `validator`, for a `Vec` as a whole. Name the type, not `Self` |
//! | `#[each(…)]` | rules for each element of a `Vec` |
//! | `#[model(bytes = …)]` | the most bytes of UTF-8 that a `String` may have |
//! | `#[model(default)]`, `#[model(default = …)]` | what a new item has where the field is left out |
//! | `#[model(filter)]` | a list can be [filtered](#filters) by it |
//! | `#[model(nullable)]` | `null` is `None` in a `POST` and a `PUT`, too |
//! | `#[serde(rename = "…")]` | the name in JSON and in the store |
//! | `#[serde(default)]` | items that were stored before there was the field can be read |
//!
//! The rules of an object hold wherever it stands; `#[validate(nested)]` is not needed.
//!
//! # Filters
//!
//! `#[model(filter)]` makes a field a query parameter of the list, by its name in JSON: `?priority=high`
//! keeps the notes of that priority. Up to 20 fields can have it. A list with several such parameters keeps
//! the items that match all of them.
//!
//! | type, also in an `Option` | a value | any other value |
//! |---|---|---|
//! | `String` | any text, without regard to case (full Unicode lower-casing) | |
//! | `bool` | `true`, `false` | 400 with an issue, as of `z.enum(["true", "false"])` |
//! | `i64` | as `z.coerce.number().int()` reads it | 400 with its issue |
//! | an `enum` with `derive(Choice)` | one of its values, letter by letter | 400 with an issue |
//!
//! An empty parameter is no filter. A filter does not ask the rules of its field: with it on `progress`,
//! `?progress=-1` finds nothing. An item whose field is `null` or an empty text is not in the index, so no
//! value finds it.
//!
//! Each filter needs an index of the table in `template.yaml`, and each function that lists or counts needs
//! `dynamodb:Query` on it. For `priority` the index is `by-priority`, and its partition key is the attribute
//! `priorityKey`, of type `S` whatever the type of the field. The store writes that attribute with the field.
//! A key of DynamoDB has at most 2,048 bytes. So a `String` must have a bound, `length(max = 512)` or
//! `bytes = 1_364` at most; without one, a model does not compile.
//!
//! **Several filters**: the first one in the model's order chooses the index. DynamoDB compares the others
//! with what it reads there, and an item that does not match costs as much as one that does. So put the
//! filter that leaves the fewest items first. A page may be short or empty and still have a next one.
//!
//! **Stored items**: an item that was stored before its field was a filter is found once the field is written
//! again, by a `PUT` or a `PATCH` that has it. The same is true of a filter that was taken away and comes
//! back: until then, an item that changed in between is found by its old value.
//!
//! # Merge patches
//!
//! **A patch replaces arrays and objects as a whole.** RFC 7396 merges an object into the one that is there,
//! member by member. That would need to know what is there: one conditional write can't tell an object that
//! is missing, and whose required members the patch must then have, from one that only changes. So an object
//! in a patch has the rules of a new one.
//!
//! # What is told, and how
//!
//! Codes, keys, texts and order are those of Zod 4, and vectors that Zod itself printed hold them
//! (`testdata/zod.mjs`). What differs, on purpose:
//!
//! - A wrong type is one issue. (Zod adds the length of an array, or of an object with a field `length`,
//!   where a text should be.)
//! - An issue of a format has no `pattern`, for ours does not come from one. `email` and `url` are judged by
//!   `validator`, which draws the line elsewhere for odd ones. Other rules of `validator`, also `custom`
//!   ones, are issues of the code `custom`.
//! - A number of 10^126 or more is too big for DynamoDB; one below 10^-130 becomes 0 before its rules are
//!   judged.
//! - `bytes` is ours; Zod counts characters, as `length` does (Unicode code points, since Zod 4.6).
//! - At most 100 issues are told.
//! - The `message` of a rule with two bounds is for the lower one.
//!
//! # What a model can't hold
//!
//! An item ends at 400 KB, names included ("Constraints in Amazon DynamoDB"). Texts are counted in UTF-8,
//! where a character has up to four bytes; the store packs a text over 300,000 bytes into three a character.
//! Choose limits that fit together, as a post's do. Where they do not, an item that is too large is refused
//! with 413, and nothing is written.
//!
//! Objects and arrays are nested at most 31 deep, and none holds itself: such a model does not compile.
//!
//! Taking a value from a `Choice`, or changing the type of a field, makes the stored items that have it
//! unreadable.

mod attribute;
mod coerced;
mod field;
mod fields;
mod filter;
mod id;
mod issue;
mod json;
mod number;
mod numeric;
mod report;
mod reserved;
mod surrogate;
mod timestamp;
mod version;

pub use attribute::{Attribute, Stored};
pub(crate) use coerced::number_from_text;
pub use field::Field;
pub use fields::{Fields, Reader};
pub(crate) use filter::MAX_KEY_BYTES;
pub use filter::{Filter, FilterKind, Filterable};
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

/// What the derives write calls. Nothing of it is for anybody else.
#[doc(hidden)]
pub mod derived {
    pub use super::{
        field::{Count, at_most_bytes, check_depths, deeper, read_array, read_choice},
        filter::check_filter,
    };
}

/// The shape of an item, as callers and the store see it.
pub trait Model: Serialize + DeserializeOwned {
    /// The attributes of a stored item beside its id, and what each must be. An item that lacks one which
    /// must be there, or has it of another type, is damaged: the store does not change or delete it.
    const ATTRIBUTES: &'static [Attribute];
    /// The fields that a list can be filtered by. Each needs an index of the table, whose name is `by-` and
    /// the field's name in JSON.
    const FILTERS: &'static [Filter] = &[];

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
mod bodies;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod zod;
