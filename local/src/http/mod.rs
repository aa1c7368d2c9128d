//! What the servers of this crate share: whom they answer, and how their connections begin and end.

pub(crate) mod host;
mod serve;
mod wire;

use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::Incoming;

pub(crate) use self::host::Hosts;
pub(crate) use self::serve::{Clients, Connections, Settings, connection};

/// The body of an answer: passed on from elsewhere, or whole.
pub(crate) type Body = Either<Incoming, Full<Bytes>>;

/// The causes of a connection's end.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;
