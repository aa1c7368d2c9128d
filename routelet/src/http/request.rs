//! A request as a handler sees it.

use std::borrow::Cow;

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{
    error::Error,
    event::Event,
    form::{self, Form},
};
use crate::{
    compat,
    model::{Id, Invalid, Issue, Json, number_from_text},
    resource::{Filters, Resource},
};

/// The largest body that is read: 1 MiB. Lambda would take 6 MB.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// A request, taken apart on demand: what a handler does not ask for is not looked at, and cannot be refused.
#[derive(Debug)]
pub struct Request(Event);

impl Request {
    /// The method in upper case.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.0.request_context.http.method
    }

    /// The path, percent-decoded.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.raw_path
    }

    /// The query as the caller wrote it, without the question mark.
    #[must_use]
    pub fn raw_query(&self) -> &str {
        &self.0.raw_query_string
    }

    /// The first value of a query parameter, decoded as browsers encode it (WHATWG URL,
    /// `application/x-www-form-urlencoded`): `URLSearchParams.get`.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<Cow<'_, str>> {
        form_urlencoded::parse(self.raw_query().as_bytes())
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// A query parameter that is a whole number from 1 to `maximum`, as Zod reads one:
    /// `z.coerce.number().int().min(1).max(maximum)`. Missing or empty is nothing.
    ///
    /// # Errors
    /// 400 with an issue for each rule that it breaks.
    pub fn whole_number(&self, name: &'static str, maximum: u64) -> Result<Option<u64>, Error> {
        let Some(text) = self.query(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        Issue::whole_number(name, number_from_text(&text), maximum)
            .map(Some)
            .map_err(|issues| Invalid::Issues(issues).into())
    }

    /// The values that the query filters a list of `R` by: the parameters that its
    /// [`FILTERS`](crate::model::Model::FILTERS) name. An empty one is none.
    ///
    /// # Errors
    /// 400 with an issue for each value that no item can have.
    pub fn filters<R: Resource>(&self) -> Result<Filters, Error> {
        Ok(Filters::read::<R>(|name| self.query(name))?)
    }

    /// A header's value by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        compat::header(&self.0.headers, name)
    }

    /// The gateway's id of the request.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.0.request_context.request_id
    }

    /// The route that matched: `GET /api/notes/{id}` or `$default`.
    #[must_use]
    pub fn route(&self) -> &str {
        &self.0.request_context.route_key
    }

    /// What the path has in the place of `{name}`, percent-decoded; empty if the route has no such parameter.
    #[must_use]
    pub fn path_parameter(&self, name: &str) -> &str {
        self.0.path_parameters.as_ref().and_then(|parameters| parameters.get(name)).map_or("", String::as_str)
    }

    /// The id of the item that the path names.
    ///
    /// # Errors
    /// 404 in the resource's own words where `{id}` is no id: such an item cannot exist.
    pub fn item_id<R: Resource>(&self) -> Result<Id, Error> {
        self.path_parameter("id").parse().ok().ok_or(Error::NotFound(R::NOT_FOUND))
    }

    /// The body as JSON, whatever its `content-type` says, handed to `read`. A byte order mark is skipped, as
    /// `request.json()` does.
    ///
    /// # Errors
    /// 400 where it is no JSON or `read` refuses it, 413 where it is too long, 415 where it is encoded.
    pub fn json<T>(&self, read: impl FnOnce(Json<'_>) -> Result<T, Invalid>) -> Result<T, Error> {
        let body = self.body()?;
        let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&body);
        let json = Json::parse(text).map_err(|invalid| self.unreadable(invalid.into()))?;
        Ok(read(json)?)
    }

    /// The fields of these names from the body, which is a form: `application/x-www-form-urlencoded` or
    /// `multipart/form-data`.
    ///
    /// # Errors
    /// 400 where it is no such form, 413 where it is too long, 415 where it is of another type or encoded.
    pub async fn form(&self, names: &[&str]) -> Result<Form, Error> {
        let content_type = self.header("content-type").unwrap_or_default();
        let body = self.body()?;
        // Compressed bytes would pass for an url-encoded form with odd names.
        if self.is_encoded() && !form::is_plain(&body) {
            return Err(Error::UnsupportedEncoding);
        }
        Form::read(content_type, body, names).await.map_err(|error| self.unreadable(error))
    }

    /// The answer to a body that cannot be read: 415 if it is encoded (RFC 9110, section 15.5.16), else
    /// `error`.
    ///
    /// `Content-Encoding` alone refuses nothing: something before us may have decoded the body and left the
    /// header in place. So the body is read first, and the header counts only if that fails.
    fn unreadable(&self, error: Error) -> Error {
        if self.is_encoded() { Error::UnsupportedEncoding } else { error }
    }

    /// Whether the body is said to be encoded (RFC 9110, section 8.4).
    fn is_encoded(&self) -> bool {
        let is_identity = |coding: &str| coding.is_empty() || coding.eq_ignore_ascii_case("identity");
        let codings = self.header("content-encoding").unwrap_or_default();
        !codings.split(',').all(|coding| is_identity(coding.trim()))
    }

    /// The body's bytes; none is empty.
    ///
    /// # Errors
    /// 413 where there are more than [`MAX_BODY_BYTES`].
    pub fn body(&self) -> Result<Cow<'_, [u8]>, Error> {
        let text = self.0.body.as_deref().unwrap_or_default();
        let body = if self.0.is_base64_encoded {
            // Four characters stand for three bytes: what cannot fit is not decoded to find out.
            if text.len() / 4 > MAX_BODY_BYTES / 3 + 1 {
                return Err(Error::BodyTooLarge);
            }
            let bytes =
                BASE64_STANDARD.decode(text).map_err(|error| Error::InvalidBody(error.to_string()))?;
            Cow::Owned(bytes)
        } else {
            Cow::Borrowed(text.as_bytes())
        };
        if body.len() > MAX_BODY_BYTES { Err(Error::BodyTooLarge) } else { Ok(body) }
    }
}

impl From<Event> for Request {
    fn from(event: Event) -> Self {
        Self(event)
    }
}
