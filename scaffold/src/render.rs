//! New texts, from templates that read like them (`templates/`).

use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig};

use crate::Error;

/// The text that a template makes of these values.
pub(crate) fn render(template: &str, values: impl Into<Value>) -> Result<String, Error> {
    let failed = |error: minijinja::Error| Error::Program(format!("a template of cargo scaffold: {error:#}"));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(failed)?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.render_str(template, values).map_err(failed)
}
