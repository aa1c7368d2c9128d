//! Points in time as callers see them.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// A point in time as RFC 3339 text in UTC with milliseconds and `Z`: `2026-06-01T10:00:00.000Z`.
///
/// Kept as text: it is written once and only ever handed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// This moment by the machine's clock.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        Self(humantime::format_rfc3339_millis(time).to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A JavaScript client parses and sorts this text: always three decimals, always `Z`.
    #[test]
    fn has_milliseconds_and_z_even_where_they_are_zero() {
        let at = |millis| Timestamp::from(SystemTime::UNIX_EPOCH + Duration::from_millis(millis)).0;
        assert_eq!(at(1_780_308_000_000), "2026-06-01T10:00:00.000Z");
        assert_eq!(at(1_780_308_000_007), "2026-06-01T10:00:00.007Z");
    }
}
