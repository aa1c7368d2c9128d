//! The socket below hyper: it knows whether an answer is under way, and loses patience with who does not read
//! it.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::BoxError;

/// Bytes of an answer that a client must take within the limit: 2 KB a second at the limit's default.
const ENOUGH: usize = 64 * 1024;

/// The request that is under way on a connection, from its headers to the last byte of its answer.
#[derive(Debug, Default)]
pub(super) struct Exchange(Mutex<Option<Arc<TaskTrackerToken>>>);

impl Exchange {
    /// What is returned stays with the request and then with its answer's body.
    pub(super) fn begin(&self, token: TaskTrackerToken) -> Arc<TaskTrackerToken> {
        let token = Arc::new(token);
        *self.token() = Some(Arc::clone(&token));
        token
    }

    fn is_under_way(&self) -> bool {
        self.token().is_some()
    }

    /// All that was to be written is. The request has ended if nobody works on it and its body has.
    fn flushed(&self) {
        let mut token = self.token();
        if token.as_ref().is_some_and(|token| Arc::strong_count(token) == 1) {
            *token = None;
        }
    }

    fn token(&self) -> MutexGuard<'_, Option<Arc<TaskTrackerToken>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a connection breaks off. (A type of its own: of a boxed error, the compiler cannot tell that hyper may
/// box it.)
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct Broken(pub(super) BoxError);

/// The body of an answer.
#[derive(Debug)]
pub(super) struct Tracked {
    pub(super) body: super::Body,
    pub(super) _request: Arc<TaskTrackerToken>,
}

impl Body for Tracked {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx).map_err(Broken)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// What hyper reads and writes.
pub(super) struct Wire {
    stream: Arc<TcpStream>,
    exchange: Arc<Exchange>,
    patience: Patience,
}

impl Wire {
    pub(super) fn new(stream: Arc<TcpStream>, exchange: Arc<Exchange>, limit: Duration) -> Self {
        Self { stream, exchange, patience: Patience { limit, until: None, taken: 0 } }
    }

    fn poll_send(
        &mut self,
        cx: &mut Context<'_>,
        length: usize,
        send: impl Fn(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        // hyper's own answer to what is no HTTP, which has no body and comes with no line in the log:
        // `connection` gives another in its place.
        if !self.exchange.is_under_way() {
            return Poll::Ready(Ok(length));
        }
        loop {
            if self.stream.poll_write_ready(cx)?.is_pending() {
                return self.patience.poll(cx).map(Err);
            }
            match send(&self.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => {
                    self.patience.taken += written.as_ref().copied().unwrap_or_default();
                    return Poll::Ready(written);
                }
            }
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read_buf(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => return Poll::Ready(read.map(drop)),
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_send(cx, bytes.len(), |stream| stream.try_write(bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = slices.iter().map(|slice| slice.len()).sum();
        self.poll_send(cx, length, |stream| stream.try_write_vectored(slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.exchange.flushed();
        self.patience.until = None;
        Poll::Ready(Ok(()))
    }

    /// `connection` closes it, perhaps with some last words.
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// How long an answer may wait for its reader.
struct Patience {
    limit: Duration,
    until: Option<Pin<Box<Sleep>>>,
    /// Bytes taken since then.
    taken: usize,
}

impl Patience {
    /// The client takes nothing at the moment; ready once it has taken too little for too long.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let Self { limit, until, taken } = self;
        let sleep = until.get_or_insert_with(|| {
            *taken = 0;
            Box::pin(sleep(*limit))
        });
        while sleep.as_mut().poll(cx).is_ready() {
            if std::mem::take(taken) < ENOUGH {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            sleep.as_mut().reset(Instant::now() + *limit);
        }
        Poll::Pending
    }
}
