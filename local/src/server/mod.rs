//! Gateway, functions and database of one template, started and ended together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use hyper::Request;
use tokio_util::task::AbortOnDropHandle;

use crate::dynamodb::{Data, DynamoDb};
use crate::gateway::Gateway;
use crate::lambda::{Definition, Function, Lambda};
use crate::template::{self, Template};
use crate::{Error, Limits, Log};

/// What to serve, and how. `Config::default()` is a test's: the folder's template, any free port, no data kept.
#[derive(Debug, Clone)]
pub struct Config {
    /// The SAM template.
    pub template: PathBuf,
    /// The compiled functions.
    pub binaries: Binaries,
    /// Where the tables live.
    pub data: Data,
    /// The gateway's port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The database's port on 127.0.0.1; 0 takes a free one.
    pub dynamodb_port: u16,
    /// Variables of the shell that take the place of the template's: those that the template declares for a function,
    /// and the two that tell it how to log, no others. As with `sam local` ("Environment variables", AWS SAM CLI).
    pub shell: BTreeMap<String, String>,
    /// Variables for every function, over those of the template and of Lambda.
    pub environment: BTreeMap<String, String>,
    /// Times and numbers.
    pub limits: Limits,
    /// Where requests, the functions' output and their faults are told.
    pub log: Log,
}

/// The compiled functions, by the names that the template gives them (`Metadata.BuildProperties.Binary`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binaries {
    /// All in one folder, such as `target/debug`.
    Folder(PathBuf),
    /// Each by name.
    Paths(BTreeMap<String, PathBuf>),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            template: "template.yaml".into(),
            binaries: Binaries::Paths(BTreeMap::new()),
            data: Data::Memory,
            port: 0,
            dynamodb_port: 0,
            shell: BTreeMap::new(),
            environment: BTreeMap::new(),
            limits: Limits::default(),
            log: Log::default(),
        }
    }
}

/// How a function logs, which on AWS is its `LoggingConfig` and here the shell's.
const LOG_SETTINGS: [&str; 2] = ["AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_LOG_FORMAT"];

/// A running server. Dropping it kills the functions and closes the rest without waiting.
#[derive(Debug)]
pub struct Server {
    serving: AbortOnDropHandle<()>,
    gateway: Arc<Gateway>,
    lambda: Lambda,
    dynamodb: DynamoDb,
    functions: Vec<Named>,
    tables: Vec<String>,
}

/// A function under every name it goes by.
#[derive(Debug)]
struct Named {
    names: [String; 4],
    routes: Vec<template::Route>,
    function: Function,
}

impl Server {
    /// Reads the template, opens the data and listens. Functions start with their first request.
    ///
    /// # Errors
    /// One sentence for the person who started it: a template or a database that cannot be used, a binary that
    /// is missing, a port that is taken.
    pub async fn start(config: Config) -> Result<Self, Error> {
        let template = Template::read(&config.template)?;
        let binaries = binaries(&template, &config.binaries)?;
        let listener = crate::listen(config.port);
        let listener = listener.map_err(|error| crate::cannot_listen(config.port, "--port", &error))?;
        let port = listener.local_addr().map_err(|error| Error::new(error.to_string()))?.port();
        let tables: Vec<_> = template.tables.iter().map(|table| table.name.clone()).collect();
        let dynamodb =
            DynamoDb::start(config.data, config.dynamodb_port, template.tables, config.log.clone()).await?;
        let lambda = Lambda::start()?;
        let mut functions = Vec::with_capacity(template.functions.len());
        for (function, binary) in template.functions.into_iter().zip(binaries) {
            let mut environment =
                BTreeMap::from([("AWS_ENDPOINT_URL_DYNAMODB".to_owned(), dynamodb.url.clone())]);
            environment.extend(function.environment.into_iter().map(|(name, value)| {
                let value = config.shell.get(&name).cloned().unwrap_or(value);
                (name, value)
            }));
            environment.extend(
                LOG_SETTINGS.iter().filter_map(|name| {
                    config.shell.get(*name).map(|value| ((*name).to_owned(), value.clone()))
                }),
            );
            environment.extend(config.environment.clone());
            let definition = Definition {
                name: function.name.clone(),
                label: function.label.clone(),
                binary,
                timeout: function.timeout,
                memory_mb: function.memory_mb,
                environment,
                limits: config.limits.clone(),
                log: config.log.clone(),
            };
            functions.push(Named {
                names: [function.name, function.label, function.id, function.binary],
                routes: function.routes,
                function: lambda.function(definition),
            });
        }
        let routes: Vec<_> = functions
            .iter()
            .flat_map(|named| named.routes.iter().map(|route| (route.clone(), named.function.clone())))
            .collect();
        let gateway = Arc::new(Gateway::new(routes, template.cors, (port, config.limits, config.log))?);
        let serving = AbortOnDropHandle::new(tokio::spawn(Arc::clone(&gateway).serve(listener)));
        Ok(Self { serving, gateway, lambda, dynamodb, functions, tables })
    }

    /// The API, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.gateway.port)
    }

    /// The endpoint of the embedded DynamoDB. Any credentials will do.
    #[must_use]
    pub fn dynamodb_url(&self) -> &str {
        &self.dynamodb.url
    }

    /// The names of the tables.
    #[must_use]
    pub fn tables(&self) -> &[String] {
        &self.tables
    }

    /// A function by its name, its logical id in the template, or its binary's name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Function> {
        let named = self.functions.iter().find(|named| named.names.iter().any(|own| own == name));
        named.map(|named| &named.function)
    }

    /// Method, path and function of every route, by path; `$default` comes first and has no method.
    #[must_use]
    pub fn routes(&self) -> Vec<(&str, &str, &str)> {
        let all = self.functions.iter().flat_map(|named| {
            named.routes.iter().map(|route| match route {
                template::Route::Default => ("", "$default", named.function.label()),
                template::Route::Path { method, path } => {
                    (method.as_deref().unwrap_or("ANY"), path.as_str(), named.function.label())
                }
            })
        });
        let mut routes: Vec<_> = all.collect();
        routes.sort_unstable_by_key(|(method, path, _)| (*path, *method));
        routes
    }

    /// The event exactly as the gateway would send it for a request from 127.0.0.1, and the name of the
    /// function it would go to. `None` where no route takes the request.
    #[must_use]
    pub fn event(&self, request: Request<Bytes>) -> Option<(String, Bytes)> {
        self.gateway.event(request)
    }

    /// Ends everything: connections are closed, functions killed and reaped, the database file closed.
    pub async fn shutdown(self) {
        drop(self.serving);
        self.lambda.shutdown().await;
        self.dynamodb.shutdown().await;
    }
}

/// The binary of each function, in their order.
fn binaries(template: &Template, binaries: &Binaries) -> Result<Vec<PathBuf>, Error> {
    let find = |function: &template::Function| {
        let name = &function.binary;
        let path = match binaries {
            Binaries::Folder(folder) => Some(folder.join(name)),
            Binaries::Paths(paths) => paths.get(name).cloned(),
        };
        let path = path.filter(|path| path.is_file()).ok_or_else(|| {
            Error::new(format!("function {} needs the binary {name}, which was not built", function.id))
        })?;
        // A child has another working folder.
        std::path::absolute(Path::new(&path))
            .map_err(|error| Error::new(format!("{}: {error}", path.display())))
    };
    template.functions.iter().map(find).collect()
}
