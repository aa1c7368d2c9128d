//! Who may change something: bearer tokens (RFC 6750) that are JWTs (RFC 7519).
//!
//! A handler that needs to know takes an [`Authenticator`] and asks it first, before it looks at anything
//! else. The [`Caller`] it gets can be had in no other way, so holding one proves that the check ran.
//!
//! The authenticator is set up from three variables. With none of them it is open, and every caller is
//! anonymous. Where one is set and wrong, the function does not start: an API that opens by a typing error is
//! worse than one that is away.
//!
//! | variable | holds |
//! |---|---|
//! | `AUTH_JWKS` | the keys that sign tokens, as a JWK set (RFC 7517); `none` is no set |
//! | `AUTH_ISSUER` | the `iss` that a token must have; where it is not set, any will do |
//! | `AUTH_AUDIENCE` | what a token's `aud` must be or contain; where it is not set, any will do |

mod bearer;
mod curve;
mod jwks;
mod key;
mod token;

use std::sync::Arc;

use serde_json::json;

use crate::{
    env::optional,
    http::{Credentials, Error, Request, Result},
    state::State,
};
use jwks::Keys;
use token::{Identity, Verifier};

/// What stands for no key set: a parameter of a template must have a value.
const NO_KEYS: &str = "none";

/// Lets callers pass, or not. Cheap to clone.
#[derive(Clone)]
pub struct Authenticator(Option<Arc<Verifier>>);

impl State for Authenticator {
    fn from_env() -> std::result::Result<Self, String> {
        Self::new(optional("AUTH_JWKS")?, optional("AUTH_ISSUER")?, optional("AUTH_AUDIENCE")?)
    }
}

impl Authenticator {
    fn new(
        jwks: Option<String>,
        issuer: Option<String>,
        audience: Option<String>,
    ) -> std::result::Result<Self, String> {
        match jwks.filter(|jwks| !jwks.trim().eq_ignore_ascii_case(NO_KEYS)) {
            Some(jwks) => {
                let Keys { usable, warnings } = jwks::read(&jwks)?;
                for warning in warnings {
                    tracing::warn!(cause = warning, "a key is passed over");
                }
                Ok(Self(Some(Arc::new(Verifier::new(usable, issuer, audience)))))
            }
            // Whoever asks for an issuer wants tokens: to open the API instead would be a trap.
            None if issuer.is_some() => Err("AUTH_ISSUER is set, but AUTH_JWKS is not".to_owned()),
            None if audience.is_some() => Err("AUTH_AUDIENCE is set, but AUTH_JWKS is not".to_owned()),
            None => Ok(Self(None)),
        }
    }

    /// Who makes the request.
    ///
    /// # Errors
    /// 401 where tokens are configured and the request has none, or one that is not valid.
    pub fn caller(&self, request: &Request) -> Result<Caller> {
        let Some(verifier) = &self.0 else { return Ok(Caller(None)) };
        bearer::token(request.header("authorization"))
            .and_then(|token| verifier.verify(token).map_err(Credentials::Refused))
            .map(|identity| Caller(Some(identity)))
            .map_err(Error::Unauthorized)
    }
}

/// Who makes a request that the [`Authenticator`] accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(Option<Identity>);

impl Caller {
    /// Whether nobody was asked for a token. A caller with a token is not anonymous, even where the token
    /// names no subject.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.0.is_none()
    }

    /// The token's `sub`, which is unique to its issuer only: [`Caller::id`] tells callers apart.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.0.as_ref()?.subject.as_deref()
    }

    /// The token's `iss`.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.0.as_ref()?.issuer.as_deref()
    }

    /// What is the same for two requests exactly where issuer and subject are: opaque, stable, as long as
    /// both together. Nothing for an anonymous caller; all tokens of an issuer that name no subject share
    /// one.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        // As JSON, because no character is left that could separate two texts of any content.
        self.0.as_ref().map(|identity| json!([identity.issuer, identity.subject]).to_string())
    }
}

#[cfg(test)]
mod tests;
