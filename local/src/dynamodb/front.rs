//! The database as other tools see it: on its port, for this machine's own clients and for no web page.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Either, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::door::{Door, Passage};
use super::refusal::refusal;
use crate::http::host::{Refusal, of_another_origin};
use crate::http::{Body, BoxError, Clients, Connections, Hosts, Settings, connection};
use crate::{Limits, Log};

/// Who refuses a request, in the log.
const NAME: &str = "DynamoDB";
/// DynamoDB takes requests of up to 16 MB.
const BODY_BYTES: usize = 16 * 1024 * 1024;

/// Serves the database until what is returned is dropped.
pub(super) fn serve(
    listener: TcpListener,
    (door, hosts): (Door, Hosts),
    limits: &Limits,
    log: Log,
) -> Connections {
    let settings = Settings::new(NAME, limits, &log, Clients::Sdk);
    let front = Arc::new(Front { door, hosts, patience: limits.request, log });
    Connections::accept(listener, settings, move |stream, _, settings| {
        let front = Arc::clone(&front);
        async move {
            let Ok(own) = stream.local_addr() else { return };
            let passage = front.door.passage();
            connection(stream, settings, |request| front.answer(request, own.ip(), &passage)).await;
        }
    })
}

struct Front {
    door: Door,
    hosts: Hosts,
    /// How long a body may take to arrive.
    patience: Duration,
    log: Log,
}

impl Front {
    async fn answer(
        &self,
        request: Request<Incoming>,
        own: IpAddr,
        passage: &Passage,
    ) -> Result<Response<Body>, BoxError> {
        let (parts, body) = request.into_parts();
        if let Err((status, message)) = may_ask(&parts, &self.hosts, own) {
            self.log.refused(NAME, status.as_u16(), &message);
            return Ok(refusal(status, "AccessDeniedException", &message).map(Either::Right));
        }
        match read(body, self.patience).await {
            Ok(body) => passage.send(Request::from_parts(parts, Full::new(body))).await,
            Err(answer) => Ok(answer.map(Either::Right)),
        }
    }
}

/// A request's body, or the answer to one that is too long, too slow or cut off.
pub(crate) async fn read(body: Incoming, patience: Duration) -> Result<Bytes, Box<Response<Full<Bytes>>>> {
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
pub(crate) fn may_ask(request: &Parts, hosts: &Hosts, own: IpAddr) -> Result<(), (StatusCode, String)> {
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
