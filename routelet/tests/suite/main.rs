//! What any API needs, over HTTP: the binaries of an API made for these tests behind the local gateway, each
//! test with a database of its own.
//!
//! One module is one subject. `.ci/black-box` runs those that see nothing but HTTP behind other gateways,
//! without what is in a module `gateway` or `costs`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod app;
mod conditional;
mod consistency;
mod count;
mod damaged;
mod encoded;
mod failures;
mod fields;
mod filters;
mod forms;
mod hostile;
mod idempotency;
mod items;
mod log;
mod lost_answers;
mod outages;
mod pages;
mod permissions;
mod races;
mod runtime_api;
mod tls;
mod tokens;
mod warm_up;
