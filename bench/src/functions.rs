//! The functions of `template.yaml` as they ship, and the tables behind them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use local::{Binaries, Config, Data, Log, Server};
use loopback::{runtime_api, tls::Tls};
use tokio::runtime::Runtime;

use crate::folders::root;

/// What Lambda sets where the template asks for JSON and no level; `local` sets what a person reads.
const LOG_SETTINGS: [(&str, &str); 2] = [("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "INFO")];

/// A function of the template.
#[derive(Debug, Clone)]
pub(crate) struct FunctionBinary {
    /// Its binary's name, and its event's.
    pub(crate) name: String,
    pub(crate) binary: PathBuf,
    /// As Lambda sets it.
    pub(crate) environment: Vec<(String, String)>,
}

/// The release binaries, and a database for each rehearsal.
pub(crate) struct Functions {
    runtime: Runtime,
    binaries: Binaries,
    pub(crate) all: Vec<FunctionBinary>,
}

impl Functions {
    /// Those in `folder`, or else built as they are built for Lambda: by themselves, so that no other
    /// package's features get in.
    pub(crate) fn build(folder: Option<&Path>) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let binaries = if let Some(folder) = folder {
            Binaries::Folder(root().join(folder))
        } else {
            runtime.block_on(local::build::functions(&root().join("template.yaml"), true))?.into()
        };
        let mut functions = Self { runtime, binaries, all: Vec::new() };
        let all = functions.database()?.functions();
        functions.all = all;
        Ok(functions)
    }

    /// The functions of these names, or all.
    pub(crate) fn named(&self, names: &[String]) -> Result<Vec<FunctionBinary>> {
        if names.is_empty() {
            return Ok(self.all.clone());
        }
        names.iter().map(|name| self.named_one(name)).collect()
    }

    /// The function of this name.
    pub(crate) fn named_one(&self, name: &str) -> Result<FunctionBinary> {
        let found = self.all.iter().find(|function| function.name == name);
        found.cloned().with_context(|| {
            let names: Vec<_> = self.all.iter().map(|function| function.name.as_str()).collect();
            format!("there is no function {name}, but {}", names.join(", "))
        })
    }

    /// An empty database with the template's tables, in memory.
    pub(crate) fn database(&self) -> Result<Database<'_>> {
        let config = Config {
            template: root().join("template.yaml"),
            binaries: self.binaries.clone(),
            data: Data::Memory,
            log: Log::default(),
            environment: LOG_SETTINGS.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            ..Config::default()
        };
        Ok(Database { server: Some(self.runtime.block_on(Server::start(config))?), runtime: &self.runtime })
    }
}

/// The tables, and the functions that fill them.
pub(crate) struct Database<'r> {
    server: Option<Server>,
    runtime: &'r Runtime,
}

impl Database<'_> {
    fn server(&self) -> Result<&Server> {
        self.server.as_ref().context("the database has ended")
    }

    fn functions(&self) -> Vec<FunctionBinary> {
        let functions = self.server.iter().flat_map(Server::functions);
        let function = |(name, function): (String, local::lambda::Function)| FunctionBinary {
            name,
            binary: function.definition().binary.path().to_owned(),
            environment: function.environment().to_vec(),
        };
        functions.map(function).collect()
    }

    /// Its endpoint, without TLS.
    pub(crate) fn url(&self) -> Result<String> {
        Ok(self.server()?.dynamodb_url().to_owned())
    }

    /// Gives the function of this name its event, for what it writes.
    pub(crate) fn invoke(&self, function: &str) -> Result<()> {
        let server = self.server()?;
        let invoked =
            server.function(function).with_context(|| format!("there is no function {function}"))?;
        let outcome = self.runtime.block_on(invoked.invoke(event(function)?));
        let answer = outcome.result.map_err(|fault| anyhow::anyhow!("{function}: {fault:?}"))?;
        match runtime_api::status(&answer)? {
            200..300 => Ok(()),
            status => bail!("{function} answered {status}"),
        }
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            self.runtime.block_on(server.shutdown());
        }
    }
}

/// `events/<function>.json`
pub(crate) fn event(function: &str) -> Result<Vec<u8>> {
    let path = root().join(format!("events/{function}.json"));
    std::fs::read(&path).with_context(|| path.display().to_string())
}

impl FunctionBinary {
    /// Its environment with DynamoDB at `endpoint`.
    pub(crate) fn environment_at(&self, endpoint: &str, tls: &Tls) -> Vec<(String, String)> {
        let mut environment: Vec<_> = self
            .environment
            .iter()
            .filter(|(name, _)| name != "AWS_ENDPOINT_URL_DYNAMODB")
            .cloned()
            .collect();
        let bundle = tls.bundle.display().to_string();
        environment.extend(
            [
                ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
                ("AWS_CA_BUNDLE", &bundle),
                ("NODE_EXTRA_CA_CERTS", &bundle),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        environment
    }
}
