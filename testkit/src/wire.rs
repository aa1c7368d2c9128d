//! HTTP/1.1 messages, as far as DynamoDB and its SDK speak it: a head and a body with a length.

use std::{
    io::BufRead,
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, OnceLock},
    thread,
};

use crate::Api;

/// Listens on a free port, with a thread for each connection. The threads end with the connections, and the
/// last one with the process: they hold nothing that outlives it.
pub fn listen<T>(serve: impl Fn(TcpStream) -> T + Clone + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let serve = serve.clone();
            thread::spawn(move || {
                serve(connection);
            });
        }
    });
    address
}

/// The embedded database, which stands behind something that has to be there before it: an API is started
/// with the address of that.
#[derive(Clone, Default)]
pub struct Upstream(Arc<OnceLock<String>>);

impl Upstream {
    /// It is this API's.
    pub fn set(&self, api: &Api) {
        self.0.set(api.dynamodb_url().trim_start_matches("http://").to_owned()).unwrap();
    }

    /// Waits until it is known.
    pub fn connect(&self) -> Option<TcpStream> {
        TcpStream::connect(self.0.wait()).ok()
    }
}

/// A request or a response as it was on the wire.
pub struct Message {
    /// All of it.
    pub bytes: Vec<u8>,
    /// DynamoDB's operation, where it is a request.
    pub operation: Option<String>,
}

impl Message {
    /// Whether it is the call by which a function opens its connection at its start: it asks for what is
    /// never there.
    pub fn is_warm_up(&self) -> bool {
        memchr::memmem::find(&self.bytes, br#"{"S":"nothing"}"#).is_some()
    }
}

/// Reads one message; nothing where the connection ends.
pub fn read(reader: &mut impl BufRead) -> Option<Message> {
    let mut message = Message { bytes: Vec::new(), operation: None };
    let mut length = 0;
    loop {
        let start = message.bytes.len();
        if reader.read_until(b'\n', &mut message.bytes).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&message.bytes[start..]).trim_end().to_owned();
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some((name, value)) if name.eq_ignore_ascii_case("x-amz-target") => {
                message.operation = value.rsplit('.').next().map(str::to_owned);
            }
            None if line.is_empty() => break,
            _ => {}
        }
    }
    let start = message.bytes.len();
    message.bytes.resize(start + length, 0);
    reader.read_exact(&mut message.bytes[start..]).ok()?;
    Some(message)
}
