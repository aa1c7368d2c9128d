//! Headers that end with the connection.

/// Headers of one connection, which a gateway does not pass on. Source: RFC 9110, section 7.6.1.
pub(super) const HOP_BY_HOP: [&str; 8] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];
