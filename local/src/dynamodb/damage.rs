//! A database file that was damaged while it is in use.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};

use super::refusal::refusal;
use crate::Log;

/// What `SQLite` says of it. Source: "Result and Error Codes", <https://sqlite.org/rescode.html>.
const SIGNS: [&str; 6] = [
    "database disk image is malformed",
    "file is not a database",
    "malformed database schema",
    "disk I/O error",
    "unsupported file format",
    "no such table",
];

/// Says it once, and answers each request with what no client tries again.
#[derive(Debug)]
pub(super) struct Damage {
    /// The file; none in memory.
    place: Option<String>,
    log: Log,
    told: AtomicBool,
}

impl Damage {
    pub(super) fn new(place: Option<String>, log: Log) -> Self {
        Self { place, log, told: AtomicBool::new(false) }
    }

    /// Whether damage is behind an error of the database; the first time it is told.
    pub(super) fn explains(&self, error: &str) -> bool {
        self.message(error).is_some()
    }

    /// The answer in place of an internal error that is no passing one.
    pub(super) fn instead(&self, body: &[u8]) -> Option<Response<Full<Bytes>>> {
        let message = self.message(&String::from_utf8_lossy(body))?;
        Some(refusal(StatusCode::BAD_REQUEST, "DatabaseDamagedException", &message))
    }

    fn message(&self, error: &str) -> Option<String> {
        let place = self.place.as_deref()?;
        let sign = SIGNS.iter().find(|sign| error.contains(*sign))?;
        let message = format!("the database file {place} is damaged ({sign})");
        if !self.told.swap(true, Ordering::Relaxed) {
            self.log.fault(format!(
                "{message}: end this server, then put a copy of the file in its place, or delete it to start anew"
            ));
        }
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::Damage;
    use crate::Log;

    #[test]
    fn damage_is_told_once_and_answered_every_time() {
        let (log, lines) = Log::collect();
        let damage = Damage::new(Some("db.sqlite".to_owned()), log);
        assert!(damage.instead(br#"{"message":"something else"}"#).is_none());
        for _ in 0..3 {
            let answer = damage.instead(br#"{"message":"database disk image is malformed"}"#).unwrap();
            assert_eq!(answer.status(), 400);
        }
        assert!(damage.explains("SQLite error: disk I/O error"));
        assert_eq!(lines.lock().unwrap().len(), 1);
    }
}
