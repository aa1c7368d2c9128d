//! What a route reads of a resource: `posts.count`.

use minijinja::{Value, context};

use super::{Answer, Method, NewRoute};
use crate::{
    Error, Plan,
    project::{self, Resource},
};

/// A call of the store.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) resource: Resource,
    operation: Operation,
}

/// The calls that answer something by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Count,
    Exists,
    Get,
}

impl Call {
    /// Reads `posts.count`.
    pub(crate) fn read(plan: &Plan, text: &str, new: &NewRoute<'_>) -> Result<Self, Error> {
        let (name, operation) = text.split_once('.').unwrap_or((text, ""));
        let operation = match operation {
            "count" => Operation::Count,
            "exists" => Operation::Exists,
            "get" => Operation::Get,
            _ => {
                return Err(Error::Wrong(format!(
                    "{text:?} is no call of a store: a resource and count, exists or get, such as posts.count"
                )));
            }
        };
        if new.method != Method::Get {
            return Err(Error::Wrong(format!("{text} reads, so it is for a GET")));
        }
        let mut resources = project::resources(plan)?;
        let names =
            resources.iter().map(|resource| resource.name().to_owned()).collect::<Vec<_>>().join(", ");
        let index = resources.iter().position(|resource| resource.name() == name).ok_or_else(|| {
            Error::Wrong(match names.as_str() {
                "" => format!("there is no resource {name}, and no other either"),
                names => format!("there is no resource {name}; there are {names}"),
            })
        })?;
        if operation != Operation::Count && !new.path.parameters().any(|parameter| parameter == "id") {
            return Err(Error::Wrong(format!("{text} needs an {{id}} in the path")));
        }
        Ok(Self { resource: resources.swap_remove(index), operation })
    }

    /// What the handler calls the store, such as `posts`.
    pub(crate) fn binding(&self) -> &str {
        &self.resource.module
    }

    /// Such as `Posts`.
    pub(crate) fn store(&self) -> &str {
        &self.resource.store
    }

    /// Whether it may do what a list does, and not only get an item.
    pub(crate) fn is_list(&self) -> bool {
        self.operation == Operation::Count
    }

    pub(crate) fn values(&self) -> Value {
        context! {
            operation => match self.operation {
                Operation::Count => "count",
                Operation::Exists => "exists",
                Operation::Get => "get",
            },
            variable => self.binding(),
            store => self.store(),
            model => &self.resource.model,
            not_found => &self.resource.not_found,
        }
    }

    pub(super) fn answer(&self) -> Answer {
        let many = self.resource.name().replace('-', " ");
        let one = self.resource.not_found.trim_end_matches(" not found").to_lowercase();
        match self.operation {
            Operation::Count => Answer {
                words: format!("how many {many} there are"),
                json: String::new(),
                properties: "count: { type: integer, minimum: 0 }, more: { type: boolean }".to_owned(),
                required: "count, more".to_owned(),
                example: "count: 0, more: false".to_owned(),
            },
            Operation::Exists => Answer {
                words: format!("whether there is such a {one}"),
                json: String::new(),
                properties: "exists: { type: boolean }".to_owned(),
                required: "exists".to_owned(),
                example: "exists: false".to_owned(),
            },
            Operation::Get => Answer {
                words: format!("the {one}"),
                json: String::new(),
                properties: String::new(),
                required: String::new(),
                example: String::new(),
            },
        }
    }

    /// What is answered while there is no item: the status, and what `json!` takes.
    pub(crate) fn answer_of_none(&self) -> (u16, String) {
        match self.operation {
            Operation::Count => (200, r#"{"count": 0, "more": false}"#.to_owned()),
            Operation::Exists => (200, r#"{"exists": false}"#.to_owned()),
            Operation::Get => (404, format!("{{\"error\": {:?}}}", self.resource.not_found)),
        }
    }

    /// What is answered when there is one, where a test can know.
    pub(crate) fn answer_of_one(&self) -> Option<&'static str> {
        match self.operation {
            Operation::Count => Some(r#"{"count": 1, "more": false}"#),
            Operation::Exists => Some(r#"{"exists": true}"#),
            Operation::Get => None,
        }
    }
}
