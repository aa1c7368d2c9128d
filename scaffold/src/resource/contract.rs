//! The paths and schemas of a resource in `openapi.yaml`.

use std::collections::BTreeSet;

use minijinja::context;

use super::{
    fields::{Field, Kind},
    render::render,
    spec::Spec,
    stack::{before, last},
    words::listed,
};
use crate::{
    Error,
    edit::yaml::{Node, Yaml},
};

const PATHS: &str = include_str!("../../templates/resource/openapi/paths.yaml");
const LOCATION: &str = include_str!("../../templates/resource/openapi/location.yaml");
const NOT_FOUND: &str = include_str!("../../templates/resource/openapi/not-found.yaml");
const SCHEMAS: &str = include_str!("../../templates/resource/openapi/schemas.yaml");
/// What resources share. A document lacks those that nothing in it uses.
pub(super) const SHARED: &str = include_str!("../../templates/resource/openapi/shared.yaml");

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

    let after = last(&yaml, &["paths"], |path| path.ends_with("/{id}"))
        .or_else(|| before(&yaml, &["paths"], "/api/openapi.json"));
    yaml.insert(&["paths"], after.as_deref(), &render(PATHS)?)?;

    add(&mut yaml, "headers", "Location", &render(LOCATION)?)?;
    add(&mut yaml, "responses", "NotFound", &render(NOT_FOUND)?)?;
    add(&mut yaml, "schemas", "Patch", &schemas)?;
    add_shared(&mut yaml)?;
    extend_issues(&mut yaml, spec)?;
    // What the issues brought along may use what was not there either.
    add_shared(&mut yaml)?;
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

/// Puts components behind the last one whose name ends with this.
fn add(yaml: &mut Yaml, kind: &str, end: &str, block: &str) -> Result<(), Error> {
    let path = ["components", kind];
    if yaml.get(&path).is_none() {
        let block: Vec<_> = block.lines().map(|line| format!("\n  {line}")).collect();
        return yaml.insert(&["components"], None, &format!("{kind}:{}", block.concat()));
    }
    let after = last(yaml, &path, |name| name.ends_with(end));
    yaml.insert(&path, after.as_deref(), block)
}

/// Adds the shared components that something refers to and that are not there.
fn add_shared(yaml: &mut Yaml) -> Result<(), Error> {
    let shared = Yaml::parse(SHARED)?;
    loop {
        let missing = references(yaml.text()).into_iter().find(|(kind, name)| {
            yaml.get(&["components", kind, name]).is_none() && shared.get(&[kind, name]).is_some()
        });
        let Some((kind, name)) = missing else { return Ok(()) };
        add_one(yaml, &shared, &kind, &name)?;
    }
}

/// Adds a shared component behind those that come before it.
fn add_one(yaml: &mut Yaml, shared: &Yaml, kind: &str, name: &str) -> Result<(), Error> {
    let block = shared.block(&[kind, name]).unwrap_or_default();
    let block: Vec<_> = block.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    let block = block.join(
        "
",
    );
    let names = shared.keys(&[kind]);
    let earlier: Vec<_> = names.into_iter().take_while(|other| *other != name).collect();
    let path = ["components", kind];
    match earlier.into_iter().rfind(|other| yaml.get(&[path[0], path[1], other]).is_some()) {
        Some(after) => yaml.insert(&path, Some(after), &block),
        None => add(yaml, kind, "", &block),
    }
}

/// The components that are referred to: kind and name.
fn references(text: &str) -> BTreeSet<(String, String)> {
    let mut references: BTreeSet<_> = text
        .split("#/components/")
        .skip(1)
        .filter_map(|rest| {
            let reference = rest.split('"').next()?;
            let (kind, name) = reference.split_once('/')?;
            Some((kind.to_owned(), name.to_owned()))
        })
        .collect();
    if text.contains("bearer: []") {
        references.insert(("securitySchemes".to_owned(), "bearer".to_owned()));
    }
    references
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
    add_one(yaml, &Yaml::parse(SHARED)?, "schemas", schema)?;
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
