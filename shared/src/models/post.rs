//! Posts.

use routelet::model::{BYTES, Id, Invalid, Json, Model, Stored, Timestamp};
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// A post as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Post {
    id: Id,
    title: String,
    content: String,
    author: String,
    created_at: Timestamp,
}

impl Post {
    /// Characters that a title may have.
    pub const TITLE_CHARACTERS: u64 = 10_000;
    /// Characters that an author may have.
    pub const AUTHOR_CHARACTERS: u64 = 500;
    /// Bytes of UTF-8 that a content may have. An item of DynamoDB ends at 400 KB ("Constraints in Amazon
    /// DynamoDB"); this leaves room for the longest title and author.
    pub const CONTENT_BYTES: usize = 262_144;
}

/// What `POST /api/posts` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct NewPost {
    #[validate(length(max = Post::TITLE_CHARACTERS))]
    title: String,
    #[validate(custom(function = "content_length"))]
    content: String,
    #[validate(length(max = Post::AUTHOR_CHARACTERS))]
    author: String,
}

/// The fields of a post that change; those left out keep their value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct PostChanges {
    #[validate(length(min = 1, max = Post::TITLE_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[validate(length(min = 1), custom(function = "content_length"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[validate(length(min = 1, max = Post::AUTHOR_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
}

impl NewPost {
    /// Reads the body of `POST /api/posts`. A body that is no object counts as one without fields.
    ///
    /// # Errors
    /// One sentence where a field is missing or blank, else an issue for each broken rule.
    pub fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields_or_none()?;
        if ["title", "content", "author"].iter().any(|name| fields.is_blank(name)) {
            return Err(Invalid::Message("Missing required fields: title, content, author"));
        }
        let post = Self {
            title: fields.required("title"),
            content: fields.required("content"),
            author: fields.required("author"),
        };
        fields.finish(post)
    }
}

impl PostChanges {
    /// Reads the body of `PUT /api/posts/{id}`: a field that is missing, `null` or empty keeps its value.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_put(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self {
            title: fields.unless_blank("title"),
            content: fields.unless_blank("content"),
            author: fields.unless_blank("author"),
        };
        fields.finish(changes)
    }

    /// Reads a JSON Merge Patch (RFC 7396) over the three fields. None of them can be cleared.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_patch(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self {
            title: fields.optional("title"),
            content: fields.optional("content"),
            author: fields.optional("author"),
        };
        fields.finish(changes)
    }
}

impl Model for Post {
    const ATTRIBUTES: &'static [(&'static str, Stored)] = &[
        ("title", Stored::Text),
        ("content", Stored::Text),
        ("author", Stored::Text),
        ("createdAt", Stored::Text),
    ];

    type New = NewPost;
    type Changes = PostChanges;

    fn create(id: Id, created_at: Timestamp, new: NewPost) -> Self {
        Self { id, title: new.title, content: new.content, author: new.author, created_at }
    }

    fn id(&self) -> Id {
        self.id
    }
}

fn content_length(content: &str) -> Result<(), ValidationError> {
    if content.len() <= Post::CONTENT_BYTES {
        return Ok(());
    }
    let mut error = ValidationError::new(BYTES);
    error.add_param("max".into(), &Post::CONTENT_BYTES);
    Err(error)
}
