//! The `Authorization` header (RFC 9110, section 11.6.2) with a bearer token (RFC 6750, section 2.1).

use crate::http::Credentials;

/// The longest token that is looked at: 8 KiB. API Gateway takes 10 KB of headers in all.
pub(super) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The token of a header's value. The name of the scheme has no case.
///
/// Another scheme counts as no credentials (RFC 6750, section 3). The gateway joins repeated headers with
/// commas; no token has one, so of two tokens neither is taken.
pub(super) fn token(header: Option<&str>) -> Result<&str, Credentials> {
    let value = header.unwrap_or_default().trim_matches([' ', '\t']);
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let token = token.trim_start_matches(' ');
    if token.is_empty() || !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Credentials::Missing);
    }
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Credentials::Refused("it is longer than 8 KiB"));
    }
    Ok(token)
}
