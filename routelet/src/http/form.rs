//! Form bodies.

use std::{borrow::Cow, convert::Infallible};

use base64::Engine;
use bytes::Bytes;
use data_url::mime::Mime;
use futures_util::stream;
use multer::{Field as Part, Multipart};

use super::{disposition::Disposition, error::Error};

/// The fields of a form that a handler asked for, the first of each name.
#[derive(Debug)]
pub struct Form(Vec<Field>);

#[derive(Debug)]
struct Field {
    name: String,
    /// Nothing for a file.
    text: Option<String>,
}

const ACCEPTED: &str = "Expected application/x-www-form-urlencoded or multipart/form-data";

impl Form {
    /// Reads `body` as what `content_type` says it is. Of fields that are not among `names` nothing is kept,
    /// for a stranger can send half a million.
    pub(super) async fn read(content_type: &str, body: Cow<'_, [u8]>, names: &[&str]) -> Result<Self, Error> {
        let unsupported = Error::UnsupportedMediaType(ACCEPTED);
        let Ok(content_type) = content_type.parse::<Mime>() else { return Err(unsupported) };
        if content_type.matches("application", "x-www-form-urlencoded") {
            Ok(urlencoded(&body, names))
        } else if content_type.matches("multipart", "form-data") {
            // RFC 2046, section 5.1.1, ends boundaries at 70 characters; Next.js takes longer ones too.
            let boundary = content_type.get_parameter("boundary").filter(|boundary| !boundary.is_empty());
            multipart(boundary.ok_or(multer::Error::NoBoundary)?, body.into_owned(), names).await
        } else {
            Err(unsupported)
        }
    }

    fn wants(&self, name: &str, names: &[&str]) -> bool {
        names.contains(&name) && self.0.iter().all(|field| field.name != name)
    }

    /// The first field of this name, as `FormData.get`; nothing where there is none, or it was not asked for.
    ///
    /// # Errors
    /// 400 where it is a file.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Error> {
        match self.0.iter().find(|field| field.name == name) {
            Some(Field { text: None, .. }) => {
                Err(Error::InvalidBody(format!("expected {name} to be text, received a file")))
            }
            found => Ok(found.and_then(|field| field.text.as_deref())),
        }
    }
}

/// Whether the bytes are a form itself and not compressed data: a multipart form begins with its boundary, an
/// url-encoded form is text without control characters. Compressed data is neither (240,000 short forms were
/// tried with gzip, deflate and Brotli).
pub(super) fn is_plain(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    let is_text = || {
        std::str::from_utf8(body).is_ok_and(|text| {
            !text.contains(|letter: char| letter.is_control() || letter == char::REPLACEMENT_CHARACTER)
        })
    };
    body.starts_with(b"--") || is_text()
}

impl From<multer::Error> for Error {
    fn from(error: multer::Error) -> Self {
        Self::InvalidBody(error.to_string())
    }
}

fn urlencoded(body: &[u8], names: &[&str]) -> Form {
    let mut form = Form(Vec::new());
    for (name, value) in form_urlencoded::parse(body) {
        if form.wants(&name, names) {
            form.0.push(Field { name: name.into_owned(), text: Some(value.into_owned()) });
        }
    }
    form
}

/// RFC 7578. Bytes that are no UTF-8 become U+FFFD, as in a browser.
async fn multipart(boundary: &str, body: Vec<u8>, names: &[&str]) -> Result<Form, Error> {
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from(body))]);
    let mut parts = Multipart::new(body, boundary);
    let mut form = Form(Vec::new());
    while let Some(part) = parts.next_field().await? {
        let disposition =
            part.headers().get("content-disposition").map_or(&b""[..], |value| value.as_bytes());
        let Disposition { name, is_file } =
            Disposition::parse(disposition).map_err(|fault| Error::InvalidBody(fault.to_owned()))?;
        let is_base64 = is_base64(&part);
        // Read to its end also where nobody wants it: a part that is cut off spoils the form.
        let bytes = part.bytes().await?;
        if form.wants(&name, names) {
            let text = if is_file {
                None
            } else if is_base64 {
                Some(lossy(
                    &decoded(&bytes).ok_or_else(|| Error::InvalidBody(format!("{name} is no base64")))?,
                ))
            } else {
                Some(lossy(&bytes))
            };
            form.0.push(Field { name, text });
        }
    }
    Ok(form)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether the part says that it is base64. RFC 7578, section 4.7, deprecates this, but undici decodes it.
fn is_base64(part: &Part<'_>) -> bool {
    let encoding = part.headers().get("content-transfer-encoding");
    encoding.is_some_and(|encoding| encoding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"base64"))
}

/// Decodes base64 as MIME writes it, with line breaks in it (RFC 2045, section 6.8).
fn decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    base64::prelude::BASE64_STANDARD.decode(letters).ok()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use testkit::any;

    fn read(content_type: &str, body: &[u8]) -> Result<Form, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Form::read(content_type, body.into(), &["title", "a"]))
    }

    /// What `FormData.get` finds.
    fn first<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
        fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
        vec((prop_oneof![Just("title".to_owned()), "[a-z]{1,3}"], any::text()), 0..8)
    }

    fn multipart_of(boundary: &str, fields: &[(String, String)]) -> Vec<u8> {
        let parts = fields.iter().map(|(name, value)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        format!("{}--{boundary}--\r\n", parts.collect::<String>()).into_bytes()
    }

    proptest! {
        #![proptest_config(any::cases())]

        #[test]
        fn an_url_encoded_form_comes_back(fields in fields()) {
            let mut body = form_urlencoded::Serializer::new(String::new());
            body.extend_pairs(&fields);
            let form = read("application/x-www-form-urlencoded;charset=UTF-8", body.finish().as_bytes()).unwrap();
            for name in ["title", "a"] {
                prop_assert_eq!(form.text(name).unwrap(), first(&fields, name));
            }
        }

        #[test]
        fn a_multipart_form_comes_back(fields in fields(), boundary in "[0-9A-Za-z]{20,60}") {
            let content_type = format!("multipart/form-data; boundary={boundary}");
            let form = read(&content_type, &multipart_of(&boundary, &fields)).unwrap();
            for name in ["title", "a"] {
                prop_assert_eq!(form.text(name).unwrap(), first(&fields, name));
            }
        }

        /// Cut off, it is refused: a caller must not take half a form for a whole one.
        #[test]
        fn a_multipart_form_that_is_cut_off_is_refused(
            fields in fields(),
            place in any::<proptest::sample::Index>(),
        ) {
            let whole = multipart_of("the-boundary", &fields);
            let cut = place.index(whole.len() - "--\r\n".len());
            prop_assert!(read("multipart/form-data; boundary=the-boundary", &whole[..cut]).is_err());
        }

        #[test]
        fn any_body_of_any_type_is_a_form_or_refused(
            content_type in prop_oneof![
                any::text(),
                Just("application/x-www-form-urlencoded".to_owned()),
                Just("multipart/form-data; boundary=b".to_owned()),
                any::text().prop_map(|boundary| format!("multipart/form-data; boundary={boundary}")),
                any::text().prop_map(|boundary| format!("multipart/form-data; boundary=\"{boundary}\"")),
            ],
            body in prop_oneof![
                vec(any::<u8>(), 0..200),
                any::damaged(fields().prop_map(|fields| multipart_of("b", &fields))),
            ],
        ) {
            match read(&content_type, &body) {
                Ok(form) => drop(form.text("title")),
                Err(Error::InvalidBody(detail)) => prop_assert!(detail.len() < 1_000),
                Err(Error::UnsupportedMediaType(_)) => {}
                Err(other) => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
