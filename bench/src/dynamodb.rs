//! An instant DynamoDB: over HTTPS, as Lambda's functions speak to the real one, with answers that the
//! embedded database gave in the [`rehearsal`](crate::rehearsal).

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use anyhow::{Context as _, Result, bail};
use loopback::{
    http::{Connection, Listener, Request},
    tls::Tls,
};
use serde_json::Value;
use ureq::Agent;

/// An endpoint of one function. It forwards to the database until [`Endpoint::replay`], and answers at once
/// after.
pub(crate) struct Endpoint {
    /// `https://localhost:PORT`
    pub(crate) url: String,
    shared: Arc<Shared>,
    _listener: Listener,
}

#[derive(Default)]
struct Shared {
    upstream: String,
    replays: AtomicBool,
    answers: Mutex<HashMap<String, Arc<[u8]>>>,
    requests: AtomicUsize,
    /// The first thing that went wrong.
    fault: Mutex<Option<String>>,
}

impl Endpoint {
    /// Listens, in front of the database at `upstream`.
    pub(crate) fn start(tls: &Tls, upstream: &str) -> Result<Self> {
        let shared = Arc::new(Shared { upstream: upstream.to_owned(), ..Shared::default() });
        let listener = Listener::start({
            let shared = Arc::clone(&shared);
            let tls = tls.clone();
            move |stream| {
                let served = tls.accept(stream).and_then(|mut connection| shared.serve(&mut connection));
                if let Err(error) = served {
                    shared.fault(format!("DynamoDB's endpoint: {error:#}"));
                }
            }
        })?;
        Ok(Self {
            url: format!("https://localhost:{}", listener.address.port()),
            shared,
            _listener: listener,
        })
    }

    /// From now on answers what it has heard, and nothing else.
    pub(crate) fn replay(&self) {
        self.shared.replays.store(true, Ordering::SeqCst);
    }

    /// How many requests came.
    pub(crate) fn requests(&self) -> usize {
        self.shared.requests.load(Ordering::SeqCst)
    }

    /// Fails where a request could not be answered.
    pub(crate) fn check(&self) -> Result<()> {
        match lock(&self.shared.fault).take() {
            Some(fault) => bail!(fault),
            None => Ok(()),
        }
    }
}

impl Shared {
    fn serve(&self, connection: &mut Connection<impl std::io::Read + std::io::Write>) -> Result<()> {
        let agent = Agent::config_builder().http_status_as_error(false).build().new_agent();
        while let Some(request) = connection.request()? {
            self.requests.fetch_add(1, Ordering::SeqCst);
            let key = key(&request)?;
            let answer = if self.replays.load(Ordering::SeqCst) {
                let known = lock(&self.answers).get(&key).cloned();
                known.with_context(|| format!("a request that was not rehearsed: {key}"))?
            } else {
                let answer: Arc<[u8]> = self.forward(&agent, &request)?.into();
                lock(&self.answers).insert(key, Arc::clone(&answer));
                answer
            };
            connection.write(&answer)?;
        }
        Ok(())
    }

    /// The database's answer as it goes over the wire.
    fn forward(&self, agent: &Agent, request: &Request) -> Result<Vec<u8>> {
        let mut forwarded = ureq::http::Request::post(&self.upstream);
        for name in ["authorization", "content-type", "x-amz-date", "x-amz-security-token", "x-amz-target"] {
            if let Some(value) = request.header(name) {
                forwarded = forwarded.header(name, value);
            }
        }
        let mut answer = agent.run(forwarded.body(request.body())?).context("the embedded database")?;
        let body = answer.body_mut().read_to_vec()?;
        let mut head = format!("HTTP/1.1 {}\r\ncontent-length: {}\r\n", answer.status(), body.len());
        for (name, value) in answer.headers() {
            if name == "content-type" || name.as_str().starts_with("x-amz") {
                write!(head, "{name}: {}\r\n", value.to_str()?)?;
            }
        }
        head.push_str("\r\n");
        Ok([head.into_bytes(), body].concat())
    }

    fn fault(&self, fault: String) {
        lock(&self.fault).get_or_insert(fault);
    }
}

/// What two requests have in common that are the same but for the time, the random version of what they
/// write, and the order of their clauses.
fn key(request: &Request) -> Result<String> {
    let target = request.header("x-amz-target").context("a request without x-amz-target")?;
    let body: Value = serde_json::from_slice(request.body()).context("a request that is no JSON")?;
    let item = [&body["Item"]["pk"], &body["Item"]["id"]];
    let parts = ["TableName", "IndexName", "Key", "ConditionExpression"].map(|name| &body[name]);
    let parts: Vec<_> = parts.into_iter().chain(item).map(Value::to_string).collect();
    Ok(format!("{target} {}", parts.join(" ")))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(target: &str, body: &str) -> String {
        let request = format!(
            "POST / HTTP/1.1\r\nx-amz-target: {target}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut connection = Connection::new(std::io::Cursor::new(request.into_bytes()));
        key(&connection.request().unwrap().unwrap()).unwrap()
    }

    /// An item's version is random, and the clauses of an update come in the order of a hash map.
    #[test]
    fn a_request_is_known_again_by_what_it_is_about() {
        let update = |id: u64, clauses: &str, version: &str| {
            let values = format!(r#"{{":version":{{"S":"{version}"}}}}"#);
            key_of(
                "DynamoDB_20120810.UpdateItem",
                &format!(
                    r#"{{"TableName":"t","Key":{{"pk":{{"S":"a"}},"id":{{"N":"{id}"}}}},"UpdateExpression":"{clauses}","ExpressionAttributeValues":{values}}}"#
                ),
            )
        };
        assert_eq!(update(1, "SET a, b", "x"), update(1, "SET b, a", "y"));
        assert_ne!(update(1, "SET a, b", "x"), update(2, "SET a, b", "x"));
        let of_item = |id: u64| {
            key_of("PutItem", &format!(r#"{{"Item":{{"id":{{"N":"{id}"}},"version":{{"S":"x"}}}}}}"#))
        };
        assert_ne!(of_item(1), of_item(2));
        assert_ne!(key_of("GetItem", "{}"), key_of("PutItem", "{}"));
    }
}
