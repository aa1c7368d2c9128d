//! Numbers in text, as JavaScript reads them.

/// `Number(text)`: ECMA-262, `StringToNumber`. NaN where it is none.
pub(crate) fn number_from_text(text: &str) -> f64 {
    let text = text.trim_matches(is_white_space);
    let (first, second) = (text.get(..1), text.get(1..2).map(str::to_ascii_lowercase));
    match (first, second.as_deref()) {
        (Some("0"), Some("x")) => whole(&text[2..], 16),
        (Some("0"), Some("o")) => whole(&text[2..], 8),
        (Some("0"), Some("b")) => whole(&text[2..], 2),
        _ => decimal(text),
    }
}

/// A sign and digits, a point and an exponent among them: Rust reads those as JavaScript does, and other
/// names of what is no finite number.
fn decimal(text: &str) -> f64 {
    match text {
        "" => 0.0,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if text.bytes().any(|byte| byte.is_ascii_alphabetic() && !byte.eq_ignore_ascii_case(&b'e')) => {
            f64::NAN
        }
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

fn whole(digits: &str, radix: u32) -> f64 {
    let append = |number: f64, digit: char| {
        digit.to_digit(radix).map(|digit| number * f64::from(radix) + f64::from(digit))
    };
    if digits.is_empty() { f64::NAN } else { digits.chars().try_fold(0.0, append).unwrap_or(f64::NAN) }
}

/// ECMA-262, `WhiteSpace` and `LineTerminator`.
fn is_white_space(letter: char) -> bool {
    letter == '\u{FEFF}' || (letter.is_whitespace() && letter != '\u{85}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Issue;
    use testkit::any;

    /// Each as Node.js 20 has it.
    #[test]
    fn a_number_is_what_javascript_makes_of_it() {
        const INFINITY: f64 = f64::INFINITY;
        for (text, number) in [
            ("", 0.0),
            (" ", 0.0),
            ("\u{feff}", 0.0),
            ("5", 5.0),
            ("+5", 5.0),
            ("-5", -5.0),
            (" 5 ", 5.0),
            ("\t5\r\n", 5.0),
            ("\u{a0}5\u{feff}", 5.0),
            ("\u{2003}5\u{3000}", 5.0),
            ("\u{2028}5\u{b}\u{c}", 5.0),
            ("5.0", 5.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("5.e0", 5.0),
            ("+.5e1", 5.0),
            ("1e1", 10.0),
            ("1E1", 10.0),
            ("1e+1", 10.0),
            ("10e-1", 1.0),
            ("010", 10.0),
            ("00", 0.0),
            ("-0", -0.0),
            ("0x10", 16.0),
            ("0X1f", 31.0),
            ("0xE", 14.0),
            ("0b11", 3.0),
            ("0B101", 5.0),
            ("0o17", 15.0),
            ("0O7", 7.0),
            ("1e308", 1e308),
            ("1e400", INFINITY),
            ("-1e400", -INFINITY),
            ("1e-400", 0.0),
            ("Infinity", INFINITY),
            ("+Infinity", INFINITY),
            ("-Infinity", -INFINITY),
            (" Infinity ", INFINITY),
            ("1.0000000000000001", 1.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
        ] {
            assert_eq!(number_from_text(text).to_bits(), f64::to_bits(number), "{text:?}");
        }
        assert_eq!(number_from_text(&format!("0x{}", "f".repeat(300))).to_bits(), INFINITY.to_bits());
    }

    #[test]
    fn what_is_no_number_to_javascript_is_none() {
        for text in [
            "abc",
            "NaN",
            "nan",
            "inf",
            "INF",
            "+inf",
            "infinity",
            "INFINITY",
            "Infinityx",
            "5,",
            "5;",
            "5%",
            "5abc",
            "1_0",
            "1 0",
            "1n",
            "5f",
            "-",
            "+",
            ".",
            "e",
            "e1",
            ".e1",
            "1e",
            "1e+",
            "1e1.0",
            "1.2.3",
            "--5",
            "+-5",
            "- 5",
            "0x",
            "0b",
            "0o",
            "0xg",
            "0x1.8",
            "0x_1",
            "0x-1",
            "0x+1",
            "0b12",
            "0o8",
            "-0x10",
            "+0x1",
            "null",
            "true",
            "[]",
            "９",
            "١٠",
            "∞",
            "\u{180e}5",
            "\u{200b}5",
            "\u{85}5",
            "5\0",
            "\0",
            "0\u{e4}",
            "ä",
        ] {
            assert!(number_from_text(text).is_nan(), "{text:?}");
        }
    }

    /// As text, for the order of the keys is Zod's too.
    #[test]
    fn a_whole_number_is_judged_as_zod_judges_it() {
        let judged = |number: f64| match Issue::whole_number("limit", number, 100) {
            Ok(number) => number.to_string(),
            Err(issues) => serde_json::to_string(&issues).unwrap(),
        };
        let not_finite = |received: &str| {
            format!(
                r#"[{{"expected":"number","code":"invalid_type","received":"{received}","path":["limit"],"message":"Invalid input: expected number, received {received}"}}]"#
            )
        };
        let no_int = r#"[{"expected":"int","format":"safeint","code":"invalid_type","path":["limit"],"message":"Invalid input: expected int, received number"}]"#;
        let small = r#"{"origin":"number","code":"too_small","minimum":1,"inclusive":true,"path":["limit"],"message":"Too small: expected number to be >=1"}]"#;
        let big = r#"{"origin":"number","code":"too_big","maximum":100,"inclusive":true,"path":["limit"],"message":"Too big: expected number to be <=100"}]"#;
        let unsafe_small = r#"[{"code":"too_small","minimum":-9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too small: expected int to be >=-9007199254740991"},"#;
        let unsafe_big = r#"[{"code":"too_big","maximum":9007199254740991,"note":"Integers must be within the safe integer range.","origin":"int","inclusive":true,"path":["limit"],"message":"Too big: expected int to be <=9007199254740991"},"#;
        for number in [1.0, 2.0, 99.0, 100.0] {
            assert_eq!(judged(number), number.to_string());
        }
        assert_eq!(judged(f64::NAN), not_finite("NaN"));
        assert_eq!(judged(f64::INFINITY), not_finite("Infinity"));
        assert_eq!(judged(f64::NEG_INFINITY), not_finite("-Infinity"));
        for number in [1.5, 0.5, -1.5, 100.5, 1e-300] {
            assert_eq!(judged(number), no_int, "{number}");
        }
        for number in [0.0, -0.0, -1.0, -9_007_199_254_740_991.0] {
            assert_eq!(judged(number), format!("[{small}"), "{number}");
        }
        for number in [101.0, 9_007_199_254_740_991.0] {
            assert_eq!(judged(number), format!("[{big}"), "{number}");
        }
        for number in [-9_007_199_254_740_992.0, -1e22, f64::MIN] {
            assert_eq!(judged(number), format!("{unsafe_small}{small}"), "{number}");
        }
        for number in [9_007_199_254_740_992.0, 1e22, f64::MAX] {
            assert_eq!(judged(number), format!("{unsafe_big}{big}"), "{number}");
        }
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn any_text_is_a_number_or_none(text in any::text()) {
            let _ = number_from_text(&text);
        }

        #[test]
        fn a_number_that_is_written_comes_back(number in any::<f64>()) {
            prop_assert_eq!(number_from_text(&format!("{number:e}")).to_bits(), number.to_bits());
        }
    }
}
