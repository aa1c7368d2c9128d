//! How the fields are written in Rust: types, rules and limits.

use minijinja::{Value, context};

use super::{
    fields::{Choice, Field, Kind, variant},
    spec::Spec,
    values::grouped,
};

/// The variants of an enumeration.
pub(super) fn variants(choice: &Choice) -> Vec<Value> {
    choice.values.iter().map(|value| context! { name => variant(value), value => value.as_str() }).collect()
}

/// The type of a field.
pub(super) fn rust_type(spec: &Spec, field: &Field) -> String {
    let element = match &field.kind {
        Kind::String | Kind::Text => "String".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Number => "Number".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Enum(_) => spec.enumeration(field),
    };
    let value = if field.is_array() { format!("Vec<{element}>") } else { element };
    if field.is_optional { format!("Option<{value}>") } else { value }
}

/// The attributes of a field.
pub(super) fn attributes(spec: &Spec, field: &Field) -> Vec<String> {
    let has_default = !field.is_optional && !field.is_required();
    let options: Vec<_> = [(has_default, "default"), (field.is_filter, "filter")]
        .into_iter()
        .filter_map(|(is, name)| is.then_some(name))
        .collect();
    let mut attributes = Vec::new();
    if !options.is_empty() {
        attributes.push(format!("#[model({})]", options.join(", ")));
    }
    let length = |constant: String, may_be_empty| {
        let least = if may_be_empty { "" } else { "min = 1, " };
        format!("length({least}max = {constant})")
    };
    let constants = Constants::new(spec, field);
    if let Some(items) = constants.items {
        attributes.push(format!("#[validate({})]", length(items, true)));
    }
    if let Some(characters) = constants.characters {
        let kind = if field.is_array() { "each" } else { "validate" };
        attributes.push(format!("#[{kind}({})]", length(characters, field.may_be_empty())));
    }
    attributes
}

/// The constants that a field's limits are, as other files write them: `Note::TAGS_ITEMS`.
pub(crate) struct Constants {
    /// Of the characters of a text.
    pub(crate) characters: Option<String>,
    /// Of the elements of an array.
    pub(crate) items: Option<String>,
}

impl Constants {
    pub(crate) fn new(spec: &Spec, field: &Field) -> Self {
        let of_model = |constant: String| format!("{}::{constant}", spec.names.one.pascal);
        Self {
            characters: spec.characters(field).map(|_| of_model(characters_constant(field))),
            items: field.most.map(|_| of_model(items_constant(field))),
        }
    }
}

fn characters_constant(field: &Field) -> String {
    format!("{}_CHARACTERS", field.name.to_uppercase())
}

fn items_constant(field: &Field) -> String {
    format!("{}_ITEMS", field.name.to_uppercase())
}

/// The constants of the model.
pub(super) fn limits(spec: &Spec) -> Vec<Value> {
    let mut limits = Vec::new();
    for field in &spec.fields {
        let json = field.json();
        if let Some(most) = field.most {
            let doc = format!("Elements that `{json}` may have.");
            limits.push(context! { name => items_constant(field), doc, value => grouped(most) });
        }
        if let Some(most) = spec.characters(field) {
            let whose = if field.is_array() { "each of " } else { "" };
            let doc = format!("Characters that {whose}`{json}` may have.");
            limits.push(context! { name => characters_constant(field), doc, value => grouped(most) });
        }
    }
    limits
}

/// The limits in openapi.yaml, and the expressions that they must be.
pub(super) fn described(spec: &Spec) -> Vec<Value> {
    let mut described = Vec::new();
    for field in &spec.fields {
        let schema = spec.schema(field);
        let within = if field.is_array() { "/items" } else { "" };
        let mut add = |pointer: String, rust: String| described.push(context! { pointer, rust });
        let constants = Constants::new(spec, field);
        if let Some(items) = constants.items {
            add(format!("{schema}/maxItems"), items.clone());
            if field.kind == Kind::Timestamp {
                add(format!("New{schema}/maxItems"), items);
            }
        }
        if let Some(characters) = constants.characters {
            add(format!("{schema}{within}/maxLength"), characters);
        }
        if field.kind == Kind::Integer {
            add(format!("{schema}{within}/maximum"), "MAX_SAFE_INTEGER".to_owned());
        }
    }
    described
}

/// The lints of clippy that the model's fields would break, which are as the caller wants them.
pub(super) fn lints(spec: &Spec) -> Vec<&'static str> {
    let is_flag = |field: &&Field| field.kind == Kind::Bool && !field.is_optional && !field.is_array();
    let own = spec.names.one.snake.as_str();
    let has_own_name = |field: &Field| {
        let around = [field.name.strip_prefix(own), field.name.strip_suffix(own)];
        around
            .into_iter()
            .flatten()
            .any(|rest| rest.is_empty() || rest.starts_with('_') || rest.ends_with('_'))
    };
    let broken = [
        (spec.fields.iter().filter(is_flag).count() > 3, "clippy::struct_excessive_bools"),
        (spec.fields.iter().any(has_own_name), "clippy::struct_field_names"),
    ];
    broken.into_iter().filter_map(|(is_broken, lint)| is_broken.then_some(lint)).collect()
}
