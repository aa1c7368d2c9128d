//! What the stand-ins for API Gateway and Lambda send differently, all of it in one place.
//!
//! | tool | what differs |
//! |---|---|
//! | `cargo lambda watch` | `rawQueryString` is null where there is no query |
//! | `cargo lambda watch` | the deadline holds the time that is left, not a point in time |
//! | `sam local start-api` | names of headers keep the case in which the caller wrote them |

use std::{
    collections::HashMap,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Deserializer};

/// More than any function may take.
const A_DAY: Duration = Duration::from_hours(24);

/// What is left until a deadline. One that lies in 1970 is no deadline but the time that is left.
pub(crate) fn time_left(deadline: SystemTime) -> Duration {
    let since_1970 = deadline.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    if since_1970 < A_DAY {
        since_1970
    } else {
        deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }
}

/// A header's value by its name in lower case, as API Gateway sends names, or else by the name in any case.
pub(crate) fn header<'a>(headers: &'a HashMap<String, String>, name: &str) -> Option<&'a str> {
    let in_any_case =
        || headers.iter().find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value));
    headers.get(name).or_else(in_any_case).map(String::as_str)
}

/// A text that may be null, which is as good as empty.
pub(crate) fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::http::{Event, Request};

    #[test]
    fn events_of_other_tools_are_read() {
        let event: Event = serde_json::from_value(json!({
            "rawPath": "/api/notes/1",
            "rawQueryString": null,
            "headers": {"If-Match": "\"0123456789abcdef\"", "Host": "localhost"},
            "requestContext": {"requestId": "the-id", "routeKey": "$default", "http": {"method": "GET"}},
        }))
        .unwrap();
        let request = Request::from(event);
        assert_eq!((request.raw_query(), request.query("limit")), ("", None));
        assert_eq!(request.header("if-match"), Some("\"0123456789abcdef\""));
        assert_eq!(request.header("if-none-match"), None);
    }

    #[test]
    fn a_deadline_is_a_time_or_what_is_left() {
        let minutes = Duration::from_mins(10);
        assert_eq!(time_left(SystemTime::UNIX_EPOCH + minutes), minutes);
        assert!((minutes / 2..=minutes).contains(&time_left(SystemTime::now() + minutes)));
        assert_eq!(time_left(SystemTime::now() - minutes), Duration::ZERO);
    }
}
