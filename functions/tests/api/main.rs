//! The API over HTTP: the real binaries behind the local gateway, each test with a database of its own.
//!
//! The modules follow the URLs; `every_route` holds what all routes have in common. What any API needs, such
//! as pages and conditions, is tested in `routelet/tests`. `.ci/black-box` runs those that see nothing but
//! HTTP behind other gateways, without what is in a module `gateway` or `outages`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod alarms;
mod app;
mod auth;
mod contract;
mod cors;
mod events;
mod every_route;
mod fallback;
mod hostile;
mod house;
mod operations;
mod permissions;
mod posts;
mod request_examples;
mod resource;
mod resources;
mod tasks;
mod web;
