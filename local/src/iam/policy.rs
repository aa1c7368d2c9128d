//! Policies, and whether one allows something.
//! Source: "Policy evaluation logic" and "IAM JSON policy elements", AWS Identity and Access Management.

use template::{Policy, Statement};

use super::Permission;

/// One statement must allow it, and none deny it.
pub(super) fn allows(policy: &Policy, wanted: &Permission) -> bool {
    let mut about = policy.0.iter().filter(|statement| is_about(statement, wanted)).peekable();
    about.peek().is_some() && about.all(|statement| statement.allow)
}

/// What is allowed, each action on each resource.
pub(super) fn allowed(policy: &Policy) -> impl Iterator<Item = Permission> {
    let allows = policy.0.iter().filter(|statement| statement.allow);
    allows.flat_map(|statement| {
        statement.actions.iter().flat_map(|action| {
            let on = |resource: &String| Permission { action: action.clone(), resource: resource.clone() };
            statement.resources.iter().map(on)
        })
    })
}

fn is_about(statement: &Statement, wanted: &Permission) -> bool {
    let action = wanted.action.to_ascii_lowercase();
    let has = |patterns: &[String], text: &str| {
        patterns.iter().any(|pattern| matches(pattern.as_bytes(), text.as_bytes()))
    };
    let actions: Vec<_> = statement.actions.iter().map(|pattern| pattern.to_ascii_lowercase()).collect();
    has(&actions, &action) && has(&statement.resources, &wanted.resource)
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
    use template::{Policy, Statement};

    use super::Permission;

    fn statement(allow: bool, action: &str, resource: &str) -> Statement {
        Statement { allow, actions: vec![action.to_owned()], resources: vec![resource.to_owned()] }
    }

    fn allows(statements: &[Statement], action: &str, resource: &str) -> bool {
        let wanted = Permission { action: action.to_owned(), resource: resource.to_owned() };
        super::allows(&Policy(statements.to_vec()), &wanted)
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
