//! CORS as the gateway answers it, from the template's configuration.
//! Source: "Configure CORS for HTTP APIs in API Gateway".

use hyper::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY,
};
use hyper::{Method, StatusCode};
use template::CorsConfiguration;

use super::response::HttpResponse;

/// The configured headers, ready to send.
#[derive(Debug)]
pub(super) struct Cors {
    origins: Vec<String>,
    preflight: Vec<(HeaderName, HeaderValue)>,
    actual: Vec<(HeaderName, HeaderValue)>,
}

/// Only the gateway's own count: "API Gateway ignores CORS headers returned from your backend".
const OWN: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

impl Cors {
    pub(super) fn new(configuration: CorsConfiguration) -> Result<Self, String> {
        let CorsConfiguration {
            allow_origins,
            allow_methods,
            allow_headers,
            expose_headers,
            max_age_s,
            allow_credentials,
        } = configuration;
        let header = |name: HeaderName, text: Option<String>| {
            let value = text.filter(|text| !text.is_empty()).map(HeaderValue::try_from).transpose();
            let value =
                value.map_err(|_| format!("CorsConfiguration: {name} would hold what no header can"))?;
            Ok::<_, String>(value.map(|value| (name, value)))
        };
        let credentials =
            header(ACCESS_CONTROL_ALLOW_CREDENTIALS, allow_credentials.then(|| "true".to_owned()))?;
        let expose = header(ACCESS_CONTROL_EXPOSE_HEADERS, Some(expose_headers.join(",")))?;
        let methods = header(ACCESS_CONTROL_ALLOW_METHODS, Some(allow_methods.join(",")))?;
        let headers = header(ACCESS_CONTROL_ALLOW_HEADERS, Some(allow_headers.join(",")))?;
        let max_age = header(ACCESS_CONTROL_MAX_AGE, max_age_s)?;
        let actual: Vec<_> = [credentials, expose].into_iter().flatten().collect();
        let preflight = [methods, headers, max_age].into_iter().flatten().chain(actual.clone()).collect();
        Ok(Self { origins: allow_origins, preflight, actual })
    }

    /// The answer to a preflight request; `None` for any other request.
    pub(super) fn preflight(&self, method: &Method, headers: &HeaderMap) -> Option<HttpResponse> {
        let origin = headers.get(ORIGIN)?;
        if method != Method::OPTIONS || !headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
            return None;
        }
        let mut answer = HttpResponse::default();
        *answer.status_mut() = StatusCode::NO_CONTENT;
        self.add(&mut answer, origin, &self.preflight);
        Some(answer)
    }

    /// Adds what a browser needs to see of an answer to a request with an `Origin`.
    pub(super) fn apply(&self, request: &HeaderMap, answer: &mut HttpResponse) {
        for name in &OWN {
            answer.headers_mut().remove(name);
        }
        if let Some(origin) = request.get(ORIGIN) {
            self.add(answer, origin, &self.actual);
        }
    }

    fn add(&self, answer: &mut HttpResponse, origin: &HeaderValue, headers: &[(HeaderName, HeaderValue)]) {
        let any = self.origins.iter().any(|allowed| allowed == "*");
        let value = if any { HeaderValue::from_static("*") } else { origin.clone() };
        if any || self.allows(origin) {
            answer.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, value);
            answer.headers_mut().extend(headers.iter().cloned());
        }
        if !any {
            vary(answer.headers_mut());
        }
    }

    /// `https://*` allows every origin of that scheme.
    fn allows(&self, origin: &HeaderValue) -> bool {
        let Ok(origin) = origin.to_str() else { return false };
        self.origins.iter().any(|allowed| match allowed.strip_suffix("://*") {
            Some(scheme) => origin.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://")),
            None => allowed == origin,
        })
    }
}

/// A cache must keep the answers to two origins apart, refused ones included.
fn vary(headers: &mut HeaderMap) {
    let value = match headers.get(VARY) {
        Some(others) => HeaderValue::from_bytes(&[others.as_bytes(), b", origin"].concat()).ok(),
        None => Some(HeaderValue::from_static("origin")),
    };
    if let Some(value) = value {
        headers.insert(VARY, value);
    }
}

#[cfg(test)]
mod tests {
    use hyper::Method;
    use hyper::header::{HeaderMap, HeaderValue};
    use template::CorsConfiguration;

    use super::{Cors, HttpResponse};

    fn cors(origins: &[&str]) -> Cors {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let configuration = CorsConfiguration {
            allow_origins: texts(origins),
            allow_methods: texts(&["GET", "POST"]),
            allow_headers: texts(&["content-type", "x-a"]),
            expose_headers: texts(&["etag"]),
            max_age_s: Some("600".to_owned()),
            allow_credentials: true,
        };
        Cors::new(configuration).unwrap()
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    fn shown(answer: &HttpResponse) -> Vec<String> {
        let mut all: Vec<_> = answer
            .headers()
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        all.sort();
        all
    }

    #[test]
    fn a_preflight_of_an_allowed_origin_gets_the_configured_headers() {
        let request = headers(&[("origin", "https://a.test"), ("access-control-request-method", "PUT")]);
        let answer =
            cors(&["https://b.test", "https://a.test"]).preflight(&Method::OPTIONS, &request).unwrap();
        assert_eq!(answer.status(), 204);
        assert_eq!(
            shown(&answer),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-headers: content-type,x-a",
                "access-control-allow-methods: GET,POST",
                "access-control-allow-origin: https://a.test",
                "access-control-expose-headers: etag",
                "access-control-max-age: 600",
                "vary: origin",
            ]
        );
    }

    #[test]
    fn a_preflight_of_another_origin_gets_nothing_but_its_204() {
        let request = headers(&[("origin", "https://evil.test"), ("access-control-request-method", "PUT")]);
        let answer = cors(&["https://a.test"]).preflight(&Method::OPTIONS, &request).unwrap();
        assert_eq!((answer.status().as_u16(), shown(&answer)), (204, vec!["vary: origin".to_owned()]));
    }

    #[test]
    fn only_options_with_both_headers_is_a_preflight() {
        let cors = cors(&["*"]);
        let both = headers(&[("origin", "https://a.test"), ("access-control-request-method", "PUT")]);
        assert!(cors.preflight(&Method::GET, &both).is_none());
        assert!(cors.preflight(&Method::OPTIONS, &headers(&[("origin", "https://a.test")])).is_none());
        assert!(
            cors.preflight(&Method::OPTIONS, &headers(&[("access-control-request-method", "PUT")])).is_none()
        );
    }

    #[test]
    fn the_functions_own_headers_are_replaced_and_its_vary_kept() {
        let mut answer = HttpResponse::default();
        answer.headers_mut().extend(headers(&[("access-control-allow-origin", "*"), ("vary", "accept")]));
        cors(&["https://*"]).apply(&headers(&[("origin", "https://a.test")]), &mut answer);
        assert_eq!(
            shown(&answer),
            [
                "access-control-allow-credentials: true",
                "access-control-allow-origin: https://a.test",
                "access-control-expose-headers: etag",
                "vary: accept, origin",
            ]
        );
        let mut answer = HttpResponse::default();
        cors(&["*"]).apply(&headers(&[("origin", "https://a.test")]), &mut answer);
        assert!(shown(&answer).contains(&"access-control-allow-origin: *".to_owned()));
        assert!(!answer.headers().contains_key("vary"));
        let mut answer = HttpResponse::default();
        cors(&["https://*"]).apply(&headers(&[("origin", "http://a.test")]), &mut answer);
        assert_eq!(shown(&answer), ["vary: origin"]);
    }
}
