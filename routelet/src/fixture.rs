//! Two resources for the unit tests of this crate.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::{
    model::{Id, Invalid, Json, Model, Stored, Timestamp},
    resource::Resource,
};

/// A note, which has an attribute of each kind that is stored, and a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Note {
    id: Id,
    title: String,
    body: Option<String>,
    pinned: bool,
    created_at: Timestamp,
}

/// What a caller gives to create a note.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub(crate) struct NewNote {
    #[validate(length(min = 1, max = 100))]
    title: String,
    body: Option<String>,
    pinned: Option<bool>,
}

/// The fields of a note that change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Validate)]
pub(crate) struct NoteChanges {
    #[validate(length(min = 1, max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<bool>,
}

impl NewNote {
    pub(crate) fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let note = Self {
            title: fields.required("title"),
            body: fields.optional("body"),
            pinned: fields.optional("pinned"),
        };
        fields.finish(note)
    }
}

impl NoteChanges {
    pub(crate) fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self {
            title: fields.optional("title"),
            body: fields.clearable("body"),
            pinned: fields.optional("pinned"),
        };
        fields.finish(changes)
    }
}

impl Model for Note {
    const ATTRIBUTES: &'static [(&'static str, Stored)] = &[
        ("title", Stored::Text),
        ("body", Stored::OptionalText),
        ("pinned", Stored::Flag),
        ("createdAt", Stored::Text),
    ];

    type New = NewNote;
    type Changes = NoteChanges;

    fn create(id: Id, created_at: Timestamp, new: NewNote) -> Self {
        Self { id, title: new.title, body: new.body, pinned: new.pinned.unwrap_or(false), created_at }
    }

    fn id(&self) -> Id {
        self.id
    }
}

impl Resource for Note {
    const PATH: &'static str = "/notes";
    const NOT_FOUND: &'static str = "Note not found";
    const TABLE_VARIABLE: &'static str = "NOTES_TABLE";
    const FILTER: Option<&'static str> = Some("title");
}

/// A list beside the notes, without a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark(Note);

impl Model for Mark {
    const ATTRIBUTES: &'static [(&'static str, Stored)] = Note::ATTRIBUTES;

    type New = NewNote;
    type Changes = NoteChanges;

    fn create(id: Id, created_at: Timestamp, new: NewNote) -> Self {
        Self(Note::create(id, created_at, new))
    }

    fn id(&self) -> Id {
        self.0.id
    }
}

impl Resource for Mark {
    const PATH: &'static str = "/marks";
    const NOT_FOUND: &'static str = "Mark not found";
    const TABLE_VARIABLE: &'static str = "MARKS_TABLE";
}
