//! Tables of the template in a database that may have them already.

use std::collections::BTreeMap;

use dynoxide::Database;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use template::Table;

/// Creates the table if it is missing, and sets its time to live. A table that is there is kept as it is, so
/// it must have the template's keys and indexes.
pub(crate) fn create_table(database: &Database, table: &Table) -> Result<(), String> {
    if let Ok(description) = database.describe_table(request(json!({"TableName": table.name}))?) {
        let existing = serde_json::to_value(description.table).map_err(|error| error.to_string())?;
        if shape(&existing) != shape(&table.definition) {
            let reason = "it has other keys or indexes than the template; move its data away to start anew";
            return Err(reason.to_owned());
        }
    } else {
        let created = database.create_table(request(table.definition.clone())?);
        created.map_err(|error| error.to_string())?;
    }
    set_time_to_live(database, table)
}

fn set_time_to_live(database: &Database, table: &Table) -> Result<(), String> {
    let described = database.describe_time_to_live(request(json!({"TableName": table.name}))?);
    let described = described.map_err(|error| error.to_string())?;
    let described = serde_json::to_value(described).map_err(|error| error.to_string())?;
    let existing = described["TimeToLiveDescription"]["AttributeName"].as_str();
    if existing == table.time_to_live.as_deref() {
        return Ok(());
    }
    let changes = existing.map(|old| (old, false)).into_iter();
    for (attribute, enabled) in changes.chain(table.time_to_live.as_deref().map(|new| (new, true))) {
        let specification = json!({"AttributeName": attribute, "Enabled": enabled});
        let change = json!({"TableName": table.name, "TimeToLiveSpecification": specification});
        database.update_time_to_live(request(change)?).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A request as it would come over the wire, so that the database checks it as it checks those.
fn request<T: DeserializeOwned>(body: Value) -> Result<T, String> {
    serde_json::from_value(body).map_err(|error| error.to_string().replace("VALIDATION:", ""))
}

/// What makes two tables the same to a function: keys, their types, indexes.
fn shape(table: &Value) -> BTreeMap<String, String> {
    let types: BTreeMap<_, _> = list(table, "AttributeDefinitions")
        .iter()
        .map(|attribute| (text(attribute, "AttributeName"), text(attribute, "AttributeType")))
        .collect();
    let keys = |owner: &Value| {
        let mut keys: Vec<_> = list(owner, "KeySchema")
            .iter()
            .map(|key| {
                let name = text(key, "AttributeName");
                format!("{} {name} {}", text(key, "KeyType"), types.get(&name).cloned().unwrap_or_default())
            })
            .collect();
        keys.sort();
        keys.join(", ")
    };
    let mut shape = BTreeMap::from([(String::new(), keys(table))]);
    for kind in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        for index in list(table, kind) {
            let projection = text(&index["Projection"], "ProjectionType");
            let mut others: Vec<_> =
                list(&index["Projection"], "NonKeyAttributes").iter().map(Value::to_string).collect();
            others.sort();
            let value = format!("{} {projection} {}", keys(index), others.join(", "));
            shape.insert(format!("{kind} {}", text(index, "IndexName")), value);
        }
    }
    shape
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
