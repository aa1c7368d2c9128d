//! What stands for AWS's side on the loopback: HTTP on sockets, a certificate authority, a Runtime API.

pub mod http;
pub mod runtime_api;
pub mod tls;
