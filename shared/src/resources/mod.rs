//! What ties each model to its URL, its table and its texts: the one place that knows them.

mod posts;
mod tasks;

pub use posts::Posts;
pub use tasks::Tasks;
