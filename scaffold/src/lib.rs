//! Routes, resources and whole projects: written, removed, and kept in step with `template.yaml`.

pub mod cli;
#[allow(dead_code, reason = "soon")]
mod edit;
mod error;
mod format;
mod plan;
mod sync;

pub use error::Error;
pub use plan::{Change, Plan};
pub use sync::synced;
