//! `Content-Disposition` of a form's part (RFC 7578, section 4.2).
//!
//! No crate reads it as browsers write it: multer compares names with case, `content_disposition` and
//! `mailparse` split quoted strings at a semicolon, and none knows `%22`.

use percent_encoding::percent_decode;

/// What a part says about itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Disposition {
    /// The field that the part is of.
    pub(super) name: String,
    /// Whether it has a file name, in whatever form: then it is a file, not a text.
    pub(super) is_file: bool,
}

impl Disposition {
    /// Reads the header's value. The names of its parameters have no case; the last of a repeated one counts,
    /// as in undici, on which Next.js runs.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(value: &[u8]) -> Result<Self, &'static str> {
        let mut rest = value.trim_ascii();
        if !take(&mut rest, |byte| byte == b';' || is_blank(byte)).eq_ignore_ascii_case(b"form-data") {
            return Err("a part is no form-data");
        }
        let (mut name, mut is_file) = (None, false);
        loop {
            take(&mut rest, |byte| byte != b';' && !is_blank(byte));
            if rest.is_empty() {
                break;
            }
            let key =
                take(&mut rest, |byte| matches!(byte, b';' | b'=') || is_blank(byte)).to_ascii_lowercase();
            let Some(after) = rest.trim_ascii_start().strip_prefix(b"=") else {
                continue;
            };
            rest = after.trim_ascii_start();
            let value = match rest.strip_prefix(b"\"") {
                Some(quoted) => {
                    rest = quoted;
                    unquoted(&mut rest)?
                }
                None => take(&mut rest, |byte| byte == b';' || is_blank(byte)).to_vec(),
            };
            match key.as_slice() {
                b"name" => name = Some(text(&value)),
                b"name*" => name = Some(extended(&value)?),
                // With `filename*0` a long one begins (RFC 2231, section 3).
                key if key == b"filename" || key.starts_with(b"filename*") => is_file = true,
                _ => {}
            }
        }
        Ok(Self { name: name.ok_or("a part has no name")?, is_file })
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Takes what is before the first byte that `ends` it, or all.
fn take<'a>(rest: &mut &'a [u8], ends: impl Fn(u8) -> bool) -> &'a [u8] {
    let end = rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at(end);
    *rest = left;
    taken
}

/// Takes a quoted string, whose opening quote is taken already. Browsers write a quote and a line's end as
/// `%22`, `%0D` and `%0A` and all else as it is (HTML, "multipart/form-data encoding algorithm"), others a
/// quote as `\"`. Any other backslash is one: that of a path on Windows.
fn unquoted(rest: &mut &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut value = Vec::new();
    loop {
        value.extend(take(rest, |byte| matches!(byte, b'"' | b'\\' | b'%')));
        let (byte, length) = match rest {
            [b'"', left @ ..] => {
                *rest = left;
                return Ok(value);
            }
            [b'\\', byte @ (b'"' | b'\\'), ..] => (*byte, 2),
            [b'%', b'2', b'2', ..] => (b'"', 3),
            [b'%', b'0', b'D' | b'd', ..] => (b'\r', 3),
            [b'%', b'0', b'A' | b'a', ..] => (b'\n', 3),
            [byte, ..] => (*byte, 1),
            [] => return Err("a part's Content-Disposition has no closing quote"),
        };
        value.push(byte);
        *rest = &rest[length..];
    }
}

/// Bytes that are no UTF-8 become U+FFFD, as in a browser.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A value in the extended notation, of which UTF-8 is the only encoding that is still written (RFC 8187,
/// section 3.2).
fn extended(value: &[u8]) -> Result<String, &'static str> {
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(encoded)) if charset.eq_ignore_ascii_case(b"utf-8") => {
            Ok(percent_decode(encoded).decode_utf8_lossy().into_owned())
        }
        _ => Err("a part's name* is not in UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use testkit::any;

    fn parsed(value: &str) -> Result<(String, bool), &'static str> {
        Disposition::parse(value.as_bytes()).map(|Disposition { name, is_file }| (name, is_file))
    }

    #[test]
    fn a_name_is_read_however_it_is_written() {
        for (value, name) in [
            (r#"form-data; name="title""#, "title"),
            (r#"form-data; NAME="title""#, "title"),
            ("form-data; Name=title", "title"),
            (r#"Form-Data; name="title""#, "title"),
            ("FORM-DATA;name=title", "title"),
            ("form-data;\tname\t=\t\"title\"\t", "title"),
            ("form-data ; name = title ; x=y", "title"),
            (r#"form-data name="title""#, "title"),
            (r#"form-data;; ; name="title";"#, "title"),
            (r#"form-data; x; name="title""#, "title"),
            (r#"form-data; x="a; name=b"; name="title""#, "title"),
            (r#"form-data; x="a\"; name=b"; name="title""#, "title"),
            (r#"form-data; xname=a; name2=b; name="title""#, "title"),
            (r#"form-data; name="a"; Name="title""#, "title"),
            (r#"form-data; name="a;b=c""#, "a;b=c"),
            (r#"form-data; name="ti%22t%0d%0ale""#, "ti\"t\r\nle"),
            (r#"form-data; name="ti%0D%0A%74%""#, "ti\r\n%74%"),
            (r#"form-data; name="ti\"tle\\""#, "ti\"tle\\"),
            (r#"form-data; name="C:\dir\"""#, "C:\\dir\""),
            ("form-data; name*=UTF-8'de'%C3%A4%20b", "ä b"),
            ("form-data; name=x; NAME*=utf-8''title", "title"),
            ("form-data; name=\"ü🦀\"", "ü🦀"),
            ("form-data; name='title'", "'title'"),
            ("form-data; name=%74itle", "%74itle"),
            (r#"form-data; name="""#, ""),
            ("form-data; name=", ""),
            ("form-data; name=; x=y", ""),
            (r#"form-data; name="title"; filename"#, "title"),
            (r#"form-data; name="title"; xfilename=a; filename2=b; x="filename=c""#, "title"),
        ] {
            assert_eq!(parsed(value), Ok((name.to_owned(), false)), "{value}");
        }
        assert_eq!(Disposition::parse(b"form-data; name=\"a\xFF\"").unwrap().name, "a\u{fffd}");
    }

    #[test]
    fn a_file_name_in_any_form_makes_a_file() {
        for parameter in [
            r#"filename="a""#,
            r#"fileName="a""#,
            "FILENAME=a",
            "filename = a",
            "filename=",
            r#"filename="""#,
            "filename*=utf-8''a",
            "FileName*=iso-8859-1''a",
            "filename*=",
            "filename*0=\"a\"; filename*1=\"b\"",
            r#"filename="a; name=x""#,
            r#"filename="\"; name=x""#,
        ] {
            for value in [
                format!(r#"form-data; name="title"; {parameter}"#),
                format!(r#"form-data; {parameter}; name="title""#),
                format!("form-data;name=title;{parameter}"),
                format!(r#"form-data; name="title", {parameter}"#),
                format!(r#"form-data; name="title"x; {parameter}"#),
            ] {
                assert_eq!(parsed(&value), Ok(("title".to_owned(), true)), "{value}");
            }
        }
    }

    #[test]
    fn what_names_no_field_is_refused() {
        for (value, reason) in [
            ("", "a part is no form-data"),
            ("attachment; name=\"title\"", "a part is no form-data"),
            ("name=\"title\"", "a part is no form-data"),
            ("\"form-data\"; name=\"title\"", "a part is no form-data"),
            ("form-data", "a part has no name"),
            ("form-data; filename=\"a\"", "a part has no name"),
            ("form-data; \"name\"=\"title\"", "a part has no name"),
            ("form-data; name", "a part has no name"),
            ("form-data; name=\"title", "a part's Content-Disposition has no closing quote"),
            ("form-data; name=\"title\\\"", "a part's Content-Disposition has no closing quote"),
            ("form-data; name=title; x=\"", "a part's Content-Disposition has no closing quote"),
            ("form-data; name*=title", "a part's name* is not in UTF-8"),
            ("form-data; name*=iso-8859-1''title", "a part's name* is not in UTF-8"),
        ] {
            assert_eq!(parsed(value), Err(reason), "{value}");
        }
    }

    proptest! {
        #![proptest_config(any::cases())]

        /// What a browser writes comes back, but for backslashes before a quote or another.
        #[test]
        fn a_browsers_name_comes_back(name in any::text(), file in any::<bool>()) {
            let name = name.replace('\\', "/").replace("%2", "").replace("%0", "");
            let written = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
            let file_name = if file { "; filename=\"\"" } else { "" };
            prop_assert_eq!(parsed(&format!("form-data; name=\"{written}\"{file_name}")), Ok((name, file)));
        }

        #[test]
        fn any_value_is_read_or_refused(text in any::text()) {
            let _ = parsed(&text);
            let _ = parsed(&format!("form-data; {text}"));
        }
    }
}
