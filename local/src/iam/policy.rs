//! Policies, and whether one allows something.
//! Source: "Policy evaluation logic" and "IAM JSON policy elements", AWS Identity and Access Management.

use super::Permission;

/// A statement with neither conditions nor exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// `Allow`; else it is a `Deny`.
    pub(crate) allow: bool,
    pub(crate) actions: Vec<String>,
    pub(crate) resources: Vec<String>,
}

/// All statements of a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Policy(pub(crate) Vec<Statement>);

impl Policy {
    /// One statement must allow it, and none deny it.
    pub(super) fn allows(&self, wanted: &Permission) -> bool {
        let mut about = self.0.iter().filter(|statement| statement.is_about(wanted)).peekable();
        about.peek().is_some() && about.all(|statement| statement.allow)
    }

    /// What is allowed, each action on each resource.
    pub(super) fn allowed(&self) -> impl Iterator<Item = Permission> {
        let allows = self.0.iter().filter(|statement| statement.allow);
        allows.flat_map(|statement| {
            statement.actions.iter().flat_map(|action| {
                let on =
                    |resource: &String| Permission { action: action.clone(), resource: resource.clone() };
                statement.resources.iter().map(on)
            })
        })
    }
}

impl Statement {
    fn is_about(&self, wanted: &Permission) -> bool {
        let action = wanted.action.to_ascii_lowercase();
        self.actions.iter().any(|pattern| matches(pattern.to_ascii_lowercase().as_bytes(), action.as_bytes()))
            && self.resources.iter().any(|pattern| matches(pattern.as_bytes(), wanted.resource.as_bytes()))
    }
}

/// `*` is any text, `?` any character.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, _) => text.is_empty(),
        (Some((b'*', rest)), _) => (0..=text.len()).any(|skipped| matches(rest, &text[skipped..])),
        (Some((expected, rest)), Some((found, text))) => {
            (expected == found || *expected == b'?') && matches(rest, text)
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Permission, Policy, Statement};

    fn statement(allow: bool, action: &str, resource: &str) -> Statement {
        Statement { allow, actions: vec![action.to_owned()], resources: vec![resource.to_owned()] }
    }

    fn allows(statements: &[Statement], action: &str, resource: &str) -> bool {
        let wanted = Permission { action: action.to_owned(), resource: resource.to_owned() };
        Policy(statements.to_vec()).allows(&wanted)
    }

    #[test]
    fn what_is_not_allowed_is_refused() {
        let get = [statement(true, "dynamodb:GetItem", "arn:table/posts")];
        assert!(allows(&get, "dynamodb:GetItem", "arn:table/posts"));
        assert!(!allows(&get, "dynamodb:PutItem", "arn:table/posts"));
        assert!(!allows(&get, "dynamodb:GetItem", "arn:table/posts/index/by-author"));
        assert!(!allows(&get, "dynamodb:GetItem", "arn:table/post"));
        assert!(!allows(&[], "dynamodb:GetItem", "arn:table/posts"));
    }

    #[test]
    fn wildcards_are_for_texts_and_actions_have_no_case() {
        let any = [statement(true, "DynamoDB:Get*", "arn:table/p?sts*")];
        assert!(allows(&any, "dynamodb:GetItem", "arn:table/posts"));
        assert!(allows(&any, "dynamodb:GetItem", "arn:table/posts/index/by-author"));
        assert!(!allows(&any, "dynamodb:Query", "arn:table/posts"));
        assert!(!allows(&any, "dynamodb:GetItem", "arn:table/psts"));
    }

    #[test]
    fn a_deny_outweighs_every_allow() {
        let all = [statement(true, "*", "*"), statement(false, "dynamodb:DeleteItem", "*")];
        assert!(allows(&all, "dynamodb:GetItem", "arn:table/posts"));
        assert!(!allows(&all, "dynamodb:DeleteItem", "arn:table/posts"));
    }
}
