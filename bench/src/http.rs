//! HTTP/1.1 on a blocking connection, as far as the Runtime API and DynamoDB's clients speak it: heads, and
//! bodies with a length.

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

/// No client of these APIs sends more.
const MAX_HEADERS: usize = 64;
/// Lambda's own limit on an answer is 6 MB.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// A request, read to its end.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A port of the loopback with a thread for each connection. They end with their connections; dropping this
/// ends the thread that accepts.
pub(crate) struct Listener {
    pub(crate) address: SocketAddr,
    ends: Arc<AtomicBool>,
}

impl Listener {
    /// Listens on a free port.
    pub(crate) fn start(serve: impl Fn(TcpStream) + Clone + Send + 'static) -> Result<Self> {
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
                thread::spawn(move || serve(connection));
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

/// A connection, and what was read of the next request.
pub(crate) struct Connection<S> {
    stream: S,
    buffer: Vec<u8>,
}

impl<S: Read + Write> Connection<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::with_capacity(16 * 1024) }
    }

    /// The next request; nothing where the client has ended the connection.
    pub(crate) fn read(&mut self) -> Result<Option<Request>> {
        loop {
            if let Some((mut request, head, length)) = parse(&self.buffer)? {
                while self.buffer.len() < head + length {
                    if !self.fill()? {
                        bail!("a request ended before its body did");
                    }
                }
                let rest = self.buffer.split_off(head + length);
                request.body = std::mem::replace(&mut self.buffer, rest).split_off(head);
                return Ok(Some(request));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes)?;
        Ok(self.stream.flush()?)
    }

    /// False at the end of the connection, however it came.
    fn fill(&mut self) -> Result<bool> {
        if self.buffer.len() > MAX_BYTES {
            bail!("a request is longer than {MAX_BYTES} bytes");
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

/// The head of a request with the lengths of head and body, once all of the head is there.
fn parse(bytes: &[u8]) -> Result<Option<(Request, usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(head) = parsed.parse(bytes)? else { return Ok(None) };
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed.headers.iter().map(|header| (header.name.to_owned(), text(header.value))).collect(),
        body: Vec::new(),
    };
    if request.header("transfer-encoding").is_some() {
        bail!("{} {} has a body without a length, which is not supported", request.method, request.target);
    }
    let length = match request.header("content-length") {
        Some(length) => length.trim().parse().context("content-length")?,
        None => 0,
    };
    Ok(Some((request, head, length)))
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
        let first = connection.read().unwrap().unwrap();
        assert_eq!(
            (first.method.as_str(), first.target.as_str(), first.body.as_slice()),
            ("POST", "/a", &b"abc"[..])
        );
        assert_eq!(first.header("X-Y"), Some("z"));
        let second = connection.read().unwrap().unwrap();
        assert_eq!((second.method.as_str(), second.target.as_str(), second.body.len()), ("GET", "/b", 0));
        assert!(connection.read().unwrap().is_none());
    }

    #[test]
    fn a_request_that_breaks_off_is_an_error() {
        let mut connection =
            Connection::new(Cursor::new(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nab".to_vec()));
        assert!(connection.read().is_err());
    }
}
