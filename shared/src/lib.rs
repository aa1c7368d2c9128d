//! This API: its [`models`] with their rules, and its [`resources`]. What any API needs is in `routelet`.

pub mod models;
pub mod resources;
