//! What any REST API on Lambda and DynamoDB needs, whatever its items are.
//!
//! A handler takes a [`http::Request`] apart, makes one call to the [`store`], and answers with a
//! [`http::Response`]. It is handed what it works with ([`state`]). Everything else is here, once: the step
//! from an API Gateway event to a request and back, the fields of a [`model`] and the rules they follow, what
//! makes a model a [`resource`] with a URL and a table, bearer tokens ([`auth`]), DynamoDB, the invocation
//! loop ([`lambda`]).
//!
//! Imports run one way: `model` knows nothing of the rest, `resource` knows `model`; `store` and `http` know
//! both and not each other; `auth` knows `http`, and `lambda` ties them together. A function links only what
//! it calls: `hello` carries no AWS SDK.

// What the derives write names this crate as its users do.
#[cfg(test)]
extern crate self as routelet;

pub mod auth;
mod compat;
mod env;
mod failure;
#[cfg(test)]
mod fixture;
pub mod http;
pub mod lambda;
pub mod model;
pub mod resource;
pub mod state;
pub mod store;
