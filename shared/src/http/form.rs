//! Form bodies.

use std::{borrow::Cow, convert::Infallible};

use bytes::Bytes;
use futures_util::stream;

use super::error::Error;

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
    /// Reads `body` as what `content_type` says it is. Of fields that are not among `names` nothing is kept, for a
    /// stranger can send half a million.
    pub(super) async fn read(content_type: &str, body: Cow<'_, [u8]>, names: &[&str]) -> Result<Self, Error> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Ok(urlencoded(&body, names))
        } else if essence.eq_ignore_ascii_case("multipart/form-data") {
            multipart(content_type, body.into_owned(), names).await
        } else {
            Err(Error::UnsupportedMediaType(ACCEPTED))
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
async fn multipart(content_type: &str, body: Vec<u8>, names: &[&str]) -> Result<Form, Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from(body))]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut form = Form(Vec::new());
    while let Some(part) = parts.next_field().await? {
        let Some(name) = part.name().map(str::to_owned) else {
            return Err(Error::InvalidBody("a part has no name".to_owned()));
        };
        let is_file = part.file_name().is_some();
        // Read to its end also where nobody wants it: a part that is cut off spoils the form.
        let bytes = part.bytes().await?;
        if form.wants(&name, names) {
            let text = (!is_file).then(|| String::from_utf8_lossy(&bytes).into_owned());
            form.0.push(Field { name, text });
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::any;

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
