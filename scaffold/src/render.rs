//! New texts, from templates that read like them (`templates/`).

use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig};

use crate::Error;

/// The text that a template makes of these values.
pub(crate) fn render(template: &str, values: impl Into<Value>) -> Result<String, Error> {
    render_in(&environment()?, template, values)
}

/// What templates are rendered in: a line with a tag alone leaves no line behind, and a name without a value
/// is an error.
pub(crate) fn environment() -> Result<Environment<'static>, Error> {
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    Ok(environment)
}

/// The same in an environment with more filters.
pub(crate) fn render_in(
    environment: &Environment<'_>,
    template: &str,
    values: impl Into<Value>,
) -> Result<String, Error> {
    Ok(environment.render_str(template, values)?)
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Self::Program(format!("a template of cargo scaffold: {error:#}"))
    }
}
