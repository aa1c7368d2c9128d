//! Form bodies.

use std::{borrow::Cow, convert::Infallible};

use bytes::Bytes;
use futures_util::stream;

use super::error::Error;

/// The text fields of a form, in the order they came.
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
    /// Reads `body` as what `content_type` says it is.
    pub(super) async fn read(content_type: &str, body: Cow<'_, [u8]>) -> Result<Self, Error> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Ok(Self(urlencoded(&body)))
        } else if essence.eq_ignore_ascii_case("multipart/form-data") {
            multipart(content_type, body.into_owned()).await.map(Self)
        } else {
            Err(Error::UnsupportedMediaType(ACCEPTED))
        }
    }

    /// The first field of this name, as `FormData.get`; nothing where there is none.
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

fn urlencoded(body: &[u8]) -> Vec<Field> {
    form_urlencoded::parse(body)
        .map(|(name, value)| Field { name: name.into_owned(), text: Some(value.into_owned()) })
        .collect()
}

/// RFC 7578. Bytes that are no UTF-8 become U+FFFD, as in a browser.
async fn multipart(content_type: &str, body: Vec<u8>) -> Result<Vec<Field>, Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let body = stream::iter([Ok::<_, Infallible>(Bytes::from(body))]);
    let mut parts = multer::Multipart::new(body, boundary);
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await? {
        let Some(name) = part.name().map(str::to_owned) else {
            return Err(Error::InvalidBody("a part has no name".to_owned()));
        };
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await?;
        let text = (!is_file).then(|| String::from_utf8_lossy(&bytes).into_owned());
        fields.push(Field { name, text });
    }
    Ok(fields)
}
