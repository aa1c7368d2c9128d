//! The paths and schemas of a resource in `openapi.yaml`.

use minijinja::context;

use super::{
    fields::{Field, Kind},
    render::render,
    spec::Spec,
    words::listed,
};
use crate::{
    Error, components,
    edit::yaml::{Node, Yaml},
};

const PATHS: &str = include_str!("../../templates/resource/openapi/paths.yaml");
const LOCATION: &str = include_str!("../../templates/resource/openapi/location.yaml");
const NOT_FOUND: &str = include_str!("../../templates/resource/openapi/not-found.yaml");
const SCHEMAS: &str = include_str!("../../templates/resource/openapi/schemas.yaml");

/// The document with the resource in it.
pub(crate) fn added(text: &str, spec: &Spec) -> Result<String, Error> {
    let names = &spec.names;
    let mut yaml = Yaml::parse(text)?;
    let render = |template: &str| render(template, spec, context! {});

    let schemas = render(SCHEMAS)?;
    refuse_taken(&yaml, &schemas)?;
    let tag = format!("name: {}\ndescription: {}", names.many.sentence, about(spec));
    let next = if text.contains("  - name: Request examples") {
        "name: Request examples"
    } else {
        "name: For people"
    };
    yaml.insert_item(&["tags"], next, &tag)?;

    let after = yaml
        .last_key(&["paths"], |path| path.ends_with("/{id}"))
        .or_else(|| yaml.key_before(&["paths"], "/api/openapi.json"));
    yaml.insert(&["paths"], after.as_deref(), &render(PATHS)?)?;

    components::add(&mut yaml, "headers", "Location", &render(LOCATION)?)?;
    components::add(&mut yaml, "responses", "NotFound", &render(NOT_FOUND)?)?;
    components::add(&mut yaml, "schemas", "Patch", &schemas)?;
    components::add_shared(&mut yaml)?;
    extend_issues(&mut yaml, spec)?;
    // What the issues brought along may use what was not there either.
    components::add_shared(&mut yaml)?;
    Ok(yaml.text().to_owned())
}

/// What the items are, for people: ``Notes with `title`, `body`, `tags` and more.``
fn about(spec: &Spec) -> String {
    let mut fields: Vec<_> = spec.fields.iter().map(|field| format!("`{}`", field.json())).collect();
    if fields.len() > 4 {
        fields.truncate(3);
        fields.push("more".to_owned());
    }
    format!("{} with {}.", spec.names.many.sentence, listed(&fields))
}

fn refuse_taken(yaml: &Yaml, schemas: &str) -> Result<(), Error> {
    let new = Yaml::parse(schemas)?;
    match new.keys(&[]).into_iter().find(|name| yaml.get(&["components", "schemas", name]).is_some()) {
        Some(name) => Err(Error::Taken(format!("schema `{name}`"))),
        None => Ok(()),
    }
}

/// Lets issues be those that the new fields can cause.
fn extend_issues(yaml: &mut Yaml, spec: &Spec) -> Result<(), Error> {
    let fields = &spec.fields;
    let has = |is: fn(&Field) -> bool| fields.iter().any(is);
    if has(Field::is_array) {
        add_value(yaml, "InvalidType", "expected", "array")?;
        add_value(yaml, "TooBig", "origin", "array")?;
        let items = ["components", "schemas", "IssuePath", "items"];
        if text_at(yaml, &items) == Some("{ type: string }") {
            yaml.set(&items, "{ type: [string, integer] }")?;
        }
    }
    let is_choice =
        |field: &Field| matches!(field.kind, Kind::Enum(_)) || (field.kind == Kind::Bool && field.is_filter);
    if fields.iter().any(is_choice) {
        add_issue(yaml, "invalid_value", "InvalidValue")?;
    }
    if has(|field| field.kind == Kind::Timestamp) {
        add_issue(yaml, "invalid_format", "InvalidFormat")?;
    }
    if has(|field| field.kind == Kind::Number) {
        for (schema, bound) in [("TooSmall", "minimum"), ("TooBig", "maximum")] {
            for (property, own, wider) in [
                (bound, "{ type: integer }", "{ type: number }"),
                ("inclusive", "{ const: true }", "{ type: boolean }"),
            ] {
                let path = ["components", "schemas", schema, "properties", property];
                if text_at(yaml, &path) == Some(own) {
                    yaml.set(&path, wider)?;
                }
            }
        }
    }
    Ok(())
}

/// Adds a value to those that a property of an issue can have.
fn add_value(yaml: &mut Yaml, schema: &str, property: &str, value: &str) -> Result<(), Error> {
    let path = ["components", "schemas", schema, "properties", property, "enum"];
    let values = yaml.get(&path).map(Node::items).unwrap_or_default();
    if values.iter().any(|other| yaml.text_of(other) == value) {
        return Ok(());
    }
    yaml.push(&path, value)
}

/// Adds a kind of issue.
fn add_issue(yaml: &mut Yaml, code: &str, schema: &str) -> Result<(), Error> {
    if yaml.get(&["components", "schemas", schema]).is_some() {
        return Ok(());
    }
    components::add_shared_one(yaml, "schemas", schema)?;
    let issue = ["components", "schemas", "Issue"];
    yaml.push(&[&issue[..], &["oneOf"]].concat(), &format!("{{ $ref: \"#/components/schemas/{schema}\" }}"))?;
    let mapping = [&issue[..], &["discriminator", "mapping"]].concat();
    yaml.insert(&mapping, None, &format!("{code}: \"#/components/schemas/{schema}\""))
}

fn text_at<'y>(yaml: &'y Yaml, path: &[&str]) -> Option<&'y str> {
    Some(yaml.text_of(yaml.get(path)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{super::spec::tests::spec, *};

    #[test]
    fn the_first_fields_tell_what_the_items_are() {
        for (fields, expected) in [
            (&["title:string"][..], "Notes with `title`."),
            (&["a:bool", "b:bool", "c:bool", "dueAt:bool"], "Notes with `a`, `b`, `c` and `dueAt`."),
            (&["a:bool", "b:bool", "c:bool", "d:bool", "e:bool"], "Notes with `a`, `b`, `c` and more."),
        ] {
            assert_eq!(about(&spec(fields, &[]).unwrap()), expected);
        }
    }
}
