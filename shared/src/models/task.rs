//! Tasks.

use routelet::model::{Id, Invalid, Json, Model, Stored, Timestamp};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A task as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    id: Id,
    title: String,
    description: Option<String>,
    completed: bool,
    created_at: Timestamp,
}

impl Task {
    /// Characters that a title may have.
    pub const TITLE_CHARACTERS: u64 = 10_000;
    /// Characters that a description may have.
    pub const DESCRIPTION_CHARACTERS: u64 = 100_000;
}

/// What `POST /api/tasks` asks for.
#[derive(Debug, Clone, PartialEq, Eq, Validate)]
pub struct NewTask {
    #[validate(length(min = 1, max = Task::TITLE_CHARACTERS, message = "Title is required"))]
    title: String,
    #[validate(length(max = Task::DESCRIPTION_CHARACTERS))]
    description: Option<String>,
    completed: Option<bool>,
}

/// The fields of a task that change; those left out keep their value, a description of `Some(None)` is
/// cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Validate)]
pub struct TaskChanges {
    #[validate(length(min = 1, max = Task::TITLE_CHARACTERS, message = "Title is required"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[validate(length(max = Task::DESCRIPTION_CHARACTERS))]
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed: Option<bool>,
}

impl NewTask {
    /// Reads the body of `POST /api/tasks`.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let task = Self {
            title: fields.required("title"),
            description: fields.optional("description"),
            completed: fields.optional("completed"),
        };
        fields.finish(task)
    }
}

impl TaskChanges {
    /// Reads the body of `PUT /api/tasks/{id}`, which has the rules of a new task.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_put(json: Json<'_>) -> Result<Self, Invalid> {
        let NewTask { title, description, completed } = NewTask::read(json)?;
        Ok(Self { title: Some(title), description: description.map(Some), completed })
    }

    /// Reads a JSON Merge Patch (RFC 7396): every field optional, `description: null` clears it.
    ///
    /// # Errors
    /// An issue for each broken rule.
    pub fn read_patch(json: Json<'_>) -> Result<Self, Invalid> {
        let mut fields = json.fields()?;
        let changes = Self {
            title: fields.optional("title"),
            description: fields.clearable("description"),
            completed: fields.optional("completed"),
        };
        fields.finish(changes)
    }
}

impl Model for Task {
    const ATTRIBUTES: &'static [(&'static str, Stored)] = &[
        ("title", Stored::Text),
        ("description", Stored::OptionalText),
        ("completed", Stored::Flag),
        ("createdAt", Stored::Text),
    ];

    type New = NewTask;
    type Changes = TaskChanges;

    fn create(id: Id, created_at: Timestamp, new: NewTask) -> Self {
        Self {
            id,
            title: new.title,
            description: new.description,
            completed: new.completed.unwrap_or(false),
            created_at,
        }
    }

    fn id(&self) -> Id {
        self.id
    }
}
