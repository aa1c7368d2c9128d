//! Posts.

use routelet::model::{Id, Invalid, Json, Model, Timestamp};
use serde::{Deserialize, Serialize};

/// A post as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewPost, changes = PostChanges, by_hand(read, read_put))]
pub struct Post {
    id: Id,
    #[validate(length(min = 1, max = Post::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(min = 1))]
    #[model(bytes = Post::CONTENT_BYTES)]
    content: String,
    #[validate(length(min = 1, max = Post::AUTHOR_CHARACTERS))]
    #[model(filter)]
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
    pub const CONTENT_BYTES: u64 = 262_144;
}

impl NewPost {
    /// Reads the body of `POST /api/posts`. A body that is no object counts as one without fields.
    ///
    /// # Errors
    /// One sentence where a field is missing or blank, else an issue for each broken rule.
    pub fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let fields = json.fields_or_none()?;
        if ["title", "content", "author"].iter().any(|name| fields.is_blank(name)) {
            return Err(Invalid::Message("Missing required fields: title, content, author"));
        }
        Self::from_fields(fields)
    }
}

impl PostChanges {
    /// Reads the body of `PUT /api/posts/{id}`: a field that is missing, `null` or empty keeps its value.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_put(json: Json<'_>) -> Result<Self, Invalid> {
        Self::patch_from_fields(json.fields()?.without_blanks())
    }
}
