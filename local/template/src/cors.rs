//! `CorsConfiguration` of the `AWS::Serverless::HttpApi`.

use serde_json::Value;

use crate::document::Document;
use crate::intrinsics::scalar;
use crate::resource::{API, Resource};

/// What the gateway answers browsers of other origins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorsConfiguration {
    /// `*`, or origins.
    pub allow_origins: Vec<String>,
    /// Methods in a preflight's answer.
    pub allow_methods: Vec<String>,
    /// Headers that a request may have.
    pub allow_headers: Vec<String>,
    /// Headers of an answer that a script may read.
    pub expose_headers: Vec<String>,
    /// How long a browser may keep a preflight's answer, in seconds.
    pub max_age_s: Option<String>,
    /// Whether a request may have cookies.
    pub allow_credentials: bool,
}

/// The configuration of the template's one API: its own resource's, or that of `Globals.HttpApi` for the
/// API that SAM adds by itself.
pub(crate) fn read(
    resources: &[Resource<'_>],
    document: &Document,
) -> Result<Option<CorsConfiguration>, String> {
    let mut apis = resources.iter().filter(|resource| resource.kind == API);
    let configuration = match (apis.next(), apis.next()) {
        (Some(_), Some(second)) => {
            return Err(format!(
                "resource {}: one AWS::Serverless::HttpApi is served, this is a second",
                second.id
            ));
        }
        (Some(api), None) => {
            check(api)?;
            api.get("CorsConfiguration")?
        }
        (None, _) => Resource::global(document.root(), "HttpApi", "CorsConfiguration")?,
    };
    configuration.map_or(Ok(None), |configuration| cors(&configuration))
}

/// What would change every path or hide routes is not silently left out.
fn check(api: &Resource<'_>) -> Result<(), String> {
    if api.text("StageName")?.is_some_and(|stage| stage != "$default") {
        return Err(api.fault("StageName", "only the stage $default is served"));
    }
    for property in ["DefinitionBody", "DefinitionUri"] {
        if api.raw(property).is_some() {
            return Err(api.fault(property, "routes are read from the functions' events only"));
        }
    }
    Ok(())
}

fn cors(configuration: &Value) -> Result<Option<CorsConfiguration>, String> {
    let list = |key: &str| -> Result<Vec<String>, String> {
        match configuration.get(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items.iter().map(scalar).collect(),
            Some(_) => Err("a list is needed".to_owned()),
        }
        .map_err(|reason| format!("CorsConfiguration, {key}: {reason}"))
    };
    let cors = match configuration {
        Value::Bool(false) | Value::Null => Ok(None),
        // SAM's short form: every origin.
        Value::Bool(true) => Ok(Some(CorsConfiguration {
            allow_origins: vec!["*".to_owned()],
            ..CorsConfiguration::default()
        })),
        Value::Object(fields) => Ok(Some(CorsConfiguration {
            allow_origins: list("AllowOrigins")?,
            allow_methods: list("AllowMethods")?,
            allow_headers: list("AllowHeaders")?,
            expose_headers: list("ExposeHeaders")?,
            max_age_s: fields.get("MaxAge").map(scalar).transpose()?,
            allow_credentials: fields
                .get("AllowCredentials")
                .is_some_and(|value| value == &Value::Bool(true) || value == "true"),
        })),
        _ => Err("CorsConfiguration: a map is needed".to_owned()),
    }?;
    // The gateway does not take it, for browsers would not.
    if cors.as_ref().is_some_and(|cors| cors.allow_credentials && cors.allow_origins.iter().any(|o| o == "*"))
    {
        return Err(
            "CorsConfiguration, AllowCredentials: AllowOrigins must name the origins, not *".to_owned()
        );
    }
    Ok(cors)
}
