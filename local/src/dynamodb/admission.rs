//! Which requests come before the database: those of this machine's own clients, of no web page, and of 16 MB
//! at most.

use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use tokio::time::timeout;

use super::refusal::refusal;
use crate::Log;
use crate::http::Hosts;
use crate::http::host::{Refusal, of_another_origin};

/// DynamoDB takes requests of up to 16 MB.
const BODY_BYTES: usize = 16 * 1024 * 1024;

/// What stands at a listener before the database.
pub(crate) struct Admission {
    /// Who refuses a request, in the log.
    pub(crate) name: &'static str,
    /// The hosts that a request may come for.
    pub(crate) hosts: Hosts,
    /// How long a body may take to arrive.
    pub(crate) patience: Duration,
    pub(crate) log: Log,
}

impl Admission {
    /// A request with its body, or what is answered instead. `own` is the address that it came to.
    pub(crate) async fn admit(
        &self,
        request: Request<Incoming>,
        own: IpAddr,
    ) -> Result<(Parts, Bytes), Box<Response<Full<Bytes>>>> {
        let (parts, body) = request.into_parts();
        if let Err((status, message)) = may_ask(&parts, &self.hosts, own) {
            self.log.refused(self.name, status.as_u16(), &message);
            return Err(Box::new(refusal(status, "AccessDeniedException", &message)));
        }
        Ok((parts, read(body, self.patience).await?))
    }
}

/// A request's body, or the answer to one that is too long, too slow or cut off.
async fn read(body: Incoming, patience: Duration) -> Result<Bytes, Box<Response<Full<Bytes>>>> {
    let read = timeout(patience, Limited::new(body, BODY_BYTES).collect()).await;
    let (status, message) = match read {
        Ok(Ok(body)) => return Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            (StatusCode::PAYLOAD_TOO_LARGE, "a request has at most 16 MB")
        }
        Ok(Err(_)) => (StatusCode::BAD_REQUEST, "the body is incomplete"),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time"),
    };
    Err(Box::new(refusal(status, "SerializationException", message)))
}

/// Whether this machine's own client asks, and no web page.
fn may_ask(request: &Parts, hosts: &Hosts, own: IpAddr) -> Result<(), (StatusCode, String)> {
    hosts.check(request, own).map_err(|refusal| {
        let status = match refusal {
            Refusal::Malformed(_) => StatusCode::BAD_REQUEST,
            Refusal::Foreign(_) => StatusCode::FORBIDDEN,
        };
        (status, refusal.to_string())
    })?;
    if of_another_origin(&request.headers) {
        let message = "its Origin is not the database's own; web pages cannot use this database, so call it from a server \
            or a tool";
        return Err((StatusCode::FORBIDDEN, message.to_owned()));
    }
    Ok(())
}
