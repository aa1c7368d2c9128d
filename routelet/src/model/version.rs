//! Versions of items.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

/// What tells one state of an item from every other it ever had: the time of the write, and 48 random bits.
///
/// Versions of an item only grow: a write whose version is not above the stored one is refused. So a write
/// that is repeated, or arrives late, can't apply after a newer one (a hybrid logical clock: Kulkarni and
/// others, "Logical Physical Clocks"). The random bits tell whose write made a state that was written in the
/// same millisecond.
///
/// As text it is `v`, 11 hexadecimal digits of milliseconds since 1970 and 12 of random bits, so that texts
/// sort as versions do. A version of the earlier form, 16 hexadecimal digits, is older than any of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(String);

/// What the caller of a request expects the item's version to be (RFC 9110, section 13.1). The default
/// expects nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    /// One of these (`If-Match`); of an empty list none is. Nothing where any will do.
    pub one_of: Option<Vec<Version>>,
    /// None of these (`If-None-Match`).
    pub none_of: Unwanted,
}

/// The versions that the caller does not want to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwanted {
    /// These; no version at all where the list is empty.
    These(Vec<Version>),
    /// Whichever the item has (`If-None-Match: *`): it must not be there.
    All,
}

/// An item, and which state of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<R> {
    /// The item.
    pub item: R,
    /// Its version.
    pub version: Version,
}

/// The hexadecimal digits of the time: enough until the year 2527.
const TIME_DIGITS: usize = 11;
/// The hexadecimal digits of the random bits.
const RANDOM_DIGITS: usize = 12;
/// The digits of a version of the earlier form.
const OLD_DIGITS: usize = 16;

impl Version {
    /// A version for a write that is made now.
    #[must_use]
    pub fn new() -> Self {
        Self::at(millis(SystemTime::now()))
    }

    /// A version for a write that is made now and comes after this one, also where this one was written by a
    /// machine whose clock is ahead.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::at(millis(SystemTime::now()).max(self.time() + 1))
    }

    fn at(millis: u64) -> Self {
        let millis = millis.min((1 << (4 * TIME_DIGITS)) - 1);
        let random = fastrand::u64(..) >> (64 - 4 * RANDOM_DIGITS);
        Self(format!("v{millis:0TIME_DIGITS$x}{random:0RANDOM_DIGITS$x}"))
    }

    /// Milliseconds since 1970; 0 for a version of the earlier form.
    fn time(&self) -> u64 {
        let digits = self.0.strip_prefix('v').and_then(|digits| digits.get(..TIME_DIGITS));
        digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
    }

    /// The version as text; nothing where it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let digits = match text.strip_prefix('v') {
            Some(digits) => Some(digits).filter(|digits| digits.len() == TIME_DIGITS + RANDOM_DIGITS),
            None => Some(text).filter(|digits| digits.len() == OLD_DIGITS),
        };
        let is_version = digits?.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_version.then(|| Self(text.to_owned()))
    }

    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn millis(time: SystemTime) -> u64 {
    let since_1970 = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX)
}

impl Default for Version {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Unwanted {
    fn default() -> Self {
        Self::These(Vec::new())
    }
}

impl Expected {
    /// Whether an item of this version is as expected.
    #[must_use]
    pub fn holds(&self, version: &Version) -> bool {
        let is_wanted = self.one_of.as_ref().is_none_or(|versions| versions.contains(version));
        let is_unwanted = match &self.none_of {
            Unwanted::These(versions) => versions.contains(version),
            Unwanted::All => true,
        };
        is_wanted && !is_unwanted
    }

    /// Whether an item of this version will never be as expected again: versions do not come back.
    #[must_use]
    pub fn rules_out(&self, version: &Version) -> bool {
        self.one_of.as_ref().is_some_and(|versions| !versions.contains(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of texts is what DynamoDB compares, so it must be the order of writes.
    #[test]
    fn a_later_version_is_above_every_earlier_one() {
        let versions: Vec<_> = [0, 1, 15, 16, 1_780_308_000_123, (1 << 44) - 2].map(Version::at).into();
        assert!(versions.is_sorted(), "{versions:?}");
        let old = Version::from_text("ffffffffffffffff").unwrap();
        assert!(old < versions[0], "an item that an earlier release wrote can be changed");
        for version in versions {
            assert!(version.next() > version, "{version}");
            assert_eq!(version.as_str().len(), 24);
            assert_eq!(Version::from_text(version.as_str()), Some(version));
        }
    }

    #[test]
    fn other_texts_are_no_versions() {
        let version = Version::new();
        for text in
            ["", "v", "x", &version.as_str()[1..], &version.as_str().to_uppercase(), "0123456789abcdeg"]
        {
            assert_eq!(Version::from_text(text), None, "{text}");
        }
    }
}
