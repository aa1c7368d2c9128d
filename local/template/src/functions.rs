//! `AWS::Serverless::Function`: a binary, its environment and its routes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::aws::STACK;
use crate::intrinsics::scalar;
use crate::policies::{self, Policy};
use crate::resource::{FUNCTION, Resource};

/// Seconds a function may take where the template says nothing. Source: `AWS::Serverless::Function`.
const TIMEOUT_S: u32 = 3;
/// Megabytes where the template says nothing. Source: `AWS::Serverless::Function`.
const MEMORY_MB: u32 = 128;

/// A function of the template.
#[derive(Debug)]
pub struct FunctionResource {
    /// Its logical id.
    pub id: String,
    /// `FunctionName`, else the logical id.
    pub name: String,
    /// The name without the stack's, which is what people look for in a list of routes or a log.
    pub label: String,
    /// The name of its binary.
    pub binary: String,
    /// The folder that `cargo build` runs in for a deployment.
    pub code: PathBuf,
    /// How long an invocation may take.
    pub timeout: Duration,
    /// The memory that it gets, in megabytes.
    pub memory_mb: u32,
    /// Its environment variables.
    pub environment: BTreeMap<String, String>,
    /// What it may do in DynamoDB; none where the template does not tell.
    pub policy: Option<Policy>,
    /// The routes that call it.
    pub routes: Vec<Route>,
}

/// A route as the template writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Whatever no other route takes.
    Default,
    /// A path, with its parameters in braces.
    Path {
        /// In upper case, or none for `ANY`.
        method: Option<String>,
        /// Such as `/posts/{id}`.
        path: String,
    },
}

pub(crate) fn read(resources: &[Resource<'_>], folder: &Path) -> Result<Vec<FunctionResource>, String> {
    let mut functions = Vec::new();
    for resource in resources.iter().filter(|resource| resource.kind == FUNCTION) {
        let routes = routes(resource)?;
        let Some(binary) = resource.metadata["BuildProperties"]["Binary"].as_str() else {
            if routes.is_empty() {
                continue; // nothing here can call it
            }
            return Err(resource.fault("Metadata.BuildProperties.Binary", "the binary's name is needed"));
        };
        let code = resource.text("CodeUri")?.unwrap_or_default();
        let name = resource.text("FunctionName")?.unwrap_or_else(|| resource.id.clone());
        functions.push(FunctionResource {
            id: resource.id.clone(),
            label: without_stack(&name).to_owned(),
            name,
            binary: binary.to_owned(),
            code: folder.join(code),
            timeout: Duration::from_secs(resource.number("Timeout")?.unwrap_or(TIMEOUT_S).into()),
            memory_mb: resource.number("MemorySize")?.unwrap_or(MEMORY_MB),
            environment: environment(resource)?,
            policy: policies::read(resource),
            routes,
        });
    }
    Ok(functions)
}

fn without_stack(name: &str) -> &str {
    let rest = name.strip_prefix(STACK).and_then(|rest| rest.strip_prefix('-'));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

fn environment(resource: &Resource<'_>) -> Result<BTreeMap<String, String>, String> {
    let mut environment = BTreeMap::new();
    let variables = resource.raw("Environment").and_then(|environment| environment.get("Variables"));
    for (name, value) in variables.and_then(Value::as_object).into_iter().flatten() {
        let place = format!("Environment.Variables.{name}");
        if let Some(value) = resource.resolve(&place, value)? {
            let value = scalar(&value).map_err(|reason| resource.fault(&place, &reason))?;
            environment.insert(name.clone(), value);
        }
    }
    Ok(environment)
}

pub(crate) fn routes(resource: &Resource<'_>) -> Result<Vec<Route>, String> {
    let mut routes = Vec::new();
    let events = resource.raw("Events").and_then(Value::as_object);
    for (name, event) in events.into_iter().flatten() {
        let place = format!("Events.{name}");
        match event["Type"].as_str() {
            Some("HttpApi") => {}
            Some("Api") => {
                return Err(
                    resource.fault(&place, "only events of Type HttpApi are served, this is a REST API")
                );
            }
            _ => continue, // a queue or a schedule calls nothing here
        }
        let part = |key: &str| -> Result<Option<String>, String> {
            let place = format!("{place}.Properties.{key}");
            let Some(value) = event.get("Properties").and_then(|properties| properties.get(key)) else {
                return Ok(None);
            };
            let value = resource.resolve(&place, value)?;
            value.map(|value| scalar(&value).map_err(|reason| resource.fault(&place, &reason))).transpose()
        };
        let route = match part("Path")? {
            None => Route::Default,
            Some(path) if path == "$default" => Route::Default,
            Some(path) if path.starts_with('/') => {
                let method = part("Method")?.unwrap_or_default().to_ascii_uppercase();
                let any = matches!(method.as_str(), "" | "ANY" | "X-AMAZON-APIGATEWAY-ANY-METHOD");
                Route::Path { method: (!any).then_some(method), path }
            }
            Some(_) => {
                return Err(resource.fault(&format!("{place}.Properties.Path"), "it must start with /"));
            }
        };
        routes.push(route);
    }
    Ok(routes)
}
