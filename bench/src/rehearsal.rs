//! One run of a function with the embedded database behind it, so that later ones can be answered from
//! memory.

use anyhow::{Context as _, Result, bail};
use loopback::{runtime_api, tls::Tls};
use serde_json::Value;

use crate::{
    dynamodb::Endpoint,
    functions::{FunctionBinary, Functions, event},
    instance::{Instance, Launch},
};

/// Whether an event is answered by what it is there for. No keys are configured, so where only a valid token
/// will do, that is 401; and of `$default`, which has no success, 405. A function that misses its item or
/// its table has another status.
fn is_expected(status: u64) -> bool {
    matches!(status, 200..300 | 401 | 405)
}

/// A function that is ready to be measured.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) launch: Launch,
    pub(crate) endpoint: Endpoint,
    /// What it answers, as it gave it.
    pub(crate) answer: Vec<u8>,
    /// How many requests to DynamoDB the start and one invocation take.
    pub(crate) requests_cold: usize,
    /// How many one more takes.
    pub(crate) requests_warm: usize,
}

impl Subject {
    /// Runs one of the template's functions.
    pub(crate) fn of_function(functions: &Functions, function: &FunctionBinary, tls: &Tls) -> Result<Self> {
        Self::rehearse(functions, function, &function.name, vec![function.binary.clone()], &[], tls)
    }

    /// Runs `command` in the place of a function: with its environment, its event and the same database.
    pub(crate) fn rehearse(
        functions: &Functions,
        function: &FunctionBinary,
        name: &str,
        command: Vec<std::path::PathBuf>,
        environment: &[(&str, String)],
        tls: &Tls,
    ) -> Result<Self> {
        let doing = || format!("{name}, in rehearsal");
        let database = functions.database()?;
        // The events that read or change an item ask for the first.
        for create in functions.all.iter().filter(|function| function.name.starts_with("create-")) {
            database.invoke(&create.name).with_context(doing)?;
        }
        let endpoint = Endpoint::start(tls, &database.url()?)?;
        let mut variables = function.environment_at(&endpoint.url, tls);
        variables.extend(environment.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let launch = Launch { command, environment: variables, event: event(&function.name)? };
        let mut instance = Instance::start(&launch).with_context(doing)?;
        let answered = instance.settle();
        endpoint.check().with_context(doing)?;
        let answer = answered.with_context(doing)?.answer;
        let status = runtime_api::status(&answer).with_context(doing)?;
        if !is_expected(status) {
            bail!("{name} answered {status}: {}\n{}", String::from_utf8_lossy(&answer), instance.output());
        }
        drop(instance);
        endpoint.replay();

        // Once more, from memory, as it is going to be measured.
        let before = endpoint.requests();
        let mut instance = Instance::start(&launch).with_context(doing)?;
        let again = instance.settle().and_then(|batch| {
            let cold = endpoint.requests();
            let warm = instance.invoke(1)?;
            Ok((batch.answer, warm.answer, cold - before, endpoint.requests() - cold))
        });
        endpoint.check().with_context(doing)?;
        let (cold, warm, requests_cold, requests_warm) = again.with_context(doing)?;
        for answered in [&cold, &warm] {
            if runtime_api::status(answered)? != status {
                bail!("{name} answered {status}, then {}", String::from_utf8_lossy(answered));
            }
        }
        Ok(Self { name: name.to_owned(), launch, endpoint, answer, requests_cold, requests_warm })
    }

    /// The body of its answer.
    pub(crate) fn body(&self) -> Result<Value> {
        let answer: Value = serde_json::from_slice(&self.answer)?;
        let body = answer["body"].as_str().with_context(|| format!("{} answered no body", self.name))?;
        Ok(serde_json::from_str(body)?)
    }

    /// A new process of it.
    pub(crate) fn start(&self) -> Result<Instance> {
        Instance::start(&self.launch).with_context(|| self.name.clone())
    }
}
