//! Which `Host` a server of this machine answers.
//!
//! A web page can make its own name resolve to 127.0.0.1 (DNS rebinding), and the browser then takes this
//! machine for the page's own server. It cannot change the name in `Host`: so a name that is not this
//! machine's is refused. `X-Forwarded-Host` and the like are the caller's to choose, and are not looked at.

#[cfg(test)]
mod tests;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::request::Parts;

/// The names that a server answers to: loopback, the address it was told to listen on, and those that were
/// allowed.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    address: IpAddr,
    names: Vec<String>,
}

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// RFC 9112, section 3.2, makes it a 400.
    #[error("{0}")]
    Malformed(&'static str),
    /// The name of somebody else's server.
    #[error("Host {0} is not this machine: ask for localhost, or start the server with --allow-host {0}")]
    Foreign(String),
}

impl Hosts {
    pub(crate) fn new(address: IpAddr, names: &[String]) -> Self {
        let names = names.iter().map(|name| name.trim_end_matches('.').to_owned()).collect();
        Self { address, names }
    }

    /// Only this machine itself.
    pub(crate) fn loopback() -> Self {
        Self::new(Ipv4Addr::LOCALHOST.into(), &[])
    }

    /// Checks `Host`, and the host in the request line where there is one, for that one counts then (RFC
    /// 9112, section 3.2.2). `own` is the address that the connection came in at.
    pub(crate) fn check(&self, request: &Parts, own: IpAddr) -> Result<(), Refusal> {
        let text = only(&request.headers)?;
        for authority in [Some(text), request.uri.authority().map(hyper::http::uri::Authority::as_str)] {
            let Some(authority) = authority else { continue };
            let host = Host::parse(authority).ok_or(Refusal::Malformed("its Host is no host name"))?;
            if !self.has(&host, own) {
                return Err(Refusal::Foreign(host.to_string()));
            }
        }
        Ok(())
    }

    fn has(&self, host: &Host<'_>, own: IpAddr) -> bool {
        match host {
            Host::Address(address) => {
                address.is_loopback()
                    || *address == own.to_canonical()
                    || *address == self.address
                    || self.names.iter().any(|name| name.parse() == Ok(*address))
            }
            Host::Name(name) => {
                let name = name.strip_suffix('.').unwrap_or(name);
                is_localhost(name) || self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// The value of the one `Host`.
fn only(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut all = headers.get_all(HOST).iter();
    match (all.next(), all.next()) {
        (None, _) => Err(Refusal::Malformed("it has no Host")),
        (_, Some(_)) => Err(Refusal::Malformed("it has two Hosts")),
        (Some(host), None) => host.to_str().map_err(|_| Refusal::Malformed("its Host is no host name")),
    }
}

/// Whether a request carries an `Origin` that is not the server's own. Only browsers send one, on behalf of a
/// page.
pub(crate) fn of_another_origin(headers: &HeaderMap) -> bool {
    let mut all = headers.get_all(ORIGIN).iter();
    let own = headers.get(HOST).map(|host| [b"http://", host.as_bytes()].concat());
    match (all.next(), all.next()) {
        (None, _) => false,
        (Some(origin), None) => !own.is_some_and(|own| origin.as_bytes().eq_ignore_ascii_case(&own)),
        (Some(_), Some(_)) => true,
    }
}

/// Whether a web page may be behind a request to the Runtime API. AWS looks at no `Host` there, so a function
/// may send any, or none; a page's has a dot, or is an address, and a page cannot choose an address.
pub(crate) fn of_a_page(headers: &HeaderMap) -> bool {
    let named = headers.get_all(HOST).iter().filter_map(|host| host.to_str().ok()).filter_map(Host::parse);
    let foreign = |host: Host<'_>| match host {
        Host::Address(_) => false,
        Host::Name(name) => name.trim_end_matches('.').contains('.') && !is_localhost(name),
    };
    headers.contains_key(ORIGIN) || named.into_iter().any(foreign)
}

fn is_localhost(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// `Host` without its port.
#[derive(Debug, PartialEq, Eq)]
enum Host<'h> {
    Name(&'h str),
    Address(IpAddr),
}

impl<'h> Host<'h> {
    /// `uri-host [":" port]`, RFC 9110, section 7.2. An address counts in its one usual form: `2130706433`
    /// and `0x7f.1` are names.
    fn parse(text: &'h str) -> Option<Self> {
        let (host, port) = if let Some(rest) = text.strip_prefix('[') {
            let (address, port) = rest.split_once(']')?;
            (Self::Address(address.parse::<Ipv6Addr>().ok()?.into()), port)
        } else {
            let (name, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            let valid = |c: u8| c.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(&c);
            if name.is_empty() || !name.bytes().all(valid) {
                return None;
            }
            (name.parse::<Ipv4Addr>().map_or(Self::Name(name), |address| Self::Address(address.into())), port)
        };
        let port_is_one = match port.strip_prefix(':') {
            Some(digits) => {
                digits.bytes().all(|c| c.is_ascii_digit())
                    && (digits.is_empty() || digits.parse::<u16>().is_ok())
            }
            None => port.is_empty(),
        };
        port_is_one.then_some(host)
    }
}

impl fmt::Display for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Characters shown of a name, which has no more.
        const SHOWN: usize = 255;
        match self {
            Self::Name(name) => f.write_str(name.get(..SHOWN).unwrap_or(name)),
            Self::Address(IpAddr::V4(address)) => address.fmt(f),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}
