//! AWS's DynamoDB Local in place of the embedded database.
//!
//! It keeps a database for each access key ("DynamoDB local usage notes"), so every test has its own there,
//! too.

use std::{
    env,
    path::Path,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};
use template::Template;

/// The variable that says where it listens, such as `http://127.0.0.1:8000`.
const ENDPOINT: &str = "DYNAMODB_ENDPOINT";

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
    let mut requests = Vec::new();
    for table in Template::read(template).unwrap().tables {
        requests.push(("CreateTable", table.definition));
        if let Some(attribute) = table.time_to_live {
            let specification = json!({"AttributeName": attribute, "Enabled": true});
            let body = json!({"TableName": table.name, "TimeToLiveSpecification": specification});
            requests.push(("UpdateTimeToLive", body));
        }
    }
    requests
}
