//! The way to the database itself, which only this process takes.
//!
//! The database's own server answers whoever reaches it, web pages included, and wants a port. So each
//! connection gets a listener of its own, on a port that the system chooses, which is closed as soon as that
//! one connection stands.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use dynoxide::Database;
use http_body_util::{BodyExt as _, Either, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{HOST, HeaderName, ORIGIN};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::AbortOnDropHandle;

use super::damage::Damage;
use crate::http::{Body, BoxError};
use crate::sockets;

/// Headers that are about one connection, or that the database would take for a web page's.
const NOT_PASSED_ON: [HeaderName; 3] = [hyper::header::CONNECTION, hyper::header::TRANSFER_ENCODING, ORIGIN];

/// Asks the database's thread for a listener.
struct Asked {
    address: oneshot::Sender<SocketAddr>,
    /// Dropped when the connection stands.
    connected: oneshot::Receiver<()>,
    /// Dropped when the listener is closed.
    closed: oneshot::Sender<()>,
    /// Cancelled when the connection has ended.
    ended: CancellationToken,
}

/// Where connections to the database come from.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    ask: mpsc::UnboundedSender<Asked>,
    damage: Arc<Damage>,
}

/// The other side of it, in the database's thread.
pub(super) struct Doorkeeper(mpsc::UnboundedReceiver<Asked>);

impl Door {
    pub(super) fn new(damage: &Arc<Damage>) -> (Self, Doorkeeper) {
        let (ask, asked) = mpsc::unbounded_channel();
        (Self { ask, damage: Arc::clone(damage) }, Doorkeeper(asked))
    }

    /// A way of its own for each connection of a client.
    pub(crate) fn passage(&self) -> Passage {
        Passage { door: self.clone(), connection: Mutex::default() }
    }

    async fn connect(&self) -> Result<Connection, BoxError> {
        let (address, at) = oneshot::channel();
        let (waiting, connected) = oneshot::channel();
        let (closed, closing) = oneshot::channel();
        let ended = CancellationToken::new();
        let asked = Asked { address, connected, closed, ended: ended.clone() };
        self.ask.send(asked).map_err(|_| "the database has ended")?;
        let ended = ended.drop_guard();
        let address = at.await?;
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let running = AbortOnDropHandle::new(tokio::spawn(async move { drop(connection.await) }));
        // The database has taken the connection once it answers.
        let hello = Request::get("/").header(HOST, address.to_string()).body(Full::default())?;
        sender.send_request(hello).await?.into_body().collect().await?;
        drop(waiting);
        let _ = closing.await;
        Ok(Connection { sender, _running: running, _ended: ended })
    }
}

impl Doorkeeper {
    /// Serves the database until the last door is gone.
    pub(super) async fn serve(mut self, database: Database) {
        while let Some(Asked { address, connected, closed, ended }) = self.0.recv().await {
            let Ok(listener) = sockets::listen(sockets::loopback(0)) else { continue };
            let Ok(own) = listener.local_addr() else { continue };
            let serving =
                dynoxide::server::serve_with_shutdown(listener, database.clone(), ended.cancelled_owned());
            tokio::spawn(async move {
                // What has been accepted by then lives on; the listener does not.
                tokio::select! {
                    _ = serving => {}
                    _ = connected => {}
                }
                drop(closed);
            });
            let _ = address.send(own);
        }
    }
}

struct Connection {
    sender: SendRequest<Full<Bytes>>,
    _running: AbortOnDropHandle<()>,
    _ended: DropGuard,
}

/// What a client's requests go through, one after the other.
pub(crate) struct Passage {
    door: Door,
    connection: Mutex<Option<Connection>>,
}

impl Passage {
    /// The database's answer to a request that has been read.
    pub(crate) async fn send(&self, mut request: Request<Full<Bytes>>) -> Result<Response<Body>, BoxError> {
        for name in &NOT_PASSED_ON {
            request.headers_mut().remove(name);
        }
        let mut connection = self.connection.lock().await;
        if connection.as_ref().is_none_or(|connection| connection.sender.is_closed()) {
            *connection = Some(self.door.connect().await?);
        }
        let Some(Connection { sender, .. }) = connection.as_mut() else { return Err("no connection".into()) };
        sender.ready().await?;
        let response = sender.send_request(request).await?;
        if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
            return Ok(response.map(Either::Left));
        }
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(match self.door.damage.instead(&body) {
            Some(answer) => answer.map(Either::Right),
            None => Response::from_parts(parts, Either::Right(Full::new(body))),
        })
    }
}
