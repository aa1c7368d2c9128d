//! A function's `Policies`, as far as they are about DynamoDB.

use serde_json::Value;

use crate::resource::Resource;

/// A statement with neither conditions nor exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `Allow`; else it is a `Deny`.
    pub allow: bool,
    /// Such as `dynamodb:GetItem`, where `*` and `?` stand for other characters.
    pub actions: Vec<String>,
    /// ARNs, with the same two.
    pub resources: Vec<String>,
}

/// All statements of a role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy(pub Vec<Statement>);

/// What the function's role may do in DynamoDB. None where the template alone does not tell: managed
/// policies, SAM's policy templates, conditions, a role that is made elsewhere.
pub(crate) fn read(resource: &Resource<'_>) -> Option<Policy> {
    if resource.raw("Role").is_some() {
        return None;
    }
    let mut statements = Vec::new();
    for document in resource.raw("Policies").map(list).unwrap_or_default() {
        for statement in list(document.get("Statement")?) {
            statements.extend(read_statement(resource, statement)?);
        }
    }
    Some(Policy(statements))
}

/// An empty list is a statement about something else.
fn read_statement(resource: &Resource<'_>, statement: &Value) -> Option<Option<Statement>> {
    if ["Condition", "NotAction", "NotResource"].iter().any(|key| statement.get(key).is_some()) {
        return None;
    }
    let texts = |key: &str| {
        let value = resource.resolve("Policies", statement.get(key)?).ok()??;
        list(&value).iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
    };
    let actions = texts("Action")?;
    let ours = |action: &String| action == "*" || action.to_ascii_lowercase().starts_with("dynamodb:");
    if !actions.iter().any(ours) {
        return Some(None);
    }
    let allow = texts("Effect")?.first()? == "Allow";
    Some(Some(Statement { allow, actions, resources: texts("Resource")? }))
}

/// Where IAM and SAM take one or several.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Policy, Statement};
    use crate::{Document, Template};

    fn read(properties: &str) -> Option<Policy> {
        let template = format!(
            "Resources:
  Table: {{Type: 'AWS::DynamoDB::Table', Properties: {{TableName: posts}}}}
  Queue: {{Type: 'AWS::SQS::Queue'}}
  F:
    Type: AWS::Serverless::Function
    Metadata: {{BuildProperties: {{Binary: f}}}}
    Properties: {properties}
"
        );
        let document = Document::parse(&template).unwrap();
        Template::of(&document, Path::new("app")).unwrap().functions.remove(0).policy
    }

    const ARN: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/posts";

    fn statement(actions: &[&str], resources: &[String]) -> Policy {
        let actions = actions.iter().map(|&action| action.to_owned()).collect();
        Policy(vec![Statement { allow: true, actions, resources: resources.to_vec() }])
    }

    #[test]
    fn one_or_several_of_each_and_what_they_refer_to() {
        let one = "{Policies: {Statement: {Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn}}}";
        assert_eq!(read(one), Some(statement(&["dynamodb:GetItem"], &[ARN.to_owned()])));
        let several =
            "{Policies: [{Statement: [{Effect: Allow, Action: ['dynamodb:GetItem', 'dynamodb:Query'],
            Resource: [!GetAtt Table.Arn, !Sub '${Table.Arn}/index/a']}]}]}";
        let resources = [ARN.to_owned(), format!("{ARN}/index/a")];
        assert_eq!(read(several), Some(statement(&["dynamodb:GetItem", "dynamodb:Query"], &resources)));
    }

    #[test]
    fn nothing_said_is_nothing_allowed() {
        assert_eq!(read("{}"), Some(Policy::default()));
        let other = "{Policies: [{Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn}]}]}";
        assert_eq!(read(other), Some(Policy::default()));
    }

    #[test]
    fn what_only_aws_can_tell_is_not_guessed() {
        for properties in [
            "{Role: 'arn:aws:iam::000000000000:role/mine'}",
            "{Policies: AmazonDynamoDBFullAccess}",
            "{Policies: [{DynamoDBReadPolicy: {TableName: !Ref Table}}]}",
            "{Policies: {Statement: {Effect: Allow, Action: 'dynamodb:*', Resource: !GetAtt Queue.Arn}}}",
            "{Policies: {Statement: {Effect: Allow, NotAction: 'sqs:*', Resource: '*'}}}",
        ] {
            assert_eq!(read(properties), None, "{properties}");
        }
    }
}
