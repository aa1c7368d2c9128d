//! The shapes of this API's items and their rules.

mod post;
mod task;

pub use post::{NewPost, Post, PostChanges};
pub use task::{NewTask, Task, TaskChanges};

#[cfg(test)]
mod tests;
