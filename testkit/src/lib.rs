//! What the tests of several crates share.
//!
//! An [`App`] is what is tested: a template, the binaries of its functions, and the contract that its answers
//! are held against. [`App::start`] runs it in this process and gives an [`Api`] to talk to.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(clippy::missing_panics_doc, clippy::must_use_candidate, reason = "only tests use it")]

pub mod any;
mod api;
mod app;
pub mod contract;
mod dynamodb;
mod dynamodb_local;
mod fake_dynamodb;
pub mod hostile;
mod issue;
mod lossy;
mod proxy;
pub mod signer;
mod upstream;

pub use api::{Answer, Api, decoded};
pub use app::App;
pub use fake_dynamodb::FakeDynamoDb;
pub use issue::{length, too_big, wrong_type};
pub use loopback::{http, runtime_api, tls};
pub use lossy::{Fault, Incident, Lossy};
pub use proxy::Watched;
pub use upstream::Upstream;
