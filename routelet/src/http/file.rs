//! A file that is part of the binary.

use lambda_http::http::{HeaderName, HeaderValue, StatusCode, header};

use super::{
    encoding::Coding,
    error::Error,
    etag::{Freshness, etag},
    request::Request,
    response::Response,
};

/// A file in each coding that it is served in. `embed` makes them, when the function is compiled.
#[derive(Debug)]
pub struct File {
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The value of `Content-Security-Policy`, for a page.
    pub policy: Option<&'static str>,
    /// As it is.
    pub identity: Representation,
    /// Compressed (RFC 7932).
    pub brotli: Representation,
    /// Compressed (RFC 1952).
    pub gzip: Representation,
}

/// The bytes of one coding.
#[derive(Debug)]
pub struct Representation {
    /// What is sent.
    pub body: &'static [u8],
    /// The text of the entity tag: a hash of the body, so that it is strong, and another one for each
    /// coding.
    pub tag: &'static str,
}

/// It may be kept, and is asked for again before each use: a page of the last deployment would talk to the
/// API of this one.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// A link that leads away tells nobody where it was.
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");

/// A page that has opened this one, or that this one opens, gets no hold of its window.
const OWN_WINDOW: HeaderValue = HeaderValue::from_static("same-origin");

impl Response {
    /// 200 with the file in the coding that the caller accepts best, or 304 if the caller has it already.
    ///
    /// # Errors
    /// 412 if the caller expects another version.
    pub fn file(request: &Request, file: &File) -> Result<Self, Error> {
        let coding = Coding::accepted(request.header("accept-encoding"));
        let Representation { body, tag } = file.representation(coding);
        let response = match Freshness::of(request, tag) {
            Freshness::New => Self::encoded(body, coding)
                .with_header(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type)),
            Freshness::Known => Self::empty(StatusCode::NOT_MODIFIED),
            Freshness::Unexpected => return Err(Error::PreconditionFailed),
        };
        // With a 304, too: a browser takes its headers in place of those that it has kept.
        let response = response
            .with_header(header::CACHE_CONTROL, REVALIDATE)
            .with_header(header::VARY, HeaderValue::from_static("accept-encoding"))
            .with_text(header::ETAG, &etag(tag))?;
        Ok(match file.policy {
            Some(policy) => response.with_policy(policy),
            None => response,
        })
    }

    fn encoded(body: &'static [u8], coding: Coding) -> Self {
        let response = Self::empty(StatusCode::OK).with_bytes(body);
        match coding.name() {
            Some(name) => response.with_header(header::CONTENT_ENCODING, HeaderValue::from_static(name)),
            None => response,
        }
    }

    fn with_policy(self, policy: &'static str) -> Self {
        self.with_header(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))
            .with_header(header::REFERRER_POLICY, NO_REFERRER)
            .with_header(HeaderName::from_static("cross-origin-opener-policy"), OWN_WINDOW)
    }
}

impl File {
    fn representation(&self, coding: Coding) -> &Representation {
        match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        }
    }
}
