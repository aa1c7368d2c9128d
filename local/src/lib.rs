//! A whole serverless API on this machine, from its SAM template: API Gateway, Lambda and DynamoDB, without
//! Docker and without AWS.
//!
//! **How a request travels.** [`Server::start`] reads the template into functions, routes and tables, opens
//! the embedded DynamoDB and listens. A request comes in at the gateway, which reads its body, finds the
//! route by API Gateway's precedence and writes the event of payload format 2.0. The route's
//! [`lambda::Function`] hands the event to an instance that polls for one, or starts one more: a child
//! process, the real binary, which speaks the real Lambda Runtime API with a listener of its own and finds
//! the database where `AWS_ENDPOINT_URL_DYNAMODB` says. What it posts travels back, is checked and becomes
//! the HTTP response; whatever else it does (exit, hang, nonsense) becomes the 5xx that API Gateway would
//! answer. The [`Log`] is told one line for each request.
//!
//! **How it changes while it runs.** A [`Watch`] follows the files that cargo says the binaries are made of.
//! When some change, requests to the functions made of them wait (`outdated`). The watch has cargo build
//! those that requests wait for, then the others, and calls [`Server::reload`] after each build: the gateway
//! gets another table of routes for the requests to come, and functions that are not what they were are
//! retired, which is to say that they answer what they have, and end.

pub mod build;
mod drain;
mod dynamodb;
mod error;
mod gateway;
mod http;
pub mod iam;
mod ids;
pub mod lambda;
pub mod limits;
pub mod log;
mod outdated;
mod schema;
mod server;
mod sockets;
mod tables;
mod terminal;
mod watch;

pub use self::dynamodb::Data;
pub use self::error::Error;
pub use self::limits::Limits;
pub use self::log::Log;
pub use self::server::{Binaries, Config, Server};
pub use self::tables::Tables;
pub use self::terminal::Terminal;
pub use self::watch::Watch;
