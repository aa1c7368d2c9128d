//! The shapes of posts and tasks and their rules.

mod post;
mod task;

pub use post::{NewPost, Post, PostChanges};
pub use task::{NewTask, Task, TaskChanges};

#[cfg(test)]
mod tests;
