//! The template's functions, as Lambda runs them and under every name they go by.

use std::collections::BTreeMap;

use template::FunctionResource;

use super::config::{Binaries, Config};
use crate::Error;
use crate::iam::{Enforcer, Role};
use crate::lambda::{Binary, Definition, Function, Lambda};

/// How a function logs, which on AWS is its `LoggingConfig` and here the shell's.
const LOG_SETTINGS: [&str; 2] = ["AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_LOG_FORMAT"];

#[derive(Debug, Default)]
pub(super) struct Functions(Vec<Named>);

/// Whichever of them a person uses, it is this function.
#[derive(Debug)]
struct Names {
    function: String,
    label: String,
    logical_id: String,
    binary: String,
}

/// A function of the template, and the file that runs it.
pub(super) struct Runnable {
    function: FunctionResource,
    binary: Binary,
}

#[derive(Debug)]
struct Named {
    names: Names,
    routes: Vec<template::Route>,
    role: Role,
    function: Function,
}

impl Functions {
    /// The functions of a template. One that is what it was `before` keeps its instances.
    pub(super) fn new(
        runnable: Vec<Runnable>,
        config: &Config,
        enforcer: &Enforcer,
        lambda: &Lambda,
        before: &Self,
    ) -> Self {
        let named = |Runnable { function, binary }| {
            let definition = Definition {
                name: function.name.clone(),
                label: function.label.clone(),
                binary,
                timeout: function.timeout,
                memory_mb: function.memory_mb,
                environment: environment(function.environment, config, enforcer.variables(&function.id)),
                limits: config.limits.clone(),
                log: config.log.clone(),
            };
            let same = before.0.iter().map(|named| &named.function).find(|before| before.is(&definition));
            Named {
                role: Role { id: function.id.clone(), name: function.name.clone(), policy: function.policy },
                names: Names {
                    function: function.name,
                    label: function.label,
                    logical_id: function.id,
                    binary: function.binary,
                },
                routes: function.routes,
                function: same.cloned().unwrap_or_else(|| lambda.function(definition)),
            }
        };
        Self(runnable.into_iter().map(named).collect())
    }

    pub(super) fn find(&self, name: &str) -> Option<&Function> {
        self.named(name).map(|named| &named.function)
    }

    /// The logical id of a function, by any of its names.
    pub(super) fn id(&self, name: &str) -> Option<&str> {
        self.named(name).map(|named| named.role.id.as_str())
    }

    fn named(&self, name: &str) -> Option<&Named> {
        self.0.iter().find(|named| named.names.has(name))
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = &Role> {
        self.0.iter().map(|named| &named.role)
    }

    /// Each with the name of its binary.
    pub(super) fn by_binary(&self) -> impl Iterator<Item = (&str, &Function)> {
        self.0.iter().map(|named| (named.names.binary.as_str(), &named.function))
    }

    /// Those that `other` has not.
    pub(super) fn missing_in<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s Function> {
        let all = self.0.iter().map(|named| &named.function);
        all.filter(|own| !other.0.iter().any(|theirs| theirs.function.shares_instances_with(own)))
    }

    pub(super) fn routes(&self) -> impl Iterator<Item = (&template::Route, &Function)> {
        self.0.iter().flat_map(|named| named.routes.iter().map(|route| (route, &named.function)))
    }
}

impl Names {
    fn has(&self, name: &str) -> bool {
        let Self { function, label, logical_id, binary } = self;
        [function, label, logical_id, binary].into_iter().any(|own| own == name)
    }
}

/// Each function with its binary.
pub(super) fn runnable(
    functions: Vec<FunctionResource>,
    binaries: &Binaries,
) -> Result<Vec<Runnable>, Error> {
    let runnable = |function| Ok(Runnable { binary: binary(&function, binaries)?, function });
    functions.into_iter().map(runnable).collect()
}

fn binary(function: &FunctionResource, binaries: &Binaries) -> Result<Binary, Error> {
    let name = &function.binary;
    let missing =
        || Error::new(format!("function {} needs the binary {name}, which was not built", function.id));
    match binaries {
        Binaries::Folder(folder) => {
            // A child has another working folder.
            let path = std::path::absolute(folder.join(name))
                .map_err(|error| Error::new(format!("{}: {error}", folder.display())))?;
            path.is_file().then(|| Binary::at(path)).ok_or_else(missing)
        }
        Binaries::Named(binaries) => binaries.get(name).cloned().ok_or_else(missing),
    }
}

/// The function's own variables: the caller's over where the database is over the shell's over the
/// template's.
fn environment(
    declared: BTreeMap<String, String>,
    config: &Config,
    database: [(String, String); 2],
) -> BTreeMap<String, String> {
    let declared = declared.into_iter().map(|(name, value)| {
        let value = config.shell.get(&name).cloned().unwrap_or(value);
        (name, value)
    });
    let mut environment: BTreeMap<_, _> = declared.collect();
    environment.extend(database);
    environment.extend(
        LOG_SETTINGS
            .iter()
            .filter_map(|name| config.shell.get(*name).map(|value| ((*name).to_owned(), value.clone()))),
    );
    environment.extend(config.environment.clone());
    environment
}
