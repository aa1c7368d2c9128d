//! What every function shares.
//!
//! A handler takes a [`http::Request`] apart, makes one call to the [`store`], and answers with a
//! [`http::Response`]. It is handed what it works with ([`state`]). Everything else is here, once: the
//! [`models`] and their rules, the step from an API Gateway event to a request and back, who may change
//! something ([`auth`]), DynamoDB, the invocation loop ([`lambda`]).
//!
//! Imports run one way: `models` knows nothing of the rest, `store` knows models, `http` knows both, `auth`
//! knows `http`, `lambda` ties them together. A function links only what it calls: `hello` carries no AWS
//! SDK.

#[cfg(test)]
mod any;
pub mod auth;
mod env;
pub mod http;
pub mod lambda;
pub mod models;
pub mod state;
pub mod store;
