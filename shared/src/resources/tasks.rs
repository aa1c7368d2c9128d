//! `/api/tasks`, in the table that `TASKS_TABLE` names.

use routelet::{resource::Resource, store::Store};

use crate::models::Task;

/// The tasks, to do with what the [`Access`](routelet::store::Access) `A` allows.
pub type Tasks<A> = Store<Task, A>;

impl Resource for Task {
    const PATH: &'static str = "/api/tasks";
    const NOT_FOUND: &'static str = "Task not found";
    const TABLE_VARIABLE: &'static str = "TASKS_TABLE";
}
