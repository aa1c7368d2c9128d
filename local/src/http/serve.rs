//! Listening, one connection from its first byte to its last, and the end of all of them.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

use super::wire::{Broken, Exchange, Tracked, Wire};
use super::{Body, BoxError};
use crate::{Limits, Log};

/// How long to wait when no connection can be accepted, which means that files have run out.
const PAUSE: Duration = Duration::from_millis(50);
/// How long, and how many bytes, a client may go on sending after its last answer. Closed at once, the
/// connection would be reset, and the answer lost.
const LAST_WORDS: Duration = Duration::from_secs(1);
const LAST_BYTES: usize = 16 * 1024 * 1024;

/// What holds for every connection of a listener.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Who it is, in what the log is told.
    name: &'static str,
    limits: Limits,
    log: Log,
    clients: Clients,
    /// Cancelled when no further request is to be taken.
    stop: CancellationToken,
    /// The requests that are under way.
    requests: TaskTracker,
}

/// What is expected of a listener's clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clients {
    /// Anybody's: one may close its side and still wait for its answer, and one that sends no request is let
    /// go.
    Any,
    /// The SDKs': one that has closed its side has gone, and its connections are kept until it needs them
    /// again.
    Sdk,
}

impl Settings {
    pub(crate) fn new(name: &'static str, limits: &Limits, log: &Log, clients: Clients) -> Self {
        let (stop, requests) = (CancellationToken::new(), TaskTracker::new());
        Self { name, limits: limits.clone(), log: log.clone(), clients, stop, requests }
    }
}

/// A listener and its connections, which end when it is dropped.
#[derive(Debug)]
pub(crate) struct Connections {
    settings: Settings,
    _accepting: AbortOnDropHandle<()>,
}

impl Connections {
    /// Accepts connections and gives each to a task of its own.
    pub(crate) fn accept<F: Future<Output = ()> + Send + 'static>(
        listener: TcpListener,
        settings: Settings,
        serve: impl Fn(TcpStream, SocketAddr, Settings) -> F + Send + 'static,
    ) -> Self {
        let own = settings.clone();
        let accepting = async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    () = settings.stop.cancelled() => break,
                    accepted = listener.accept() => match accepted {
                        Ok((stream, client)) => {
                            connections.spawn(serve(stream, client, settings.clone()));
                        }
                        Err(_) => tokio::time::sleep(PAUSE).await,
                    },
                    Some(_) = connections.join_next() => {}
                }
            }
            drop(listener);
            while connections.join_next().await.is_some() {}
        };
        Self { settings: own, _accepting: AbortOnDropHandle::new(tokio::spawn(accepting)) }
    }

    /// The number of requests that are under way.
    pub(crate) fn requests(&self) -> usize {
        self.settings.requests.len()
    }

    /// Takes no further request, and waits until those that are under way have their answer.
    pub(crate) async fn drain(&self) {
        self.settings.stop.cancel();
        self.settings.requests.close();
        self.settings.requests.wait().await;
    }
}

/// Serves one connection to its end. An `Err` of the service closes it without an answer.
pub(crate) async fn connection<F: Future<Output = Result<Response<Body>, BoxError>>>(
    stream: TcpStream,
    settings: Settings,
    service: impl Fn(Request<Incoming>) -> F,
) {
    let stream = Arc::new(stream);
    let exchange = Arc::new(Exchange::default());
    let ended = {
        let wire = Wire::new(Arc::clone(&stream), Arc::clone(&exchange), settings.limits.answer);
        let service = service_fn(|request| {
            let token = exchange.begin(settings.requests.token());
            let answer = service(request);
            async move {
                let answer = answer.await.map_err(Broken)?;
                Ok::<_, Broken>(answer.map(|body| Tracked { body, _request: token }))
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .half_close(settings.clients == Clients::Any)
            .header_read_timeout((settings.clients == Clients::Any).then_some(settings.limits.request))
            .serve_connection(TokioIo::new(wire), service);
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            ended = connection.as_mut() => ended,
            () = settings.stop.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        }
    };
    drop(exchange);
    let Some(mut stream) = Arc::into_inner(stream) else { return };
    match ended {
        Ok(()) => {}
        Err(error) if error.is_parse() => {
            let status = if error.is_parse_too_large() {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            } else {
                StatusCode::BAD_REQUEST
            };
            settings.log.refused(settings.name, status.as_u16(), &format!("it is not HTTP/1.1: {error}"));
            if timeout(LAST_WORDS, stream.write_all(malformed(status).as_bytes())).await.is_err() {
                return;
            }
        }
        Err(error) => {
            let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
            if cause.is_some_and(|cause| cause.kind() == io::ErrorKind::TimedOut) {
                let limit = settings.limits.answer.as_secs_f64();
                let name = settings.name;
                settings.log.fault(format!(
                    "{name}: a client did not read its answer within {limit:.2} seconds, and was let go"
                ));
            }
            return;
        }
    }
    let _ = timeout(LAST_WORDS, close(stream)).await;
}

/// Says that nothing more comes, and reads what the client still sends.
async fn close(mut stream: TcpStream) {
    let mut ignored = [0; 4096];
    let mut total = 0;
    if stream.shutdown().await.is_err() {
        return;
    }
    while let Ok(1..) = stream.read(&mut ignored).await.inspect(|read| total += read) {
        if total > LAST_BYTES {
            return;
        }
    }
}

/// The answer to what is no HTTP, in API Gateway's form.
fn malformed(status: StatusCode) -> String {
    let reason = status.canonical_reason().unwrap_or_default();
    let date = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let body = format!(r#"{{"message":"{reason}"}}"#);
    format!(
        "HTTP/1.1 {} {reason}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\
         date: {date}\r\n\r\n{body}",
        status.as_u16(),
        body.len()
    )
}
