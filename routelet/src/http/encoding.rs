//! Which content coding a caller gets: `Accept-Encoding` (RFC 9110, section 12.5.3).

/// A coding that a file is kept in, in ascending order of preference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    const ALL: [Self; 3] = [Self::Identity, Self::Gzip, Self::Brotli];

    /// The coding that the caller gives the greatest weight, the most compact of several. Identity if the
    /// caller sends no `Accept-Encoding`, or accepts none of the codings: an answer that it may be able
    /// to read beats a 406.
    pub(super) fn accepted(header: Option<&str>) -> Self {
        let weighted = Self::ALL.map(|coding| (weight(header.unwrap_or_default(), coding.names()), coding));
        let acceptable = weighted.into_iter().filter(|(weight, _)| *weight > 0);
        acceptable.max_by_key(|(weight, _)| *weight).map_or(Self::Identity, |(_, coding)| coding)
    }

    /// The value of `Content-Encoding`.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// `x-gzip` is gzip (RFC 9110, section 8.4.1.3).
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Identity => &["identity"],
            Self::Gzip => &["gzip", "x-gzip"],
            Self::Brotli => &["br"],
        }
    }
}

/// The weight of the coding in thousandths: its own, that of `*`, or 0. A member that breaks the grammar is
/// skipped.
fn weight(list: &str, coding: &[&str]) -> u16 {
    let members = || list.split(',').filter_map(member);
    let named = members().find(|(name, _)| coding.iter().any(|own| own.eq_ignore_ascii_case(name)));
    named.or_else(|| members().find(|(name, _)| *name == "*")).map_or(0, |(_, weight)| weight)
}

/// A coding with its weight, which is 1 if none is given.
fn member(text: &str) -> Option<(&str, u16)> {
    let Some((name, parameter)) = text.split_once(';') else { return Some((text.trim(), 1000)) };
    let (key, value) = parameter.trim().split_once('=')?;
    let weight = key.eq_ignore_ascii_case("q").then(|| thousandths(value))?;
    Some((name.trim(), weight?))
}

/// A `qvalue`: 0 to 1 with at most three decimals (RFC 9110, section 12.4.2).
fn thousandths(value: &str) -> Option<u16> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let is_number = decimals.len() <= 3 && decimals.bytes().all(|digit| digit.is_ascii_digit());
    let decimals = is_number.then(|| format!("{decimals:0<3}").parse::<u16>().ok())??;
    match (whole, decimals) {
        ("0", decimals) => Some(decimals),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Coding::{self, Brotli, Gzip, Identity};
    use testkit::any;

    #[test]
    fn the_greatest_weight_wins_and_the_most_compact_of_several() {
        for (header, expected) in [
            (None, Identity),
            (Some(""), Identity),
            (Some("gzip, deflate, br, zstd"), Brotli),
            (Some("gzip, deflate"), Gzip),
            (Some("x-gzip"), Gzip),
            (Some("BR;Q=0.1 , GZIP ; q=0.05"), Brotli),
            (Some("br;q=0.5, gzip"), Gzip),
            (Some("br;q=0.999, gzip;q=1.000"), Gzip),
            (Some("br;q=0.9, gzip;q=0.90"), Brotli),
            (Some("br;q=0, gzip;q=0.001"), Gzip),
            (Some("*"), Brotli),
            (Some("*;q=0.5, br;q=0"), Gzip),
            (Some("gzip, *;q=0"), Gzip),
            (Some("identity"), Identity),
            (Some("identity, br;q=0.9"), Identity),
            (Some("identity, br"), Brotli),
            (Some("identity;q=0, br"), Brotli),
            // The caller takes identity unless it says otherwise, but prefers what it names.
            (Some("br;q=0.001"), Brotli),
            (Some("zstd, deflate, compress"), Identity),
            (Some("*;q=0"), Identity),
            (Some("identity;q=0"), Identity),
            (Some("identity;q=0, *;q=0"), Identity),
            (Some(",, br ,"), Brotli),
        ] {
            assert_eq!(Coding::accepted(header), expected, "{header:?}");
        }
    }

    #[test]
    fn what_breaks_the_grammar_is_skipped() {
        for member in [
            "br;q=2",
            "br;q=1.001",
            "br;q=0.0001",
            "br;q=-1",
            "br;q=",
            "br;q",
            "br;",
            "br;level=1",
            "br;q=1.x",
            "b r",
        ] {
            assert_eq!(Coding::accepted(Some(member)), Identity, "{member}");
            assert_eq!(Coding::accepted(Some(&format!("{member}, gzip;q=0.1"))), Gzip, "{member}");
        }
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn any_text_is_harmless(text in any::text()) {
            let _ = Coding::accepted(Some(&text));
        }
    }
}
