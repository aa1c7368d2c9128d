//! What a resource says of itself to the tests that walk all routes.

use testkit::Api;

use crate::routes::{Event, Failure, Limit};

/// A resource, as the tests of all routes use it.
#[allow(dead_code, reason = "an API without resources makes none")]
pub(crate) struct Resource {
    /// Where the collection is.
    pub(crate) path: &'static str,
    /// A body that makes an item.
    pub(crate) body: &'static str,
    /// What `x-needs` calls an item in openapi.yaml, the operation that makes one, and the example that it
    /// takes.
    pub(crate) example: (&'static str, &'static str, &'static str),
    /// What each of its routes says if the database fails.
    pub(crate) failures: &'static [Failure],
    /// The limits of its rules, by their place in openapi.yaml.
    pub(crate) limits: fn() -> Vec<Limit>,
    /// Its events, see [`crate::events`].
    pub(crate) events: fn() -> Vec<Event>,
    /// Requests that call DynamoDB otherwise than those of every resource, see [`crate::permissions`]. They
    /// are made while the table is empty, and again when it is not.
    pub(crate) tour: fn(&Api),
}
