//! The permissions that a call to DynamoDB needs.
//! Source: "Actions, resources, and condition keys for Amazon DynamoDB", Service Authorization Reference.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use template::aws::table_arn;

use super::{Permission, partiql};

/// What the caller's role must allow for this operation. Where that is not clear it is `Err`, which no role
/// allows: an operation that is not known here, a body without what the operation is about, or one that two
/// readers might read in two ways.
pub(super) fn needed(operation: &str, body: &[u8]) -> Result<Vec<Permission>, Permission> {
    let needed = read(operation, body).filter(|needed| !needed.is_empty());
    needed.ok_or_else(|| permission(operation, "*".to_owned()))
}

/// Each operation has a shape of its own; members of another's do not count.
fn read(operation: &str, body: &[u8]) -> Option<Vec<Permission>> {
    match operation {
        "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "CreateTable" | "DescribeTable"
        | "UpdateTable" | "DeleteTable" | "DescribeTimeToLive" | "UpdateTimeToLive" => {
            let Table { table_name } = json(body)?;
            Some(vec![permission(operation, table(&table_name)?)])
        }
        "Query" | "Scan" | "SearchVectors" => {
            let Index { table_name, index_name } = json(body)?;
            Some(vec![permission(operation, index(&table_name, index_name.as_deref())?)])
        }
        "BatchGetItem" | "BatchWriteItem" => {
            let Batch { request_items } = json(body)?;
            request_items.0.keys().map(|name| Some(permission(operation, table(name)?))).collect()
        }
        // A transaction needs the permissions of what is in it, and none of its own.
        "TransactGetItems" | "TransactWriteItems" => {
            let Transaction { transact_items } = json(body)?;
            let parts = transact_items.into_iter().flat_map(|item| item.0);
            let parts = parts.map(|(part, target)| {
                let action = match (operation, part.as_ref()) {
                    ("TransactGetItems", "Get") => "GetItem",
                    ("TransactWriteItems", "Put") => "PutItem",
                    ("TransactWriteItems", "Update") => "UpdateItem",
                    ("TransactWriteItems", "Delete") => "DeleteItem",
                    ("TransactWriteItems", "ConditionCheck") => "ConditionCheckItem",
                    _ => return None,
                };
                Some(permission(action, table(&target.table_name)?))
            });
            parts.collect()
        }
        "ExecuteStatement" => statements([json::<Statement<'_>>(body)?]),
        "BatchExecuteStatement" => statements(json::<Statements<'_>>(body)?.statements),
        "ExecuteTransaction" => statements(json::<TransactStatements<'_>>(body)?.transact_statements),
        "TagResource" | "UntagResource" | "ListTagsOfResource" => {
            let Tagged { resource_arn } = json(body)?;
            Some(vec![permission(operation, table(&resource_arn)?)])
        }
        // They are about no table.
        "ListTables" | "ListStreams" => Some(vec![permission(operation, "*".to_owned())]),
        _ => None,
    }
}

fn statements<'a>(all: impl IntoIterator<Item = Statement<'a>>) -> Option<Vec<Permission>> {
    let read = |Statement { statement }: Statement<'_>| {
        let partiql::Statement { action, table, index: of } = partiql::read(&statement)?;
        Some(permission(action, index(&table, of.as_deref())?))
    };
    all.into_iter().map(read).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Table<'a> {
    #[serde(borrow)]
    table_name: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Index<'a> {
    #[serde(borrow)]
    table_name: Cow<'a, str>,
    index_name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Batch<'a> {
    #[serde(borrow)]
    request_items: Unique<'a, IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Transaction<'a> {
    #[serde(borrow)]
    transact_items: Vec<Unique<'a, Table<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    #[serde(borrow)]
    statement: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statements<'a> {
    #[serde(borrow)]
    statements: Vec<Statement<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TransactStatements<'a> {
    #[serde(borrow)]
    transact_statements: Vec<Statement<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Tagged<'a> {
    #[serde(borrow)]
    resource_arn: Cow<'a, str>,
}

/// An object, which serde would also read from an array. A member of a struct that comes twice is an error
/// already.
fn json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Option<T> {
    let is_object = body.trim_ascii_start().first() == Some(&b'{');
    if is_object { serde_json::from_slice(body).ok() } else { None }
}

/// An object in which no key comes twice: a reader may take the first or the last.
struct Unique<'a, V>(BTreeMap<Cow<'a, str>, V>);

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for Unique<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<'a, V>(PhantomData<(&'a (), V)>);

        impl<'de: 'a, 'a, V: Deserialize<'de>> Visitor<'de> for Object<'a, V> {
            type Value = Unique<'a, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<Cow<'de, str>, V>()? {
                    if all.insert(key, value).is_some() {
                        return Err(A::Error::custom("a key comes twice"));
                    }
                }
                Ok(Unique(all))
            }
        }

        deserializer.deserialize_map(Object(PhantomData))
    }
}

fn permission(operation: &str, resource: String) -> Permission {
    Permission { action: format!("dynamodb:{operation}"), resource }
}

/// The ARN of a table by its name, or by its ARN.
fn table(name: &str) -> Option<String> {
    let name = name.strip_prefix(&table_arn("")).unwrap_or(name);
    partiql::is_name(name).then(|| table_arn(name))
}

fn index(table_name: &str, index: Option<&str>) -> Option<String> {
    let table = table(table_name)?;
    match index {
        Some(index) => partiql::is_name(index).then(|| format!("{table}/index/{index}")),
        None => Some(table),
    }
}
