//! FAKE: a DynamoDB that throttles, breaks or does not answer, which the real one can't be asked to do.

use std::{
    io::{BufReader, Write},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::wire;

/// A server that gives every request the same bad answer.
pub struct FakeDynamoDb {
    /// Where it listens.
    pub url: String,
    requests: Arc<AtomicUsize>,
}

impl FakeDynamoDb {
    /// Answers everything with this status and error type.
    pub fn failing(status: u16, code: &str) -> Self {
        let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"fake"}}"#);
        Self::answering(Some(format!(
            "HTTP/1.1 {status} Fake\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )))
    }

    /// Takes requests and never answers.
    pub fn silent() -> Self {
        Self::answering(None)
    }

    fn answering(answer: Option<String>) -> Self {
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        let address = wire::listen(move |connection| serve(connection, answer.as_deref(), &counter));
        Self { url: format!("http://{address}"), requests }
    }

    /// How many requests came, but for those by which functions open their connections.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(connection: TcpStream, answer: Option<&str>, requests: &AtomicUsize) {
    let mut writer = connection.try_clone().unwrap();
    let mut reader = BufReader::new(connection);
    while let Some(request) = wire::read(&mut reader) {
        requests.fetch_add(usize::from(!request.is_warm_up()), Ordering::SeqCst);
        let Some(answer) = answer else { continue };
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
