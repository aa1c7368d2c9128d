//! Well-formed JSON that still is no text: a string with an escaped half of a surrogate pair (RFC 8259,
//! section 8.2).

/// The place of its first half in the body, as `serde_json` counts: lines, and bytes in a line.
pub(super) fn place(string: &str, body: &[u8]) -> (usize, usize) {
    let string = string.as_bytes();
    // The value is a part of the body, not a copy.
    let start = string.as_ptr().addr().saturating_sub(body.as_ptr().addr());
    let before = body.get(..start + half(string).unwrap_or_default()).unwrap_or_default();
    let lines = before.split(|byte| *byte == b'\n');
    lines.fold((0, 0), |(line, _), text| (line + 1, text.len() + 1))
}

/// Where the escape of the first half begins that has no other half.
fn half(string: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = string.get(at..)?.iter().position(|byte| *byte == b'\\') {
        at += found;
        at += match (unit(string, at), unit(string, at + 6)) {
            (None, _) => 2,
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(0xD800..0xE000), _) => return Some(at),
            (Some(_), _) => 6,
        };
    }
    None
}

/// The unit of UTF-16 that is escaped here.
fn unit(string: &[u8], at: usize) -> Option<u16> {
    let digits = string.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_half_is_found() {
        for (string, place) in [
            (r#""\ud800""#, Some(1)),
            (r#""a\uDFFF""#, Some(2)),
            (r#""\ud83e\udd80\ud83e""#, Some(13)),
            (r#""\ud83e\ud83e\udd80""#, Some(1)),
            (r#""\udd80\ud83e""#, Some(1)),
            (r#""\ud800\n\udc00""#, Some(1)),
            (r#""\ud800x""#, Some(1)),
            (r#""\\\ud800""#, Some(3)),
            (r#""\\ud800\"\u00e4\ud800""#, Some(16)),
            (r#""\\ud800""#, None),
            (r#""\ud83e\udd80""#, None),
            (r#""\u0041\uE000\uD7FF""#, None),
            (r#""""#, None),
        ] {
            assert_eq!(half(string.as_bytes()), place, "{string}");
        }
    }
}
