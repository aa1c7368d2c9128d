//! The API over HTTP: the real binaries behind the local gateway, each test with a database of its own.
//!
//! The modules follow the URLs; `every_route` holds what all routes have in common. `.ci/black-box` runs
//! those that see nothing but HTTP behind other gateways, without what is in a module `gateway` or `costs`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod alarms;
mod app;
mod auth;
mod conditional;
mod contract;
mod cors;
mod damaged;
mod events;
mod every_route;
mod fallback;
mod hostile;
mod house;
mod idempotency;
mod log;
mod lost_answers;
mod model;
mod operations;
mod outages;
mod pages;
mod permissions;
mod posts;
mod races;
mod request_examples;
mod resources;
mod runtime_api;
mod tasks;
mod tls;
mod warm_up;
mod web;
