//! `/labels`, in the table that `LABELS_TABLE` names.

use routelet::{
    model::{Id, Invalid, Json, Model, Stored, Timestamp},
    resource::Resource,
    store::Store,
};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A label as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Label {
    id: Id,
    title: String,
    note: Option<String>,
    created_at: Timestamp,
}

/// The labels, to do with what the [`Access`](routelet::store::Access) `A` allows.
pub type Labels<A> = Store<Label, A>;

impl Label {
    /// Characters that a title may have.
    pub const TITLE_CHARACTERS: u64 = 10_000;
    /// Characters that a note may have. If each takes four bytes, the store packs them.
    pub const NOTE_CHARACTERS: u64 = 100_000;
}

/// What `POST /labels` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct NewLabel {
    #[validate(length(min = 1, max = Label::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(max = Label::NOTE_CHARACTERS))]
    note: Option<String>,
}

/// The fields of a label that change; those left out keep their value, a note of `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct LabelChanges {
    #[validate(length(min = 1, max = Label::TITLE_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[validate(length(max = Label::NOTE_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Option<String>>,
}

impl NewLabel {
    /// Reads the body of `POST /labels`.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let label = Self { title: fields.required("title"), note: fields.optional("note") };
        fields.finish(label)
    }
}

impl LabelChanges {
    /// Reads the body of `PUT /labels/{id}`, which has the rules of a new label.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_put(json: Json<'_>) -> Result<Self, Invalid> {
        let NewLabel { title, note } = NewLabel::read(json)?;
        Ok(Self { title: Some(title), note: note.map(Some) })
    }

    /// Reads a JSON Merge Patch (RFC 7396): every field optional, `note: null` clears it.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_patch(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self { title: fields.optional("title"), note: fields.clearable("note") };
        fields.finish(changes)
    }
}

impl Model for Label {
    const ATTRIBUTES: &'static [(&'static str, Stored)] =
        &[("title", Stored::Text), ("note", Stored::OptionalText), ("createdAt", Stored::Text)];

    type New = NewLabel;
    type Changes = LabelChanges;

    fn create(id: Id, created_at: Timestamp, new: NewLabel) -> Self {
        Self { id, title: new.title, note: new.note, created_at }
    }

    fn id(&self) -> Id {
        self.id
    }
}

impl Resource for Label {
    const PATH: &'static str = "/labels";
    const NOT_FOUND: &'static str = "Label not found";
    const TABLE_VARIABLE: &'static str = "LABELS_TABLE";
}
