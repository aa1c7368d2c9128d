//! The permissions that a call to DynamoDB needs.
//! Source: "Actions, resources, and condition keys for Amazon DynamoDB", Service Authorization Reference.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Permission;
use crate::template::{ACCOUNT, REGION};

/// The parts of a request that say what it is about.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Call<'a> {
    #[serde(borrow)]
    table_name: Option<Cow<'a, str>>,
    index_name: Option<Cow<'a, str>>,
    /// Of a transaction: each an action and what it is about.
    #[serde(default)]
    transact_items: Vec<BTreeMap<Cow<'a, str>, Target<'a>>>,
    /// Of a batch: by table.
    #[serde(default)]
    request_items: BTreeMap<Cow<'a, str>, &'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Target<'a> {
    #[serde(borrow)]
    table_name: Option<Cow<'a, str>>,
    index_name: Option<Cow<'a, str>>,
}

/// What the caller's role must allow for this operation. Nothing where the request is no request at all: the database
/// says so itself.
pub(super) fn needed(operation: &str, body: &[u8]) -> Vec<Permission> {
    let Ok(call) = serde_json::from_slice::<Call<'_>>(body) else { return Vec::new() };
    if !call.transact_items.is_empty() {
        // A transaction needs the permissions of what is in it, and none of its own.
        let parts = call.transact_items.iter().flatten();
        return parts.filter_map(|(part, target)| on(transacted(part), target)).collect();
    }
    if !call.request_items.is_empty() {
        let tables = call.request_items.keys();
        return tables.map(|table| permission(operation, arn(table))).collect();
    }
    let Call { table_name, index_name, .. } = call;
    on(operation, &Target { table_name, index_name }).into_iter().collect()
}

fn transacted(part: &str) -> &str {
    match part {
        "Get" => "GetItem",
        "Put" => "PutItem",
        "Update" => "UpdateItem",
        "Delete" => "DeleteItem",
        "ConditionCheck" => "ConditionCheckItem",
        other => other,
    }
}

fn on(operation: &str, target: &Target<'_>) -> Option<Permission> {
    let table = arn(target.table_name.as_deref()?);
    let resource = match &target.index_name {
        Some(index) => format!("{table}/index/{index}"),
        None => table,
    };
    Some(permission(operation, resource))
}

fn permission(operation: &str, resource: String) -> Permission {
    Permission { action: format!("dynamodb:{operation}"), resource }
}

/// A table may be named by its ARN, too.
fn arn(table: &str) -> String {
    if table.starts_with("arn:") {
        return table.to_owned();
    }
    format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}")
}

#[cfg(test)]
mod tests {
    use super::needed;

    fn texts(operation: &str, body: &str) -> Vec<String> {
        let short = |arn: &str| arn.rsplit_once(":table/").expect("a table's ARN").1.to_owned();
        let needed = needed(operation, body.as_bytes());
        needed.iter().map(|needed| format!("{} {}", needed.action, short(&needed.resource))).collect()
    }

    #[test]
    fn a_call_is_about_a_table_or_an_index_of_it() {
        let key = r#"{"Key": {"TableName": {"S": "no"}}, "TableName": "posts"}"#;
        assert_eq!(texts("GetItem", key), ["dynamodb:GetItem posts"]);
        let index = r#"{"TableName": "posts", "IndexName": "by-author"}"#;
        assert_eq!(texts("Query", index), ["dynamodb:Query posts/index/by-author"]);
        let arn = r#"{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/posts"}"#;
        assert_eq!(texts("Scan", arn), ["dynamodb:Scan posts"]);
    }

    #[test]
    fn a_transaction_needs_what_is_in_it_and_a_batch_its_tables() {
        let writes = r#"{"TransactItems": [{"Put": {"TableName": "posts", "Item": {}}},
            {"ConditionCheck": {"TableName": "tasks"}}, {"Delete": {"TableName": "posts"}}]}"#;
        assert_eq!(
            texts("TransactWriteItems", writes),
            ["dynamodb:PutItem posts", "dynamodb:ConditionCheckItem tasks", "dynamodb:DeleteItem posts"]
        );
        let batch = r#"{"RequestItems": {"posts": {"Keys": []}, "tasks": []}}"#;
        assert_eq!(
            texts("BatchGetItem", batch),
            ["dynamodb:BatchGetItem posts", "dynamodb:BatchGetItem tasks"]
        );
    }

    #[test]
    fn nonsense_needs_nothing_and_is_the_databases_to_refuse() {
        for body in ["", "[]", "{\"TableName\": 7}", "{}", "\u{0}"] {
            assert!(needed("GetItem", body.as_bytes()).is_empty(), "{body}");
        }
    }
}
