//! FAKE: a DynamoDB that throttles, breaks or does not answer, which the real one can't be asked to do.

use std::{
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::Result;
use loopback::http::{Connection, Listener};

use crate::dynamodb::{is_warm_up, refusal};

/// A server that gives every request the same bad answer.
pub struct FakeDynamoDb {
    /// Where it listens.
    pub url: String,
    requests: Arc<AtomicUsize>,
    _listener: Listener,
}

impl FakeDynamoDb {
    /// Answers everything with this status and error type.
    pub fn failing(status: u16, code: &str) -> Self {
        Self::answering(Some(refusal(status, code)))
    }

    /// Takes requests and never answers.
    pub fn silent() -> Self {
        Self::answering(None)
    }

    fn answering(answer: Option<Vec<u8>>) -> Self {
        let requests = Arc::<AtomicUsize>::default();
        let counter = Arc::clone(&requests);
        let serve = move |stream| serve(Connection::new(stream), answer.as_deref(), &counter);
        let listener = Listener::start(serve).unwrap();
        Self { url: format!("http://{}", listener.address), requests, _listener: listener }
    }

    /// How many requests came, but for those by which functions open their connections.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(mut client: Connection<TcpStream>, answer: Option<&[u8]>, requests: &AtomicUsize) -> Result<()> {
    while let Some(request) = client.request()? {
        requests.fetch_add(usize::from(!is_warm_up(&request)), Ordering::SeqCst);
        if let Some(answer) = answer {
            client.write(answer)?;
        }
    }
    Ok(())
}
