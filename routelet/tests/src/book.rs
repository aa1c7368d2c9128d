//! `/books`, in the table that `BOOKS_TABLE` names.

use routelet::{
    model::{Id, Model, Timestamp},
    resource::Resource,
    store::Store,
};
use serde::{Deserialize, Serialize};

/// A book as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewBook, changes = BookChanges)]
pub struct Book {
    id: Id,
    #[validate(length(min = 1, max = Book::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(min = 1, max = Book::AUTHOR_CHARACTERS))]
    author: String,
    #[model(bytes = Book::CONTENT_BYTES)]
    content: Option<String>,
    #[model(default)]
    available: bool,
    created_at: Timestamp,
}

/// The books, to do with what the [`Access`](routelet::store::Access) `A` allows.
pub type Books<A> = Store<Book, A>;

impl Book {
    /// Characters that a title may have.
    pub const TITLE_CHARACTERS: u64 = 10_000;
    /// Characters that an author may have.
    pub const AUTHOR_CHARACTERS: u64 = 500;
    /// Bytes of UTF-8 that a content may have.
    pub const CONTENT_BYTES: u64 = 262_144;
}

impl Resource for Book {
    const PATH: &'static str = "/books";
    const NOT_FOUND: &'static str = "Book not found";
    const TABLE_VARIABLE: &'static str = "BOOKS_TABLE";
    const FILTER: Option<&'static str> = Some("author");
}
