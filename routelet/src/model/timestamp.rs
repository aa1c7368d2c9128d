//! Points in time as callers see them.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{attribute::Stored, field::Field, issue::Issue, json::Input, report::Report};

/// A point in time as RFC 3339 text in UTC with milliseconds and `Z`: `2026-06-01T10:00:00.000Z`.
///
/// Kept as text: it is written once and only ever handed on. The order of the texts is that of the times.
///
/// A caller may give a second with any number of decimals, or with none, as `z.iso.datetime()` takes it: what
/// is kept is cut to milliseconds. An offset is refused, and so is a leap second.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// This moment by the machine's clock.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// The time that a text says; nothing if it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (second, rest) = text.split_at_checked(SECOND.len())?;
        let fits = second.bytes().zip(SECOND.bytes()).all(|(byte, pattern)| match pattern {
            b'0' => byte.is_ascii_digit(),
            _ => byte == pattern,
        });
        let decimals = match rest.strip_suffix('Z')? {
            "" => "",
            rest => rest.strip_prefix('.').filter(|decimals| !decimals.is_empty())?,
        };
        if !fits || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = |place: std::ops::Range<usize>| second[place].parse::<u16>().ok();
        let days = days(number(0..4)?, number(5..7)?)?;
        let is_time = (1..=days).contains(&number(8..10)?)
            && number(11..13)? < 24
            && number(14..16)? < 60
            && number(17..19)? < 60;
        is_time.then(|| Self(format!("{second}.{:0<3}Z", &decimals[..decimals.len().min(3)])))
    }

    /// The time as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A time to the second; `0` stands for any digit.
const SECOND: &str = "0000-00-00T00:00:00";

/// The days of a month of the Gregorian calendar, also before there was one.
fn days(year: u16, month: u16) -> Option<u16> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

impl Field for Timestamp {
    const STORED: Stored = Stored::Text;

    fn read(input: Input<'_>, report: &mut Report) -> Option<Self> {
        let time = Self::from_text(&input.text(report)?);
        if time.is_none() {
            report.add(Issue::wrong_format("datetime", "Invalid ISO datetime"));
        }
        time
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

    #[test]
    fn a_callers_time_is_cut_to_milliseconds() {
        for (text, kept) in [
            ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00.000Z"),
            ("2026-06-01T10:00:00.1Z", "2026-06-01T10:00:00.100Z"),
            ("2026-06-01T10:00:00.0079999Z", "2026-06-01T10:00:00.007Z"),
            ("2026-06-01T10:00:59.9999Z", "2026-06-01T10:00:59.999Z"),
            ("0000-02-29T00:00:00Z", "0000-02-29T00:00:00.000Z"),
        ] {
            assert_eq!(Timestamp::from_text(text).unwrap().as_str(), kept);
        }
        for text in ["", "Z", "ä026-06-01T10:00:00Z", "2026-06-01T10:00:0äZ", "2026-06-01T10:00:00.äZ"] {
            assert_eq!(Timestamp::from_text(text), None, "{text}");
        }
    }
}
