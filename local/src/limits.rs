//! The limits of API Gateway and Lambda, in one place.

use std::time::Duration;

/// Bytes of a request body that an HTTP API takes: 10 MB.
/// Source: "Quotas for configuring and running an HTTP API in API Gateway".
pub const REQUEST_BODY_BYTES: usize = 10 * 1024 * 1024;

/// Bytes of an event to a function, and of its answer: 6 MB, as Lambda itself counts them in its errors.
/// Source: "Lambda quotas".
pub const PAYLOAD_BYTES: usize = 6_291_556;

/// Bytes of a request line and its headers: 10,240 in all, counted as they are sent, without the empty line
/// after them. Source: "Quotas for configuring and running an HTTP API in API Gateway", total combined size
/// of request line and header values; that names count too is hearsay.
pub const REQUEST_HEAD_BYTES: usize = 10_240;

/// Times and numbers that a test may want smaller than AWS has them.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How long the gateway waits for a function, queueing included: 30 s.
    /// Source: "Quotas for configuring and running an HTTP API in API Gateway".
    pub integration: Duration,
    /// How long a function may take to its first poll for an event: 10 s.
    /// Source: "Understanding the Lambda execution environment lifecycle".
    pub init: Duration,
    /// How long an instance without work is kept: 10 min. AWS states no number.
    pub idle: Duration,
    /// How long a client may take to send its request line and headers, and how long its body: 30 s.
    pub request: Duration,
    /// How long a client may leave an answer unread: 30 s.
    pub answer: Duration,
    /// How long requests that are under way may take when the server is told to end: 2 s.
    pub last_requests: Duration,
    /// Requests that may wait for one function: 1,000, as many as an account may run at once.
    /// Source: "Lambda quotas".
    pub queue: usize,
    /// Instances of one function: twice the processors, at least 4 and at most 16.
    pub concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            integration: Duration::from_secs(30),
            init: Duration::from_secs(10),
            idle: Duration::from_mins(10),
            request: Duration::from_secs(30),
            answer: Duration::from_secs(30),
            last_requests: Duration::from_secs(2),
            queue: 1000,
            concurrency: (2 * processors).clamp(4, 16),
        }
    }
}
