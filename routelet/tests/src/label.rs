//! `/labels`, in the table that `LABELS_TABLE` names.

use routelet::{
    model::{Id, Model, Timestamp},
    resource::Resource,
    store::Store,
};
use serde::{Deserialize, Serialize};

/// A label as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewLabel, changes = LabelChanges)]
pub struct Label {
    id: Id,
    #[validate(length(min = 1, max = Label::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(max = Label::NOTE_CHARACTERS))]
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

impl Resource for Label {
    const PATH: &'static str = "/labels";
    const NOT_FOUND: &'static str = "Label not found";
    const TABLE_VARIABLE: &'static str = "LABELS_TABLE";
}
