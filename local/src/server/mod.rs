//! Gateway, functions and database of one template, started and ended together.

mod config;
mod functions;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use hyper::Request;
use template::Template;

pub use self::config::{Binaries, Config};
use self::functions::Functions;
use crate::drain;
use crate::dynamodb::{self, DynamoDb, Listening};
use crate::gateway::{Api, Gateway};
use crate::http::{Connections, Hosts};
use crate::iam::{Enforcer, Permissions};
use crate::lambda::{Function, Lambda};
use crate::outdated::Outdated;
use crate::{Error, sockets};

/// A running server. Dropping it kills the functions and closes the rest without waiting.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    connections: Connections,
    gateway: Arc<Gateway>,
    lambda: Lambda,
    dynamodb: DynamoDb,
    enforcer: Enforcer,
    outdated: Arc<Outdated>,
    served: Mutex<Served>,
}

/// What is served until the next [`Server::reload`].
#[derive(Debug)]
struct Served {
    config: Config,
    functions: Functions,
    tables: Vec<String>,
}

impl Server {
    /// Reads the template, opens the data and listens. Functions start with their first request.
    ///
    /// # Errors
    /// One sentence for the person who started it: a template or a database that cannot be used, a binary
    /// that is missing, a port that is taken.
    pub async fn start(config: Config) -> Result<Self, Error> {
        let template = Template::read(&config.template)?;
        let runnable = functions::runnable(template.functions, &config.binaries)?;
        let address = SocketAddr::from((config.host, config.port));
        let listener = sockets::listen(address);
        let listener = listener.map_err(|error| sockets::cannot_listen(address, "--port", &error))?;
        let address = listener.local_addr().map_err(|error| Error::new(error.to_string()))?;
        let tables = names(&template.tables);
        let listening = Listening {
            address: config.dynamodb,
            hosts: config.allowed_hosts.clone(),
            limits: config.limits.clone(),
        };
        let dynamodb =
            DynamoDb::start(config.data.clone(), listening, template.tables, config.log.clone()).await?;
        let enforcer = Enforcer::start(dynamodb.door.clone(), &config.limits, &config.log)?;
        let lambda = Lambda::start()?;
        let functions = Functions::new(runnable, &config, &enforcer, &lambda, &Functions::default());
        enforcer.hold(functions.roles());
        let api = Api::new(functions.routes(), template.cors)?;
        let hosts = Hosts::new(address.ip(), &config.allowed_hosts);
        let outdated = Arc::default();
        let (limits, log) = (config.limits.clone(), config.log.clone());
        let gateway = Gateway::new(address.port(), hosts, api, Arc::clone(&outdated), limits, log);
        let gateway = Arc::new(gateway);
        let connections = Arc::clone(&gateway).serve(listener);
        let served = Mutex::new(Served { config, functions, tables });
        Ok(Self { address, connections, gateway, lambda, dynamodb, enforcer, outdated, served })
    }

    /// Serves what the template says now, with these binaries. Functions that are what they were keep their
    /// instances; those of the others end when they have answered. No request is lost: one that is under
    /// way ends as it began. Says which functions are new or changed.
    ///
    /// # Errors
    /// As for [`start`](Self::start); then everything stays as it was.
    pub async fn reload(&self, binaries: Binaries) -> Result<Vec<String>, Error> {
        let mut config = self.served().config.clone();
        config.binaries = binaries;
        let template = Template::read(&config.template)?;
        let runnable = functions::runnable(template.functions, &config.binaries)?;
        let tables = names(&template.tables);
        self.dynamodb.create_tables(template.tables).await?;
        let mut served = self.served();
        let functions = Functions::new(runnable, &config, &self.enforcer, &self.lambda, &served.functions);
        let api = Api::new(functions.routes(), template.cors)?;
        self.enforcer.hold(functions.roles());
        self.gateway.serve_instead(api);
        let before = std::mem::replace(&mut *served, Served { config, functions, tables });
        before.functions.missing_in(&served.functions).for_each(Function::retire);
        Ok(served.functions.missing_in(&before.functions).map(|new| new.label().to_owned()).collect())
    }

    /// The functions that requests wait for.
    pub(crate) fn outdated(&self) -> &Outdated {
        &self.outdated
    }

    /// The API for callers on this machine, such as `http://127.0.0.1:3000`.
    #[must_use]
    pub fn url(&self) -> String {
        dynamodb::url(self.address)
    }

    /// Where the API listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint of the embedded DynamoDB, for other tools. Any credentials will do, and may do anything.
    #[must_use]
    pub fn dynamodb_url(&self) -> &str {
        &self.dynamodb.url
    }

    /// The names of the tables.
    #[must_use]
    pub fn tables(&self) -> Vec<String> {
        self.served().tables.clone()
    }

    /// Each function with the name of its binary, in the order of the template.
    #[must_use]
    pub fn functions(&self) -> Vec<(String, Function)> {
        self.served()
            .functions
            .by_binary()
            .map(|(binary, function)| (binary.to_owned(), function.clone()))
            .collect()
    }

    /// A function by its name, its label, its logical id in the template, or its binary's name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<Function> {
        self.served().functions.find(name).cloned()
    }

    /// What a function, by any of its names, may do in DynamoDB, and what it has done so far.
    #[must_use]
    pub fn permissions(&self, function: &str) -> Option<Permissions> {
        self.served().functions.id(function).map(|id| self.enforcer.permissions(id))
    }

    /// Method, path and function of every route, by path; `$default` comes first and has no method.
    #[must_use]
    pub fn routes(&self) -> Vec<(String, String, String)> {
        let served = self.served();
        let all = served.functions.routes().map(|(route, function)| {
            let (method, path) = match route {
                template::Route::Default => ("", "$default"),
                template::Route::Path { method, path } => (method.as_deref().unwrap_or("ANY"), path.as_str()),
            };
            (method.to_owned(), path.to_owned(), function.label().to_owned())
        });
        let mut routes: Vec<_> = all.collect();
        routes.sort_unstable_by(|one, two| (&one.1, &one.0).cmp(&(&two.1, &two.0)));
        routes
    }

    /// The event exactly as the gateway would send it for a request from 127.0.0.1, and the name of the
    /// function it would go to. `None` where no route takes the request.
    #[must_use]
    pub fn event(&self, request: Request<Bytes>) -> Option<(String, Bytes)> {
        self.gateway.event(request)
    }

    /// Takes no further request, and waits until those that are under way have their answers: as long as
    /// [`Limits::last_requests`](crate::Limits::last_requests) says, and not at all where there are none.
    pub async fn drain(&self) {
        let Config { limits, log, .. } = self.served().config.clone();
        let (api, database) = (self.connections.requests(), self.dynamodb.requests());
        drain::told(api + database, &limits, &log, async {
            tokio::join!(self.connections.drain(), self.dynamodb.drain());
        })
        .await;
    }

    /// Ends everything at once: connections are closed, functions killed and reaped, the database file
    /// closed.
    pub async fn shutdown(self) {
        drop(self.connections);
        self.lambda.shutdown().await;
        drop(self.enforcer);
        self.dynamodb.shutdown().await;
    }

    fn served(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn names(tables: &[template::Table]) -> Vec<String> {
    tables.iter().map(|table| table.name.clone()).collect()
}
