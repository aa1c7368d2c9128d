//! `openapi.yaml` holds: every exchange that a test has with the API is checked against it.
//!
//! `exchange` decides which part of the document an exchange falls under, `request` and `response` check it
//! against that part, and `gateway` knows what the gateway does by itself.

mod document;
mod event;
mod examples;
mod exchange;
mod gateway;
mod house;
mod limits;
mod node;
mod request;
mod response;
mod tests;
mod text;

use std::{fs, sync::LazyLock};

pub(crate) use event::check_invocation;
pub(crate) use exchange::{Exchange, Request, Response};

use crate::harness::root;
use document::Document;

static OPENAPI: LazyLock<Document> =
    LazyLock::new(|| Document::read(&fs::read_to_string(root().join("openapi.yaml")).unwrap()));

/// Fails the test whose exchange contradicts `openapi.yaml`.
#[track_caller]
pub(crate) fn check(exchange: &Exchange<'_>) {
    if let Err(drift) = exchange.check(&OPENAPI) {
        panic!("this contradicts openapi.yaml\n{drift}\n{exchange}");
    }
}
