//! Routes, resources and whole projects: written, removed, and kept in step with `template.yaml`.

// It panics if nobody reads: `output::print` does not.
#![deny(clippy::print_stdout)]

pub mod cli;
mod components;
mod docs;
mod edit;
mod error;
mod event;
mod format;
mod new;
mod notes;
mod output;
mod plan;
mod project;
mod remove;
mod render;
mod resource;
mod route;
mod sync;

pub use error::Error;
pub use plan::{Change, Plan};
pub use sync::synced;
