//! The environment that Lambda and the template give a function.

use std::env;

/// The value of an environment variable that must be set.
pub(crate) fn required(name: &str) -> Result<String, String> {
    optional(name)?.ok_or_else(|| format!("the environment variable {name} is not set"))
}

/// The value of an environment variable that may be left out. An empty one counts as unset, for templates and
/// shells cannot always leave one out; one that is no text is set, and wrong.
pub(crate) fn optional(name: &str) -> Result<Option<String>, String> {
    match env::var_os(name).map(std::ffi::OsString::into_string).transpose() {
        Ok(value) => Ok(value.filter(|value| !value.is_empty())),
        Err(_) => Err(format!("the environment variable {name} is not UTF-8")),
    }
}
