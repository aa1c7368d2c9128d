//! Tables of the template in a database that may have them already.

use std::collections::BTreeMap;

use dynoxide::Database;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use template::Table;

/// Creates the table if it is missing, and sets its time to live. A table that is there keeps its items, and
/// gets the template's global secondary indexes; its keys must be those of the template.
pub(crate) fn create_table(database: &Database, table: &Table) -> Result<(), String> {
    if let Ok(description) = database.describe_table(request(json!({"TableName": table.name}))?) {
        let existing = serde_json::to_value(description.table).map_err(|error| error.to_string())?;
        change_indexes(database, table, &shape(&existing), &shape(&table.definition))?;
    } else {
        let created = database.create_table(request(table.definition.clone())?);
        created.map_err(|error| error.to_string())?;
    }
    set_time_to_live(database, table)
}

/// Creates and deletes global secondary indexes, as a deployment would: what is in one is in the table.
fn change_indexes(
    database: &Database,
    table: &Table,
    existing: &Shape,
    wanted: &Shape,
) -> Result<(), String> {
    let absent = |of: &Shape, from: &Shape| -> Vec<String> {
        of.keys().filter(|name| !from.contains_key(*name)).cloned().collect()
    };
    let (gone, new) = (absent(existing, wanted), absent(wanted, existing));
    let is_kept = existing.iter().all(|(name, value)| wanted.get(name).is_none_or(|other| other == value));
    if !is_kept || gone.iter().chain(&new).any(|name| !name.starts_with(GLOBAL)) {
        let reason = "it has other keys or indexes than the template; move its data away to start anew";
        return Err(reason.to_owned());
    }
    let update = |mut change: Value| {
        change["TableName"] = table.name.as_str().into();
        database.update_table(request(change)?).map_err(|error| error.to_string())
    };
    for index in gone.iter().filter_map(|name| name.strip_prefix(GLOBAL)) {
        let delete = json!({"Delete": {"IndexName": index.trim_start()}});
        update(json!({"GlobalSecondaryIndexUpdates": [delete]}))?;
    }
    let indexes = list(&table.definition, GLOBAL).iter();
    for index in indexes.filter(|index| new.contains(&name(GLOBAL, index))) {
        let types = &table.definition["AttributeDefinitions"];
        update(json!({"AttributeDefinitions": types, "GlobalSecondaryIndexUpdates": [{"Create": index}]}))?;
    }
    Ok(())
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

/// What makes two tables the same to a function: its keys and their types, by an empty name, and those of
/// each index, by its kind and name.
type Shape = BTreeMap<String, String>;

const GLOBAL: &str = "GlobalSecondaryIndexes";
const LOCAL: &str = "LocalSecondaryIndexes";

fn shape(table: &Value) -> Shape {
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
    for kind in [GLOBAL, LOCAL] {
        for index in list(table, kind) {
            let projection = text(&index["Projection"], "ProjectionType");
            let mut others: Vec<_> =
                list(&index["Projection"], "NonKeyAttributes").iter().map(Value::to_string).collect();
            others.sort();
            let value = format!("{} {projection} {}", keys(index), others.join(", "));
            shape.insert(name(kind, index), value);
        }
    }
    shape
}

fn name(kind: &str, index: &Value) -> String {
    format!("{kind} {}", text(index, "IndexName"))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
