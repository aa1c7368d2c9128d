//! An event of `events/`, as API Gateway would send it.

use minijinja::{Value, context};
use serde_json::json;

use crate::{Error, Plan, render::render};

/// A request that an event is made of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Event<'a> {
    pub(crate) method: &'a str,
    /// The path of the route, such as `/api/posts/{id}`.
    pub(crate) route: &'a str,
    /// The path of the request, such as `/api/posts/1`.
    pub(crate) path: &'a str,
    /// The names and values of the path's parameters.
    pub(crate) parameters: &'a [(&'a str, &'a str)],
    /// A body of JSON.
    pub(crate) body: Option<&'a str>,
}

impl Event<'_> {
    /// Adds it to the plan, for the function of this name. Its ids are not those of another event.
    pub(crate) fn create(&self, plan: &mut Plan, function: &str) -> Result<(), Error> {
        let number = plan.files_in("events")?.len() + 1;
        let text = self.text(number)?;
        plan.create(format!("events/{function}.json"), text)
    }

    fn text(&self, number: usize) -> Result<String, Error> {
        render(
            include_str!("../templates/event.json"),
            context! {
                method => self.method,
                route => self.route,
                path => self.path,
                parameters => self.parameters.iter().map(|(name, value)| Value::from(vec![(*name).to_owned(), (*value).to_owned()])).collect::<Value>(),
                body => self.body,
                length => self.body.map(str::len),
                quoted_body => self.body.map(|body| json!(body).to_string()),
                trace => format!("{number:024x}"),
                id => format!("KkX{number:02}hXpDoEEJQg="),
            },
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Those that are there were written by hand, after what API Gateway sends.
    #[test]
    fn an_event_has_the_parts_of_those_that_are_there() {
        let sent = Event { method: "GET", route: "/a", path: "/a", ..Event::default() };
        let own: serde_json::Value = serde_json::from_str(&sent.text(1).unwrap()).unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../events");
        let mut compared = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let other: serde_json::Value = serde_json::from_str(&text).unwrap();
            if other["requestContext"]["http"]["method"] == "GET" && other["rawQueryString"] == "" {
                let keys = |event: &serde_json::Value, part: &str| -> Vec<String> {
                    event.pointer(part).unwrap().as_object().unwrap().keys().cloned().collect()
                };
                for part in ["/requestContext", "/requestContext/http"] {
                    assert_eq!(keys(&own, part), keys(&other, part));
                }
                compared += 1;
            }
        }
        assert!(compared > 0, "there is no event of a GET in {folder}");
    }

    #[test]
    fn a_body_and_parameters_are_json() {
        let event = Event {
            method: "PUT",
            route: "/api/notes/{id}/{part}",
            path: "/api/notes/1/a",
            parameters: &[("id", "1"), ("part", "a")],
            body: Some(r#"{"title":"\"é\""}"#),
        };
        let read: serde_json::Value = serde_json::from_str(&event.text(2).unwrap()).unwrap();
        assert_eq!(read["pathParameters"]["part"], "a");
        assert_eq!(read["body"], r#"{"title":"\"é\""}"#);
        assert_eq!(read["headers"]["content-length"], "18", "bytes");
    }
}
