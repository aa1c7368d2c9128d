//! `AWS::DynamoDB::Table`, as the request that creates it.

use serde_json::{Map, Value};

use crate::resource::Resource;

/// A table of the template.
#[derive(Debug)]
pub struct Table {
    /// `TableName`, else the logical id.
    pub name: String,
    /// The body of `CreateTable`.
    pub definition: Value,
    /// The attribute that holds the time to live, where that is switched on.
    pub time_to_live: Option<String>,
}

/// What a table's own properties and `CreateTable` have in common, name by name.
const SHARED: [&str; 6] = [
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
    "ProvisionedThroughput",
];

/// The part of an index that `CreateTable` knows.
const INDEX: [&str; 4] = ["IndexName", "KeySchema", "Projection", "ProvisionedThroughput"];

pub(crate) fn read(resources: &[Resource<'_>]) -> Result<Vec<Table>, String> {
    resources.iter().filter(|resource| resource.kind == "AWS::DynamoDB::Table").map(table).collect()
}

fn table(resource: &Resource<'_>) -> Result<Table, String> {
    let name = resource.text("TableName")?.unwrap_or_else(|| resource.id.clone());
    let mut definition = Map::from_iter([("TableName".to_owned(), Value::from(name.clone()))]);
    for property in SHARED {
        let Some(mut value) = resource.get(property)? else { continue };
        if let (true, Value::Array(indexes)) = (property.ends_with("Indexes"), &mut value) {
            indexes.iter_mut().filter_map(Value::as_object_mut).for_each(|index| {
                index.retain(|key, _| INDEX.contains(&key.as_str()));
                index.get_mut("ProvisionedThroughput").into_iter().for_each(numbers);
            });
        }
        if property == "ProvisionedThroughput" {
            numbers(&mut value);
        }
        definition.insert(property.to_owned(), value);
    }
    // CloudFormation's own default, where neither is given, is PROVISIONED with a throughput to pay for.
    if !definition.contains_key("BillingMode") && !definition.contains_key("ProvisionedThroughput") {
        definition.insert("BillingMode".to_owned(), "PAY_PER_REQUEST".into());
    }
    let time_to_live = resource.get("TimeToLiveSpecification")?.filter(|specification| {
        let enabled = &specification["Enabled"];
        enabled == &Value::Bool(true) || enabled == "true"
    });
    let time_to_live = time_to_live.map(|specification| {
        let attribute = specification["AttributeName"].as_str().map(str::to_owned);
        attribute.ok_or_else(|| resource.fault("TimeToLiveSpecification", "AttributeName is needed"))
    });
    Ok(Table { name, definition: Value::Object(definition), time_to_live: time_to_live.transpose()? })
}

/// A parameter's default is text, `CreateTable` wants numbers.
fn numbers(throughput: &mut Value) {
    for value in throughput.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(number) = value.as_str().and_then(|text| text.parse::<u64>().ok()) {
            *value = number.into();
        }
    }
}
