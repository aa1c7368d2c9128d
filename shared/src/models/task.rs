//! Tasks.

use routelet::model::{Id, Model, Timestamp};
use serde::{Deserialize, Serialize};

/// A task as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewTask, changes = TaskChanges)]
pub struct Task {
    id: Id,
    #[validate(length(min = 1, max = Task::TITLE_CHARACTERS, message = "Title is required"))]
    title: String,
    #[validate(length(max = Task::DESCRIPTION_CHARACTERS))]
    description: Option<String>,
    #[model(default)]
    completed: bool,
    created_at: Timestamp,
}

impl Task {
    /// Characters that a title may have.
    pub const TITLE_CHARACTERS: u64 = 10_000;
    /// Characters that a description may have.
    pub const DESCRIPTION_CHARACTERS: u64 = 100_000;
}
