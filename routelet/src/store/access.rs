//! What a function may do in a table.
//!
//! The type of a store says it, so that a function has no calls that its permissions in template.yaml do not
//! allow, and its connection is opened by one of those that they do.

/// `get` and `exists`: `dynamodb:GetItem`. `list` and `count`: `dynamodb:GetItem`, `Query` and `Scan`, and
/// `Query` on the index of each filter that the model has.
#[derive(Debug)]
pub enum Read {}
/// `create`: `dynamodb:GetItem`, `UpdateItem` and `PutItem`.
#[derive(Debug)]
pub enum Create {}
/// `update`: `dynamodb:UpdateItem`.
#[derive(Debug)]
pub enum Update {}
/// `delete`: `dynamodb:DeleteItem`.
#[derive(Debug)]
pub enum Delete {}
