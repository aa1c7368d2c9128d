//! What a function's role may do in DynamoDB, held as IAM holds it.
//!
//! A function reaches the database through an enforcer, which knows it by its access key, as AWS does, and
//! refuses what its `Policies` in the template do not allow, and whatever it does not understand. So a
//! permission that is missing fails here as it would there; one that is left over is what [`Permissions`]
//! tells.

mod call;
mod enforcer;
mod partiql;
mod policy;

use std::collections::BTreeSet;

pub(crate) use self::enforcer::{Enforcer, Role};

/// An action on a resource, such as `dynamodb:GetItem` on a table's ARN. In a policy both may hold `*` and
/// `?`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    /// The action, with its service.
    pub action: String,
    /// The ARN of a table or an index.
    pub resource: String,
}

/// What a function may do in DynamoDB, and what it has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    /// What the template allows, one by one.
    pub allowed: BTreeSet<Permission>,
    /// What the function has needed since the server was started.
    pub used: BTreeSet<Permission>,
}
