//! What each resource adds to the tests that walk all routes.
//!
//! A new resource is one more line in [`RESOURCES`], and its own module says the rest; one that goes takes
//! both along.

use serde_json::Value;
use testkit::Api;

use crate::app::APP;

/// All resources of this API.
pub(crate) const RESOURCES: &[Resource] = &[crate::posts::RESOURCE, crate::tasks::RESOURCE];

/// A resource, as the tests of all routes use it.
#[allow(dead_code, reason = "an API without resources has none to make")]
pub(crate) struct Resource {
    /// Where the collection is.
    pub(crate) path: &'static str,
    /// A body that makes an item.
    pub(crate) body: &'static str,
    /// What `x-needs` calls an item in openapi.yaml, the operation that makes one, and the example that it
    /// takes.
    pub(crate) example: (&'static str, &'static str, &'static str),
    /// The limits of its rules, by their place in openapi.yaml.
    pub(crate) limits: fn() -> Vec<(&'static str, Value)>,
    /// Its events, see [`crate::events`].
    pub(crate) events: fn() -> Vec<(&'static str, u16, Value)>,
    /// Requests that call DynamoDB otherwise than those of every resource, see [`crate::permissions`]. They are
    /// made while the table is empty, and again when it is not.
    pub(crate) tour: fn(&Api),
}

/// Makes an item of each resource.
pub(crate) fn make_items(api: &Api) {
    for resource in RESOURCES {
        assert_eq!(api.post(resource.path, resource.body).status, 201, "{}", resource.path);
    }
}

/// How many items there are, by resource.
pub(crate) fn count_items(api: &Api) -> Vec<usize> {
    RESOURCES.iter().map(|resource| api.get(resource.path).json().as_array().unwrap().len()).collect()
}

/// The routes that read a JSON body; those of an item name the first.
pub(crate) fn with_json() -> Vec<(&'static str, String)> {
    let of_resources = RESOURCES.iter().flat_map(|resource| {
        let item = format!("{}/1", resource.path);
        [("POST", resource.path.to_owned()), ("PUT", item.clone()), ("PATCH", item)]
    });
    of_resources.chain([("POST", "/api/echo".to_owned())]).collect()
}

/// Every operation of openapi.yaml as a request, with an id that does not exist yet.
pub(crate) fn operations() -> Vec<(String, String)> {
    let operations = APP.contract().operations();
    operations
        .into_iter()
        .map(|(path, method, _)| (method.to_uppercase(), path.replace("{id}", "1")))
        .collect()
}
