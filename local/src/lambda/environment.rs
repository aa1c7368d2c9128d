//! The environment variables of a function.
//! Source: "Using Lambda environment variables", defined runtime environment variables.

use std::path::Path;

use template::aws::REGION;
use uuid::Uuid;

use super::definition::Definition;

/// What is the same for every instance of a function: Lambda's variables, then the function's own.
pub(super) fn of_function(definition: &Definition) -> Vec<(String, String)> {
    let Definition { name, binary, memory_mb, environment, .. } = definition;
    let root = binary.path().parent().unwrap_or(Path::new("/")).display().to_string();
    let memory = memory_mb.to_string();
    let group = format!("/aws/lambda/{name}");
    let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/local/bin:/usr/bin:/bin".to_owned());
    let fixed: [(&str, &str); 19] = [
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &memory),
        ("AWS_LAMBDA_LOG_GROUP_NAME", &group),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_REGION", REGION),
        ("AWS_DEFAULT_REGION", REGION),
        // Well-formed and worthless: the embedded database checks none, and AWS knows none of them.
        ("AWS_ACCESS_KEY_ID", "ASIALOCALLOCALLOCAL0"),
        ("AWS_SECRET_ACCESS_KEY", "locallocallocallocallocallocallocallocal"),
        ("AWS_SESSION_TOKEN", "local"),
        // A real account must not be reached by accident, nor the metadata service be waited for.
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_CONFIG_FILE", "/dev/null"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        // The gateway tells a line a request already. The format is left at text: a person reads it.
        ("AWS_LAMBDA_LOG_LEVEL", "WARN"),
        ("_HANDLER", "bootstrap"),
        ("LAMBDA_TASK_ROOT", &root),
        ("TZ", ":UTC"),
        ("LANG", "en_US.UTF-8"),
        ("PATH", &path),
    ];
    let mut variables: Vec<_> = fixed.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    // Not Lambda's, but whoever debugs a function sets it in front of `cargo run`.
    variables.extend(std::env::var("RUST_BACKTRACE").map(|value| ("RUST_BACKTRACE".to_owned(), value)));
    variables.extend(environment.iter().map(|(name, value)| (name.clone(), value.clone())));
    variables
}

/// What differs from instance to instance. `address` is the instance's Runtime API.
pub(super) fn of_instance(address: &str) -> [(&'static str, String); 2] {
    let today = jiff::Timestamp::now().strftime("%Y/%m/%d");
    let stream = format!("{today}/[$LATEST]{}", Uuid::new_v4().simple());
    [("AWS_LAMBDA_RUNTIME_API", address.to_owned()), ("AWS_LAMBDA_LOG_STREAM_NAME", stream)]
}
