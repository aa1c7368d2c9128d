//! The way of the functions to the database, with somebody at the door.

use std::collections::BTreeSet;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Either, Full, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1 as client;
use hyper::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue, TRANSFER_ENCODING};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

use super::{Permission, Permissions, Policy, call};
use crate::Error;
use crate::template::ACCOUNT;

/// DynamoDB takes requests of up to 16 MB.
const BODY_BYTES: usize = 16 * 1024 * 1024;
/// What every access key begins with.
const KEY: &str = "ASIALOCAL";

/// Who may call, and what.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    /// The function's logical id, which it keeps while everything else of it changes.
    pub(crate) id: String,
    /// The function's name, for who reads a refusal.
    pub(crate) name: String,
    /// What it may do; none where the template does not tell, which allows everything.
    pub(crate) policy: Option<Policy>,
}

/// A listener of its own before the database.
#[derive(Debug)]
pub(crate) struct Guard {
    url: String,
    known: Arc<Known>,
    /// Ends all connections when it is dropped.
    _serving: AbortOnDropHandle<()>,
}

/// The roles, whose places make their access keys. None ever leaves, for an instance may outlive its function.
#[derive(Debug, Default)]
struct Known(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    role: Role,
    used: BTreeSet<Permission>,
}

type Body = Either<Incoming, Full<Bytes>>;
type Fault = Box<dyn StdError + Send + Sync>;

impl Guard {
    /// Listens on 127.0.0.1, before the database at this URL.
    pub(crate) fn start(database: &str) -> Result<Self, Error> {
        let fault = |error: std::io::Error| Error::new(format!("cannot listen for the functions: {error}"));
        let listener = crate::listen(crate::loopback(0)).map_err(fault)?;
        let url = format!("http://{}", listener.local_addr().map_err(fault)?);
        let database: Arc<str> = database.trim_start_matches("http://").into();
        let known = Arc::<Known>::default();
        let serving = AbortOnDropHandle::new(tokio::spawn(accept(listener, database, Arc::clone(&known))));
        Ok(Self { url, known, _serving: serving })
    }

    /// What tells a function where the database is, and who it is there: always the same for the same function.
    pub(crate) fn variables(&self, id: &str) -> [(String, String); 2] {
        let mut entries = self.known.entries();
        let place = entries.iter().position(|entry| entry.role.id == id).unwrap_or_else(|| {
            let role = Role { id: id.to_owned(), name: id.to_owned(), policy: None };
            entries.push(Entry { role, used: BTreeSet::new() });
            entries.len() - 1
        });
        // 20 characters, as those of AWS are, and worthless anywhere else.
        let key = format!("{KEY}{place:011}");
        [("AWS_ENDPOINT_URL_DYNAMODB".to_owned(), self.url.clone()), ("AWS_ACCESS_KEY_ID".to_owned(), key)]
    }

    /// From now on these roles may do this.
    pub(crate) fn hold<'r>(&self, roles: impl Iterator<Item = &'r Role>) {
        let mut entries = self.known.entries();
        for role in roles {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.role.id == role.id) {
                entry.role = role.clone();
            }
        }
    }

    /// What the function with this logical id may do and has done.
    pub(crate) fn permissions(&self, id: &str) -> Permissions {
        let entries = self.known.entries();
        let entry = entries.iter().find(|entry| entry.role.id == id);
        entry.map_or_else(Permissions::default, |entry| Permissions {
            allowed: entry.role.policy.iter().flat_map(Policy::allowed).collect(),
            used: entry.used.clone(),
        })
    }
}

impl Known {
    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a call that the owner of this access key may not make. A stranger has no role here, and no bounds.
    fn refuse(&self, key: &str, needed: Vec<Permission>) -> Option<Response<Body>> {
        let place: usize = key.strip_prefix(KEY)?.parse().ok()?;
        let mut entries = self.entries();
        let Entry { role, used } = entries.get_mut(place)?;
        let policy = role.policy.as_ref();
        if let Some(refused) = policy.and_then(|policy| needed.iter().find(|call| !policy.allows(call))) {
            return Some(refusal(&role.name, refused));
        }
        used.extend(needed);
        None
    }
}

async fn accept(listener: TcpListener, database: Arc<str>, known: Arc<Known>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&database), Arc::clone(&known)));
                }
                // Files have run out; some will be free again.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection of a function, and one to the database for it.
async fn serve(stream: TcpStream, database: Arc<str>, known: Arc<Known>) {
    let Ok(upstream) = TcpStream::connect(&*database).await else { return };
    if upstream.set_nodelay(true).is_err() {
        return;
    }
    let Ok((sender, connection)) = client::handshake(TokioIo::new(upstream)).await else { return };
    // Requests on a connection come one after the other, so nobody ever waits for this.
    let sender = tokio::sync::Mutex::new(sender);
    let service = service_fn(|request| answer(request, &sender, &known));
    // Where the database ends its side, the next request finds out, and the SDK connects again.
    let database = async {
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service) => {}
        () = database => {}
    }
}

async fn answer(
    request: Request<Incoming>,
    database: &tokio::sync::Mutex<client::SendRequest<Full<Bytes>>>,
    known: &Known,
) -> Result<Response<Body>, Fault> {
    let (mut parts, body) = request.into_parts();
    let body = Limited::new(body, BODY_BYTES).collect().await?.to_bytes();
    if let (Some(key), Some(operation)) = (access_key(&parts.headers), operation(&parts.headers))
        && let Some(refusal) = known.refuse(key, call::needed(operation, &body))
    {
        return Ok(refusal);
    }
    // These are about the function's connection.
    parts.headers.remove(CONNECTION);
    parts.headers.remove(TRANSFER_ENCODING);
    let request = Request::from_parts(parts, Full::new(body));
    Ok(database.lock().await.send_request(request).await?.map(Either::Left))
}

/// Who signed it: `AWS4-HMAC-SHA256 Credential=<access key>/<date>/…`.
fn access_key(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.split_once("Credential=")?.1.split('/').next()
}

/// What is asked for: `DynamoDB_20120810.<operation>`.
fn operation(headers: &HeaderMap) -> Option<&str> {
    Some(headers.get("x-amz-target")?.to_str().ok()?.rsplit_once('.')?.1)
}

/// Source: "Error handling with DynamoDB", `AccessDeniedException`.
fn refusal(name: &str, refused: &Permission) -> Response<Body> {
    let Permission { action, resource } = refused;
    let message = format!(
        "User: arn:aws:sts::{ACCOUNT}:assumed-role/{name} is not authorized to perform: {action} on resource: {resource} \
         because no identity-based policy allows the {action} action"
    );
    let body = json!({"__type": "com.amazon.coral.service#AccessDeniedException", "Message": message});
    let mut response = Response::new(Either::Right(Full::new(Bytes::from(body.to_string()))));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.0"));
    response
}
