//! Ids in the forms that AWS gives them.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

/// Milliseconds since 1970.
pub(crate) fn epoch_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

/// An API Gateway request id: 11 random bytes in base64, so 15 characters and `=`.
pub(crate) fn request_id() -> String {
    let random = Uuid::new_v4().into_bytes();
    // Bytes 6 and 8 hold the UUID's version and variant, so they are left out.
    STANDARD.encode([&random[..6], &random[9..14]].concat())
}

/// The `Root` of an X-Ray trace. Source: "AWS X-Ray concepts", tracing header.
#[derive(Debug, Clone)]
pub(crate) struct Trace(String);

impl Trace {
    pub(crate) fn new() -> Self {
        let random = Uuid::new_v4().simple().to_string();
        Self(format!("Root=1-{:08x}-{}", epoch_ms() / 1000, &random[..24]))
    }

    /// What the gateway passes on.
    pub(crate) fn root(&self) -> &str {
        &self.0
    }

    /// What the function is told: the same root, not sampled.
    pub(crate) fn for_function(&self) -> String {
        let random = Uuid::new_v4().simple().to_string();
        format!("{};Parent={};Sampled=0", self.0, &random[..16])
    }
}

#[cfg(test)]
mod tests {
    use super::{Trace, request_id};

    #[test]
    fn request_ids_look_like_api_gateways_and_differ() {
        let (one, two) = (request_id(), request_id());
        assert!(one.len() == 16 && one.ends_with('='), "{one}");
        assert_ne!(one, two);
    }

    #[test]
    fn a_function_gets_the_gateways_root() {
        let trace = Trace::new();
        let told = trace.for_function();
        let parts: Vec<_> = told.split(';').collect();
        assert_eq!(parts[0], trace.root());
        assert_eq!((parts[0].len(), parts[1].len(), parts[2]), (5 + 35, 7 + 16, "Sampled=0"));
    }
}
