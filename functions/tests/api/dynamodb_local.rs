//! AWS's DynamoDB Local in place of the embedded database.
//!
//! It keeps a database for each access key ("DynamoDB local usage notes"), so every test has its own there,
//! too.

use std::{
    env, fs,
    path::Path,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};

/// The variable that says where it listens, such as `http://127.0.0.1:8000`.
const ENDPOINT: &str = "DYNAMODB_ENDPOINT";
/// What a table of the template and `CreateTable` have in common.
const SHARED: [&str; 4] = ["KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode"];

static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// An empty database of its own.
pub(crate) struct DynamoDbLocal {
    pub(crate) url: String,
    /// The access key, letters and digits.
    pub(crate) key: String,
}

impl DynamoDbLocal {
    /// One that is named in the environment, if any.
    pub(crate) fn new() -> Option<Self> {
        let url = env::var(ENDPOINT).ok()?;
        let number = DATABASES.fetch_add(1, Ordering::Relaxed);
        Some(Self { url, key: format!("test{}x{number}", process::id()) })
    }

    /// What functions find it by.
    pub(crate) fn variables(&self) -> [(String, String); 2] {
        [("AWS_ENDPOINT_URL_DYNAMODB", &self.url), ("AWS_ACCESS_KEY_ID", &self.key)]
            .map(|(name, value)| (name.to_owned(), value.clone()))
    }
}

/// What makes the template's tables, under the names that `local` gives them.
pub(crate) fn requests(template: &Path) -> Vec<(&'static str, Value)> {
    let template: yaml_serde::Value = yaml_serde::from_str(&fs::read_to_string(template).unwrap()).unwrap();
    let mut requests = Vec::new();
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if resource["Type"] != "AWS::DynamoDB::Table" {
            continue;
        }
        let named = |mut body: Value| {
            body["TableName"] = name.as_str().unwrap().into();
            body
        };
        let property = |key: &str| serde_json::to_value(&resource["Properties"][key]).unwrap();
        let table = SHARED.map(|key| (key.to_owned(), property(key)));
        let table = table.into_iter().filter(|(_, value)| !value.is_null()).collect();
        requests.push(("CreateTable", named(Value::Object(table))));
        let time_to_live = json!({"TimeToLiveSpecification": property("TimeToLiveSpecification")});
        requests.push(("UpdateTimeToLive", named(time_to_live)));
    }
    requests
}
