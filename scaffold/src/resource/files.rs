//! The files of a resource, and where they are declared.

use minijinja::context;

use super::{
    fields::Kind,
    render::{RUST_WIDTH, render, wrapped},
    spec::Spec,
    stack,
    view::object_json,
    words::listed,
};
use crate::{
    Error, Plan,
    edit::{manifest, rust, yaml::Yaml},
    event::Event,
    notes, project,
};

const MODEL: &str = include_str!("../../templates/resource/rust/model.rs");
const RESOURCE: &str = include_str!("../../templates/resource/rust/resource.rs");
const TESTS: &str = include_str!("../../templates/resource/rust/tests.rs");

/// A route of a resource.
struct Route {
    method: &'static str,
    /// What its binary is called, before the name.
    verb: &'static str,
    is_of_item: bool,
    handler: &'static str,
    /// The value of its body in the view, for its event.
    body: Option<&'static str>,
}

const ROUTES: [Route; 6] = [
    Route {
        method: "GET",
        verb: "list",
        is_of_item: false,
        handler: include_str!("../../templates/resource/rust/list.rs"),
        body: None,
    },
    Route {
        method: "POST",
        verb: "create",
        is_of_item: false,
        handler: include_str!("../../templates/resource/rust/create.rs"),
        body: Some("whole"),
    },
    Route {
        method: "GET",
        verb: "get",
        is_of_item: true,
        handler: include_str!("../../templates/resource/rust/get.rs"),
        body: None,
    },
    Route {
        method: "PUT",
        verb: "put",
        is_of_item: true,
        handler: include_str!("../../templates/resource/rust/put.rs"),
        body: Some("other"),
    },
    Route {
        method: "PATCH",
        verb: "patch",
        is_of_item: true,
        handler: include_str!("../../templates/resource/rust/patch.rs"),
        body: Some("event_patch"),
    },
    Route {
        method: "DELETE",
        verb: "delete",
        is_of_item: true,
        handler: include_str!("../../templates/resource/rust/delete.rs"),
        body: None,
    },
];

impl Route {
    fn binary(&self, spec: &Spec) -> String {
        let name = if self.verb == "list" { &spec.names.many } else { &spec.names.one };
        format!("{}-{}", self.verb, name.kebab)
    }

    /// Below `functions/`.
    fn file(&self, spec: &Spec) -> String {
        let folder = if self.is_of_item { "/[id]" } else { "" };
        format!("api/{}{folder}/{}.rs", spec.names.many.kebab, self.method.to_lowercase())
    }

    fn create_event(&self, plan: &mut Plan, spec: &Spec) -> Result<(), Error> {
        let collection = format!("/api/{}", spec.names.many.kebab);
        let (route, path) = if self.is_of_item {
            (format!("{collection}/{{id}}"), format!("{collection}/1"))
        } else {
            (collection.clone(), collection)
        };
        let body = self.body.map(|name| object_json(spec, name));
        let event = Event {
            method: self.method,
            route: &route,
            path: &path,
            parameters: if self.is_of_item { &[("id", "1")] } else { &[] },
            body: body.as_deref(),
        };
        event.create(plan, &self.binary(spec))
    }
}

fn routes(spec: &Spec) -> impl Iterator<Item = &'static Route> {
    let has_put = spec.has_put;
    ROUTES.iter().filter(move |route| has_put || route.method != "PUT")
}

/// Refuses what is there already, in a sentence that says what it is.
pub(super) fn refuse_clashes(plan: &Plan, spec: &Spec) -> Result<(), Error> {
    let (many, one) = (&spec.names.many, &spec.names.one);
    let wrong = |text| Err(Error::Wrong(text));
    if !plan.files_in(format!("functions/api/{}", many.kebab))?.is_empty() {
        return wrong(format!("there are routes at /api/{} already", many.kebab));
    }
    let models = plan.read("shared/src/models/mod.rs")?;
    let is_model = |name: &str| {
        models.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
    };
    let mut types = vec![one.pascal.clone(), format!("New{}", one.pascal), format!("{}Changes", one.pascal)];
    let enumerations = spec.fields.iter().filter(|field| matches!(field.kind, Kind::Enum(_)));
    types.extend(enumerations.map(|field| spec.enumeration(field)));
    if let Some(name) = types.iter().find(|name| is_model(name)) {
        return wrong(format!("shared/src/models has a type `{name}` already; name the item with `--item`"));
    }
    let binaries = manifest::names(&plan.read("functions/Cargo.toml")?)?;
    for route in routes(spec) {
        let name = route.binary(spec);
        if binaries.iter().any(|(other, _)| *other == name) {
            return wrong(format!("there is a function `{name}` already; name the item with `--item`"));
        }
    }
    Ok(())
}

/// The binary that those of the resource stand behind.
pub(super) fn neighbour(plan: &Plan) -> Result<Option<String>, Error> {
    let template = Yaml::parse(&plan.read("template.yaml")?)?;
    let function = stack::last_function(&template);
    Ok(function.and_then(|function| stack::binary(&template, &function).map(str::to_owned)))
}

/// Creates the files, behind the binary `after` where there is an order, and names that of the tests.
pub(super) fn create(plan: &mut Plan, spec: &Spec, after: Option<&str>) -> Result<String, Error> {
    let (many, one) = (&spec.names.many, &spec.names.one);
    let text = |template| render(template, spec, context! {}).map(|text| with_short_comments(&text));

    plan.create(format!("shared/src/models/{}.rs", one.snake), text(MODEL)?)?;
    let mut types = vec![format!("New{}", one.pascal), one.pascal.clone(), format!("{}Changes", one.pascal)];
    let enumerations = spec.fields.iter().filter(|field| matches!(field.kind, Kind::Enum(_)));
    types.extend(enumerations.map(|field| spec.enumeration(field)));
    let exported = format!("pub use {}::{{{}}};", one.snake, types.join(", "));
    plan.edit("shared/src/models/mod.rs", |text| {
        rust::add_use(&rust::add_module(text, &one.snake)?, &exported)
    })?;

    plan.create(format!("shared/src/resources/{}.rs", many.snake), text(RESOURCE)?)?;
    let exported = format!("pub use {}::{};", many.snake, many.pascal);
    plan.edit("shared/src/resources/mod.rs", |text| {
        rust::add_use(&rust::add_module(text, &many.snake)?, &exported)
    })?;

    let mut after = after.map(str::to_owned);
    for route in routes(spec) {
        let (binary, file) = (route.binary(spec), route.file(spec));
        plan.create(format!("functions/{file}"), text(route.handler)?)?;
        plan.edit("functions/Cargo.toml", |text| {
            manifest::add_binary(text, &binary, &file, after.as_deref())
        })?;
        route.create_event(plan, spec)?;
        after = Some(binary);
    }

    let module = project::free_test_module(plan, &many.snake);
    let tests = format!("{}/{module}.rs", project::TESTS);
    plan.create(&tests, text(TESTS)?)?;
    plan.edit("functions/tests/api/main.rs", |text| rust::add_module(text, &module))?;
    let resource = format!("crate::{module}::RESOURCE");
    plan.edit("functions/tests/api/resources.rs", |text| rust::push(text, "RESOURCES", &resource))?;
    Ok(tests)
}

/// Says what is left to do by hand; `tests` is the file of the resource's tests.
pub(super) fn note_the_rest(plan: &mut Plan, spec: &Spec, tests: &str) {
    let (many, one) = (&spec.names.many, &spec.names.one);
    plan.note(format!(
        "try it: `cargo run -- --memory`, and in another terminal `curl -s localhost:3000/api/{} -d '{}'`",
        many.kebab,
        object_json(spec, "least")
    ));
    let limited: Vec<_> = spec
        .fields
        .iter()
        .filter(|field| spec.characters(field).is_some() || field.is_array())
        .map(|field| format!("`{}`", field.json()))
        .collect();
    if !limited.is_empty() {
        plan.note(format!(
            "check the limits of {} in shared/src/models/{}.rs and in openapi.yaml; a test fails where they differ",
            listed(&limited),
            one.snake
        ));
    }
    plan.note(format!("if you change another rule, or a text, change {tests} and docs/api.md, too"));
    plan.note(format!(
        "say in openapi.yaml and docs/api.md what {} is for, and make its examples yours",
        one.article
    ));
    plan.note("run its tests, and those of all routes: `cargo test -p functions`");
    if plan.has("web/package.json") {
        plan.note(notes::TYPES);
    }
    if plan.has("bench/Cargo.toml") {
        plan.note(notes::FIGURES);
    }
}

/// Comments within the width of a line; rustfmt leaves them alone.
fn with_short_comments(text: &str) -> String {
    let mut short = Vec::new();
    for line in text.lines() {
        let content = line.trim_start();
        let margin = &line[..line.len() - content.len()];
        let marker = ["//! ", "/// ", "// "].into_iter().find(|marker| content.starts_with(marker));
        match marker.filter(|_| line.chars().count() > RUST_WIDTH) {
            Some(marker) => {
                let words = &content[marker.len()..];
                let parts = wrapped(words, RUST_WIDTH - margin.len() - marker.len());
                short.extend(parts.iter().map(|part| format!("{margin}{marker}{part}\n")));
            }
            None => short.push(format!("{line}\n")),
        }
    }
    short.concat()
}
