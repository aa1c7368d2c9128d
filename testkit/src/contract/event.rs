//! A function's event and its response, payload format 2.0, as an exchange.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

use super::{
    document::Document,
    exchange::{Exchange, Request, Response},
};

impl Document {
    /// Fails the test if what a function answered to an event contradicts the document.
    #[track_caller]
    pub fn assert_holds_of_invocation(&self, event: &Value, response: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = |value: &Value| -> Vec<(String, String)> {
            value.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), text(value))).collect()
        };
        let (path, query) = (text(&event["rawPath"]), text(&event["rawQueryString"]));
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let sent = fields(&event["headers"]);
        let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answered: HeaderMap = fields(&response["headers"])
            .iter()
            .map(|(name, value)| (HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        self.assert_holds(&Exchange {
            request: Request {
                method: event["requestContext"]["http"]["method"].as_str().unwrap(),
                target: &target,
                headers: &sent,
                body: &body(event),
            },
            response: Response {
                status: u16::try_from(response["statusCode"].as_u64().unwrap()).unwrap(),
                headers: &answered,
                body: &body(response),
            },
        });
    }
}

fn body(of: &Value) -> Vec<u8> {
    let text = of["body"].as_str().unwrap_or_default();
    if of["isBase64Encoded"] == true { BASE64_STANDARD.decode(text).unwrap() } else { text.into() }
}
