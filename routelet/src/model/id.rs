//! Ids of items.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The id of an item: a whole number from 1 to 2^53 − 1.
///
/// The upper end is the largest whole number a JavaScript client reads without loss (ECMA-262,
/// `Number.MAX_SAFE_INTEGER`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64")]
pub struct Id(u64);

/// The number or text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl Id {
    /// The first id of a table.
    pub const FIRST: Self = Self(1);
    /// The largest id.
    pub const MAX: Self = Self((1 << 53) - 1);

    /// The id as a number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Id {
    type Error = InvalidId;

    fn try_from(number: u64) -> Result<Self, InvalidId> {
        if (Self::FIRST.0..=Self::MAX.0).contains(&number) { Ok(Self(number)) } else { Err(InvalidId) }
    }
}

/// Plain digits only: no sign, no leading zero, nothing else, so that an item has exactly one URL.
impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        if text.starts_with('0') || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidId);
        }
        text.parse::<u64>().map_err(|_| InvalidId)?.try_into()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a whole number from 1 to 2^53 - 1")
    }
}

impl std::error::Error for InvalidId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_digits_in_range_are_ids() {
        for text in ["1", "42", "9007199254740991"] {
            assert_eq!(text.parse::<Id>().unwrap().to_string(), text);
        }
    }

    /// Anything else must name nothing: two spellings of one id would be two URLs of one item.
    #[test]
    fn everything_else_is_not() {
        for text in [
            "",
            "0",
            "00",
            "01",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1.0",
            "1e3",
            "0x1",
            "abc",
            "1a",
            "١",
            "９",
            "9007199254740992",
            "18446744073709551616",
        ] {
            assert_eq!(text.parse::<Id>(), Err(InvalidId), "{text:?}");
        }
    }
}
