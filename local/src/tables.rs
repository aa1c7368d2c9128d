//! The template's tables alone, for functions that run elsewhere.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use template::Template;
use template::aws::REGION;

use crate::drain;
use crate::dynamodb::{Data, DynamoDb, Listening};
use crate::{Error, Limits, Log};

/// The embedded DynamoDB with the template's tables, and nothing else.
#[derive(Debug)]
pub struct Tables {
    dynamodb: DynamoDb,
    names: Vec<String>,
    variables: BTreeMap<String, String>,
    limits: Limits,
    log: Log,
}

impl Tables {
    /// Reads the template, opens the data and listens; port 0 takes a free one. Requests may come for
    /// loopback, the address, and `hosts`.
    ///
    /// # Errors
    /// One sentence for the person who started it: a template or a database that cannot be used, a port that
    /// is taken.
    pub async fn start(
        template: &Path,
        data: Data,
        (address, hosts): (SocketAddr, Vec<String>),
        log: Log,
    ) -> Result<Self, Error> {
        let Template { functions, tables, .. } = Template::read(template)?;
        let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
        let dynamodb = {
            let limits = Limits::default();
            DynamoDb::start(data, Listening { address, hosts, limits }, tables, log.clone()).await?
        };
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
        Ok(Self { dynamodb, names, variables, limits: Limits::default(), log })
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

    /// Takes no further request, and waits for those that are under way, as
    /// [`Server::drain`](crate::Server::drain) does.
    pub async fn drain(&self) {
        drain::told(self.dynamodb.requests(), &self.limits, &self.log, self.dynamodb.drain()).await;
    }

    /// Closes every connection and the database file.
    pub async fn shutdown(self) {
        self.dynamodb.shutdown().await;
    }
}
