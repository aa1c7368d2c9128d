//! `/books`, in the table that `BOOKS_TABLE` names.

use routelet::{
    model::{BYTES, Id, Invalid, Json, Model, Stored, Timestamp},
    resource::Resource,
    store::Store,
};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// A book as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Book {
    id: Id,
    title: String,
    author: String,
    content: Option<String>,
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
    pub const CONTENT_BYTES: usize = 262_144;
}

/// What `POST /books` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct NewBook {
    #[validate(length(min = 1, max = Book::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(min = 1, max = Book::AUTHOR_CHARACTERS))]
    author: String,
    #[validate(custom(function = "content_length"))]
    content: Option<String>,
    available: Option<bool>,
}

/// The fields of a book that change; those left out keep their value, a content of `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct BookChanges {
    #[validate(length(min = 1, max = Book::TITLE_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[validate(length(min = 1, max = Book::AUTHOR_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[validate(custom(function = "content_length"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available: Option<bool>,
}

impl NewBook {
    /// Reads the body of `POST /books`.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let book = Self {
            title: fields.required("title"),
            author: fields.required("author"),
            content: fields.optional("content"),
            available: fields.optional("available"),
        };
        fields.finish(book)
    }
}

impl BookChanges {
    /// Reads the body of `PUT /books/{id}`, which has the rules of a new book.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_put(json: Json<'_>) -> Result<Self, Invalid> {
        let NewBook { title, author, content, available } = NewBook::read(json)?;
        Ok(Self { title: Some(title), author: Some(author), content: content.map(Some), available })
    }

    /// Reads a JSON Merge Patch (RFC 7396): every field optional, `content: null` clears it.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_patch(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self {
            title: fields.optional("title"),
            author: fields.optional("author"),
            content: fields.clearable("content"),
            available: fields.optional("available"),
        };
        fields.finish(changes)
    }
}

impl Model for Book {
    const ATTRIBUTES: &'static [(&'static str, Stored)] = &[
        ("title", Stored::Text),
        ("author", Stored::Text),
        ("content", Stored::OptionalText),
        ("available", Stored::Flag),
        ("createdAt", Stored::Text),
    ];

    type New = NewBook;
    type Changes = BookChanges;

    fn create(id: Id, created_at: Timestamp, new: NewBook) -> Self {
        Self {
            id,
            title: new.title,
            author: new.author,
            content: new.content,
            available: new.available.unwrap_or(false),
            created_at,
        }
    }

    fn id(&self) -> Id {
        self.id
    }
}

impl Resource for Book {
    const PATH: &'static str = "/books";
    const NOT_FOUND: &'static str = "Book not found";
    const TABLE_VARIABLE: &'static str = "BOOKS_TABLE";
    const FILTER: Option<&'static str> = Some("author");
}

fn content_length(content: &str) -> Result<(), ValidationError> {
    if content.len() <= Book::CONTENT_BYTES {
        return Ok(());
    }
    let mut error = ValidationError::new(BYTES);
    error.add_param("max".into(), &Book::CONTENT_BYTES);
    Err(error)
}
