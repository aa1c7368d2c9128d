//! A contract holds: every exchange that a test has with an API is checked against its `openapi.yaml`.
//!
//! `check` decides which part of the document an exchange falls under, `request` and `response` check it
//! against that part, and `gateway` knows what the gateway does by itself.

mod check;
mod document;
mod drift;
mod event;
mod exchange;
mod gateway;
mod node;
mod path;
mod request;
mod response;
#[cfg(test)]
mod tests;
pub mod text;

pub use document::Document;
pub use drift::Drift;
pub use exchange::{Exchange, Request, Response};
pub use node::Node;
pub use path::Path;

impl Document {
    /// Fails the test whose exchange contradicts the document.
    #[track_caller]
    pub fn assert_holds(&self, exchange: &Exchange<'_>) {
        if let Err(drift) = check::check(exchange, self) {
            panic!("this contradicts openapi.yaml\n{drift}\n{exchange}");
        }
    }
}
