//! The database as other tools see it: on its port, for this machine's own clients and for no web page.

use std::net::IpAddr;
use std::sync::Arc;

use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::{Request, Response};
use tokio::net::TcpListener;

use super::admission::Admission;
use super::door::{Door, Passage};
use crate::http::{Body, BoxError, Clients, Connections, Hosts, Settings, connection};
use crate::{Limits, Log};

/// Who refuses a request, in the log.
const NAME: &str = "DynamoDB";

/// Serves the database until what is returned is dropped.
pub(super) fn serve(
    listener: TcpListener,
    (door, hosts): (Door, Hosts),
    limits: &Limits,
    log: Log,
) -> Connections {
    let settings = Settings::new(NAME, limits, &log, Clients::Sdk);
    let front =
        Arc::new(Front { door, admission: Admission { name: NAME, hosts, patience: limits.request, log } });
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
    admission: Admission,
}

impl Front {
    async fn answer(
        &self,
        request: Request<Incoming>,
        own: IpAddr,
        passage: &Passage,
    ) -> Result<Response<Body>, BoxError> {
        match self.admission.admit(request, own).await {
            Ok((parts, body)) => passage.send(Request::from_parts(parts, Full::new(body))).await,
            Err(answer) => Ok(answer.map(Either::Right)),
        }
    }
}
