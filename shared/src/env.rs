//! What a function is set up from: the environment that Lambda and the template give it.

use std::env;

/// Something that a handler works with and that is set up once, at the start, from the environment: a
/// [`Store`](crate::store::Store), or several things as a tuple. Cheap to clone.
pub trait FromEnv: Clone {
    /// Sets it up.
    ///
    /// # Errors
    /// What is missing or wrong, for the log; the function then does not start.
    fn from_env() -> std::result::Result<Self, String>;
}

/// For a handler that needs nothing.
impl FromEnv for () {
    fn from_env() -> std::result::Result<Self, String> {
        Ok(())
    }
}

impl<A: FromEnv, B: FromEnv> FromEnv for (A, B) {
    fn from_env() -> std::result::Result<Self, String> {
        Ok((A::from_env()?, B::from_env()?))
    }
}

/// The value of an environment variable that must be set.
pub(crate) fn required(name: &str) -> Result<String, String> {
    optional(name)?.ok_or_else(|| format!("the environment variable {name} is not set"))
}

/// The value of an environment variable that may be left out. An empty one counts as unset, for templates and shells
/// cannot always leave one out; one that is no text is set, and wrong.
pub(crate) fn optional(name: &str) -> Result<Option<String>, String> {
    match env::var_os(name).map(std::ffi::OsString::into_string).transpose() {
        Ok(value) => Ok(value.filter(|value| !value.is_empty())),
        Err(_) => Err(format!("the environment variable {name} is not UTF-8")),
    }
}
