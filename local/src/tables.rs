//! The template's tables alone, for functions that run elsewhere.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use crate::dynamodb::{Data, DynamoDb};
use crate::template::{REGION, Template};
use crate::{Error, Log};

/// The embedded DynamoDB with the template's tables, and nothing else.
#[derive(Debug)]
pub struct Tables {
    dynamodb: DynamoDb,
    names: Vec<String>,
    variables: BTreeMap<String, String>,
}

impl Tables {
    /// Reads the template, opens the data and listens; port 0 takes a free one.
    ///
    /// # Errors
    /// One sentence for the person who started it: a template or a database that cannot be used, a port that is taken.
    pub async fn start(template: &Path, data: Data, address: SocketAddr, log: Log) -> Result<Self, Error> {
        let Template { functions, tables, .. } = Template::read(template)?;
        let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
        let dynamodb = DynamoDb::start(data, address, tables, log).await?;
        let of_functions = functions.into_iter().flat_map(|function| function.environment);
        let mut variables: BTreeMap<_, _> =
            of_functions.filter(|(_, value)| names.iter().any(|name| name == value)).collect();
        let own = [
            ("AWS_ENDPOINT_URL_DYNAMODB", dynamodb.url.as_str()),
            ("AWS_REGION", REGION),
            // The SDKs ask for some, the database for none.
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
        ];
        variables.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
        Ok(Self { dynamodb, names, variables })
    }

    /// The endpoint for clients on this machine.
    #[must_use]
    pub fn dynamodb_url(&self) -> &str {
        &self.dynamodb.url
    }

    /// The names of the tables.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What a function finds the database and its tables by.
    #[must_use]
    pub fn variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }

    /// Closes every connection and the database file.
    pub async fn shutdown(self) {
        self.dynamodb.shutdown().await;
    }
}
