//! The functions' way to the database, where their IAM policies are enforced.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::{Either, Full};
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use template::Policy;
use template::aws::session_arn;
use tokio::net::TcpListener;

use super::{Permission, Permissions, call, policy};
use crate::dynamodb::{Admission, Door, Passage, refusal};
use crate::http::{Body, BoxError, Clients, Connections, Hosts, Settings, connection};
use crate::sockets;
use crate::{Error, Limits, Log};

/// Who refuses a request, in the log.
const NAME: &str = "DynamoDB of the functions";
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
pub(crate) struct Enforcer {
    url: String,
    known: Arc<Known>,
    /// Ends all of them when it is dropped.
    _connections: Connections,
}

/// The roles, whose places make their access keys. None ever leaves, for an instance may outlive its
/// function.
#[derive(Debug, Default)]
struct Known(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    role: Role,
    used: BTreeSet<Permission>,
}

impl Enforcer {
    /// Listens on 127.0.0.1, before the database.
    pub(crate) fn start(database: Door, limits: &Limits, log: &Log) -> Result<Self, Error> {
        let fault = |error: std::io::Error| Error::new(format!("cannot listen for the functions: {error}"));
        let listener = sockets::listen(sockets::loopback(0)).map_err(fault)?;
        let url = format!("http://{}", listener.local_addr().map_err(fault)?);
        let known = Arc::<Known>::default();
        let admission =
            Admission { name: NAME, hosts: Hosts::loopback(), patience: limits.request, log: log.clone() };
        let gate = Gate { known: Arc::clone(&known), admission };
        let settings = Settings::new(NAME, limits, log, Clients::Sdk);
        Ok(Self { url, known, _connections: gate.open(listener, database, settings) })
    }

    /// What tells a function where the database is, and who it is there: always the same for the same
    /// function.
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
            allowed: entry.role.policy.iter().flat_map(policy::allowed).collect(),
            used: entry.used.clone(),
        })
    }
}

impl Known {
    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is behind an access key, and what it may not do of what it needs.
    fn refuse(&self, key: &str, needed: Result<Vec<Permission>, Permission>) -> Result<(), String> {
        let place = key.strip_prefix(KEY).and_then(|place| place.parse::<usize>().ok());
        let mut entries = self.entries();
        let entry = place.and_then(|place| entries.get_mut(place));
        let Entry { role, used } = entry.ok_or("the access key is not one of this template's functions")?;
        let refused = match (&role.policy, needed) {
            (Some(policy), Ok(needed)) => match needed.iter().find(|call| !policy::allows(policy, call)) {
                None => {
                    used.extend(needed);
                    return Ok(());
                }
                Some(refused) => refused.clone(),
            },
            (Some(_), Err(unclear)) => unclear,
            // What only AWS can tell is not held.
            (None, needed) => {
                used.extend(needed.unwrap_or_default());
                return Ok(());
            }
        };
        Err(denied(&role.name, &refused))
    }
}

/// What stands before the database.
struct Gate {
    known: Arc<Known>,
    admission: Admission,
}

impl Gate {
    fn open(self, listener: TcpListener, database: Door, settings: Settings) -> Connections {
        let gate = Arc::new(self);
        Connections::accept(listener, settings, move |stream, _, settings| {
            let (gate, passage) = (Arc::clone(&gate), database.passage());
            async move {
                let Ok(own) = stream.local_addr() else { return };
                connection(stream, settings, |request| gate.answer(request, own.ip(), &passage)).await;
            }
        })
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        own: IpAddr,
        database: &Passage,
    ) -> Result<Response<Body>, BoxError> {
        let (parts, body) = match self.admission.admit(request, own).await {
            Ok(admitted) => admitted,
            Err(answer) => return Ok(answer.map(Either::Right)),
        };
        let allowed = match (access_key(&parts.headers), operation(&parts)) {
            (None, _) => Err("the request is not signed with the access key of a function".to_owned()),
            (_, None) => Err("the request is no call of an operation".to_owned()),
            (Some(key), Some(operation)) => self.known.refuse(key, call::needed(operation, &body)),
        };
        match allowed {
            Ok(()) => database.send(Request::from_parts(parts, Full::new(body))).await,
            Err(message) => {
                let answer = refusal(StatusCode::BAD_REQUEST, "AccessDeniedException", &message);
                Ok(answer.map(Either::Right))
            }
        }
    }
}

/// Who signed it: `AWS4-HMAC-SHA256 Credential=<access key>/<date>/…`.
fn access_key(headers: &HeaderMap) -> Option<&str> {
    let authorization = only(headers, &AUTHORIZATION)?;
    let (_, credential) = authorization.split_once("Credential=")?;
    credential.split('/').next()
}

/// What is asked for: `DynamoDB_20120810.<operation>`, or `DynamoDBStreams_…`. The database takes nothing
/// else.
fn operation(request: &Parts) -> Option<&str> {
    let (service, operation) =
        only(&request.headers, &HeaderName::from_static("x-amz-target"))?.split_once('.')?;
    let known = ["DynamoDB_20120810", "DynamoDBStreams_20120810"].contains(&service);
    (known && request.method == Method::POST).then_some(operation)
}

/// A header that two readers cannot read in two ways.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// Source: "Error handling with DynamoDB", `AccessDeniedException`.
fn denied(name: &str, refused: &Permission) -> String {
    let Permission { action, resource } = refused;
    format!(
        "User: {} is not authorized to perform: {action} on resource: {resource} because no identity-based policy \
         allows the {action} action",
        session_arn(name)
    )
}
