//! `/books`, in the table that `BOOKS_TABLE` names.

use routelet::{
    model::{Choice, Id, Model, Number, Object, Timestamp},
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
    #[model(filter)]
    author: String,
    #[model(bytes = Book::CONTENT_BYTES)]
    content: Option<String>,
    #[model(default, filter)]
    available: bool,
    #[validate(range(min = 1))]
    #[model(filter)]
    pages: Option<i64>,
    rating: Option<Number>,
    published_at: Option<Timestamp>,
    /// A reserved word of DynamoDB.
    #[model(filter)]
    format: Option<Format>,
    #[model(default)]
    #[validate(length(max = 100))]
    #[each(length(min = 1, max = 100))]
    tags: Vec<String>,
    publisher: Option<Publisher>,
    #[validate(length(max = 10))]
    editions: Option<Vec<Edition>>,
    /// The only field that a new book may have as `null`.
    #[model(nullable)]
    #[validate(length(max = 20_000))]
    remark: Option<String>,
    created_at: Timestamp,
}

/// How a book is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// With boards.
    Hardcover,
    /// Without.
    Paperback,
    /// Not at all.
    EBook,
}

/// Who sells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
pub struct Publisher {
    #[validate(length(min = 1, max = 100))]
    name: String,
    city: Option<String>,
}

/// An edition of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
pub struct Edition {
    #[validate(range(min = 1450, max = 9999))]
    year: i64,
    format: Option<Format>,
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
}
