//! What each module of routes adds to the tests that walk all routes.
//!
//! A module is named by the first part of its paths below `/api`. A new one is one more element of
//! [`ROUTES`], or of [`RESOURCES`] if it is a resource; one that goes takes its element along.

use serde_json::Value;
use testkit::{Api, contract::Node};

use crate::{app::APP, resources::RESOURCES};

/// The modules of routes that are no resource's.
pub(crate) const ROUTES: &[Route] = &[
    crate::auth::ROUTE,
    crate::echo::ROUTE,
    crate::fallback::ROUTE,
    crate::form::ROUTE,
    crate::hello::ROUTE,
    crate::page::ROUTE,
    crate::search::ROUTE,
    crate::web::ROUTE,
];

/// An event by its file's name, the status and the body that it is answered.
pub(crate) type Event = (&'static str, u16, Value);
/// A limit by its place in openapi.yaml.
pub(crate) type Limit = (&'static str, Value);
/// A route with what it says if the database fails.
pub(crate) type Failure = (&'static str, &'static str, &'static str);

/// What the tests of all routes know of the routes of one module.
pub(crate) struct Route {
    /// Their events, see [`crate::events`].
    pub(crate) events: fn() -> Vec<Event>,
    /// The limits of their rules.
    pub(crate) limits: fn() -> Vec<Limit>,
    /// What each says if the database fails.
    pub(crate) failures: &'static [Failure],
    /// Requests that call DynamoDB in every way that they do, see [`crate::permissions`].
    pub(crate) tour: fn(&Api),
}

impl Route {
    /// One that has neither events, nor limits, nor a database.
    pub(crate) const PLAIN: Self = Self { events: Vec::new, limits: Vec::new, failures: &[], tour: |_| {} };
}

/// All events of this API, those of one module in an order in which each finds what it needs.
pub(crate) fn events() -> Vec<Event> {
    let of_resources = RESOURCES.iter().flat_map(|resource| (resource.events)());
    of_resources.chain(ROUTES.iter().flat_map(|route| (route.events)())).collect()
}

/// All limits of this API.
pub(crate) fn limits() -> Vec<Limit> {
    let of_resources = RESOURCES.iter().flat_map(|resource| (resource.limits)());
    of_resources.chain(ROUTES.iter().flat_map(|route| (route.limits)())).collect()
}

/// All failures of this API.
pub(crate) fn failures() -> impl Iterator<Item = &'static Failure> {
    let of_resources = RESOURCES.iter().flat_map(|resource| resource.failures);
    of_resources.chain(ROUTES.iter().flat_map(|route| route.failures))
}

/// An operation of openapi.yaml as a request.
pub(crate) struct Operation {
    /// In capitals.
    pub(crate) method: String,
    /// With 1 for each parameter: the first item, if there is one.
    pub(crate) path: String,
    /// Each parameter of its query with a value, such as `limit=1`.
    pub(crate) queries: Vec<String>,
    /// Whether it reads a body of JSON.
    pub(crate) reads_json: bool,
    /// Whether it wants a token where keys are configured.
    pub(crate) wants_token: bool,
}

/// Every operation of openapi.yaml.
pub(crate) fn operations() -> Vec<Operation> {
    let operation = |(path, method, described): (&str, &str, Node<'_>)| {
        let content = described.child("requestBody").and_then(|body| body.child("content"));
        let security = described.value["security"].as_array().cloned().unwrap_or_default();
        Operation {
            method: method.to_uppercase(),
            path: with_first_item(path),
            queries: queries(&described),
            reads_json: content.is_some_and(|content| content.value.get("application/json").is_some()),
            wants_token: security.iter().any(|scheme| scheme.get("bearer").is_some()),
        }
    };
    APP.contract().operations().into_iter().map(operation).collect()
}

/// Whether there is such an operation: a resource may do without `PUT`.
pub(crate) fn is_operation(method: &str, path: &str) -> bool {
    operations().iter().any(|operation| operation.method == method && operation.path == path)
}

fn queries(operation: &Node<'_>) -> Vec<String> {
    let parameters = operation.child("parameters").map(|parameters| parameters.items()).unwrap_or_default();
    let of_query = parameters.into_iter().filter(|parameter| parameter.text("in") == Some("query"));
    let query = |parameter: Node<'_>| {
        let name = parameter.text("name").unwrap_or_default();
        let schema = parameter.child("schema").map(|schema| schema.value.clone()).unwrap_or_default();
        let value = match (schema["enum"][0].as_str(), schema["type"].as_str()) {
            (Some(value), _) => value,
            (None, Some("boolean")) => "true",
            (None, Some("integer" | "number")) => "1",
            _ => "a",
        };
        format!("{name}={value}")
    };
    of_query.map(query).collect()
}

fn with_first_item(path: &str) -> String {
    let segments = path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
