//! The API over HTTP: the real binaries behind the local gateway, each test with a database of its own.
//!
//! A module is named by the first part of its paths below `/api`; `every_route` holds what all routes have in
//! common, by what each module says in `routes` and `resources`. What any API needs, such as pages,
//! conditions and tokens, is tested in `routelet/tests`. `.ci/black-box` runs those that see nothing but HTTP
//! behind other gateways, without what is in a module `gateway`, `outages` or `configured`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod alarms;
mod app;
mod auth;
mod contract;
mod cors;
mod echo;
mod events;
mod every_route;
mod fallback;
mod form;
mod hello;
mod house;
mod operations;
mod page;
mod permissions;
mod posts;
mod resource;
mod resources;
mod routes;
mod search;
mod tasks;
mod tokens;
mod web;
