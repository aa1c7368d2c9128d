//! HTTP/1.1 on a blocking connection, as far as the Runtime API, DynamoDB and their clients speak it: heads,
//! and bodies with a length.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result, bail};

/// Neither these APIs nor their clients send more.
const MAX_HEADERS: usize = 64;
/// Lambda's own limit on an answer is 6 MB, DynamoDB's on a response 1 MB.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A request, read to its end.
#[derive(Debug)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Its target, as it was sent.
    pub target: String,
    headers: Vec<(String, String)>,
    message: Message,
}

impl Request {
    /// The first header of this name, if its value is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// All of it, as it was on the wire.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.message.bytes
    }

    /// What comes after the head.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.message.bytes.get(self.message.head..).unwrap_or_default()
    }
}

/// Head and body.
#[derive(Debug)]
struct Message {
    bytes: Vec<u8>,
    /// The length of the head.
    head: usize,
}

/// A port of the loopback with a thread for each connection. They end with their connections; dropping this
/// ends the thread that accepts.
#[derive(Debug)]
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    ends: Arc<AtomicBool>,
}

impl Listener {
    /// Listens on a free port.
    ///
    /// # Errors
    /// If there is none.
    pub fn start<T>(serve: impl Fn(TcpStream) -> T + Clone + Send + 'static) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen on 127.0.0.1")?;
        let address = listener.local_addr()?;
        let ends = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&ends);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let serve = serve.clone();
                let _ = connection.set_nodelay(true);
                thread::spawn(move || {
                    serve(connection);
                });
            }
        });
        Ok(Self { address, ends })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        // `accept` waits for one more.
        drop(TcpStream::connect(self.address));
    }
}

/// A connection, and what was read of the next message.
#[derive(Debug)]
pub struct Connection<S> {
    stream: S,
    buffer: Vec<u8>,
}

impl<S: Read + Write> Connection<S> {
    /// At the start of a message.
    pub fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::with_capacity(16 * 1024) }
    }

    /// The next request; nothing where the client has ended the connection.
    ///
    /// # Errors
    /// If it is no HTTP/1.1, too long, or breaks off.
    pub fn request(&mut self) -> Result<Option<Request>> {
        let Some((head, message)) = self.message(request_head)? else { return Ok(None) };
        let RequestHead { method, target, headers } = head;
        Ok(Some(Request { method, target, headers, message }))
    }

    /// Sends a request, and waits for the response: all of it, as it was on the wire.
    ///
    /// # Errors
    /// If the connection ends before the response does, and as for [`request`](Self::request).
    pub fn exchange(&mut self, request: &[u8]) -> Result<Vec<u8>> {
        self.write(request)?;
        let ((), response) =
            self.message(response_head)?.context("the connection ended without a response")?;
        Ok(response.bytes)
    }

    /// Sends all of it.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes)?;
        Ok(self.stream.flush()?)
    }

    /// The next message with what `parse` made of its head.
    fn message<H>(
        &mut self,
        parse: impl Fn(&[u8]) -> Result<Option<Parsed<H>>>,
    ) -> Result<Option<(H, Message)>> {
        loop {
            if let Some(Parsed { head, head_length, body_length }) = parse(&self.buffer)? {
                let length = head_length + body_length;
                while self.buffer.len() < length {
                    if !self.fill()? {
                        bail!("a message ended before its body did");
                    }
                }
                let rest = self.buffer.split_off(length);
                let bytes = std::mem::replace(&mut self.buffer, rest);
                return Ok(Some((head, Message { bytes, head: head_length })));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// False at the end of the connection, however it came.
    fn fill(&mut self) -> Result<bool> {
        if self.buffer.len() > MAX_BYTES {
            bail!("a message is longer than {MAX_BYTES} bytes");
        }
        let mut chunk = [0; 16 * 1024];
        match self.stream.read(&mut chunk) {
            Ok(read) => {
                self.buffer.extend_from_slice(chunk.get(..read).unwrap_or_default());
                Ok(read > 0)
            }
            // A function that is killed closes neither TLS nor TCP in order.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof) => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What is known of a message once all of its head is there.
struct Parsed<H> {
    head: H,
    head_length: usize,
    body_length: usize,
}

struct RequestHead {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
}

fn request_head(bytes: &[u8]) -> Result<Option<Parsed<RequestHead>>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head_length) = parsed.parse(bytes)? else { return Ok(None) };
    let body_length = body_length(parsed.headers)?;
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let head = RequestHead {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect(),
    };
    Ok(Some(Parsed { head, head_length, body_length }))
}

fn response_head(bytes: &[u8]) -> Result<Option<Parsed<()>>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head_length) = parsed.parse(bytes)? else { return Ok(None) };
    Ok(Some(Parsed { head: (), head_length, body_length: body_length(parsed.headers)? }))
}

fn body_length(headers: &[httparse::Header<'_>]) -> Result<usize> {
    let value = |name: &str| headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    if value("transfer-encoding").is_some() {
        bail!("a body without a length is not supported");
    }
    match value("content-length") {
        Some(length) => std::str::from_utf8(length.value)?.trim().parse().context("content-length"),
        None => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A client may send two requests in one packet.
    #[test]
    fn a_connection_ends_a_request_where_its_length_says() {
        let sent = b"POST /a HTTP/1.1\r\nContent-Length: 3\r\nx-y: z\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n";
        let mut connection = Connection::new(Cursor::new(sent.to_vec()));
        let first = connection.request().unwrap().unwrap();
        assert_eq!((first.method.as_str(), first.target.as_str(), first.body()), ("POST", "/a", &b"abc"[..]));
        assert_eq!(first.header("X-Y"), Some("z"));
        let second = connection.request().unwrap().unwrap();
        assert_eq!((second.method.as_str(), second.target.as_str(), second.body().len()), ("GET", "/b", 0));
        assert!(connection.request().unwrap().is_none());
    }

    /// Proxies pass on what they read.
    #[test]
    fn a_response_is_all_that_was_on_the_wire() {
        let response = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        let server = Listener::start(move |stream| {
            let mut connection = Connection::new(stream);
            while let Ok(Some(request)) = connection.request() {
                assert_eq!(request.bytes(), b"GET / HTTP/1.1\r\n\r\n");
                connection.write(response).unwrap();
            }
        })
        .unwrap();
        let stream = TcpStream::connect(server.address).unwrap();
        let mut connection = Connection::new(stream);
        for _ in 0..2 {
            assert_eq!(connection.exchange(b"GET / HTTP/1.1\r\n\r\n").unwrap(), response);
        }
    }

    #[test]
    fn a_request_that_breaks_off_is_an_error() {
        let mut connection =
            Connection::new(Cursor::new(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nab".to_vec()));
        assert!(connection.request().is_err());
    }
}
