//! Texts of a resource, from templates that read like them (`templates/resource/`).

use minijinja::{Value, context, value::Object};

use super::{
    literal::{Literal, yaml_text},
    spec::Spec,
    view::view,
};
use crate::{
    Error,
    render::{environment, render_in},
};

/// The longest line of Rust, as rustfmt.toml has it.
pub(super) const RUST_WIDTH: usize = 110;
/// The longest line of a template of openapi.yaml, where what it makes stands further in: lines there have at
/// most 128 characters, where they can end.
pub(super) const YAML_WIDTH: usize = 124;

impl Object for Literal {}

/// A text that a template makes, in the form that its file has.
pub(crate) fn render(template: &str, spec: &Spec, more: Value) -> Result<String, Error> {
    let mut environment = environment()?;
    environment
        .add_filter("rust", |value: Value, column: usize| literal(&value).rust_lines(column, RUST_WIDTH));
    environment
        .add_filter("yaml", |value: Value, column: usize| literal(&value).yaml_lines(column, YAML_WIDTH));
    environment.add_filter("yaml_text", |text: String| yaml_text(&text));
    environment.add_filter("rust_body", |value: Value| raw(&literal(&value).json()));
    environment.add_filter("wrapped", |text: String, column: usize| {
        wrapped(&text, YAML_WIDTH - column).join(&format!("\n{:column$}", ""))
    });
    environment
        .add_filter("moved", |text: String, column: usize| text.replace('\n', &format!("\n{:column$}", "")));
    render_in(&environment, template, context! { ..view(spec), ..more })
}

/// The literal that is a value of the view.
pub(super) fn literal(value: &Value) -> Literal {
    value.downcast_object_ref::<Literal>().cloned().unwrap_or(Literal::Null)
}

/// A text of Rust that may have quotation marks.
fn raw(text: &str) -> String {
    if text.contains('"') { format!("r#\"{text}\"#") } else { format!("\"{text}\"") }
}

/// The text in lines of at most so many characters.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let at = lines.len() - 1;
        let line = &mut lines[at];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
