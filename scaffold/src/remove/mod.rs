//! `cargo scaffold remove`: a route, a resource or the page, and all that there is of it.

mod contract;
mod figures;
mod left;
mod mentions;
mod page;
mod resource;
mod tests;
mod web;

use crate::{
    Error, Plan, docs,
    edit::{manifest, rust, yaml::Yaml},
    project::{self, Function},
    route::{Method, Path},
};

/// Takes a resource out, or the page.
pub(crate) fn named(plan: &mut Plan, name: &str) -> Result<(), Error> {
    if name == page::FUNCTION {
        return page::remove(plan);
    }
    let resources = project::resources(plan)?;
    let Some(resource) = resources.iter().find(|resource| resource.name() == name) else {
        let names: Vec<_> = resources.iter().map(project::Resource::name).collect();
        return Err(Error::Wrong(format!(
            "there is no resource {name}; there are {}. A route is named by its method and path",
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        )));
    };
    resource::remove(plan, resource)
}

/// What the tests of all routes and the smoke test of a deployment send requests to, whatever else there is.
const KEPT: [&str; 3] = ["docs", "hello", "openapi"];

/// Takes a route out.
pub(crate) fn route(plan: &mut Plan, method: Method, path: &Path) -> Result<(), Error> {
    let (method, path) = (method.name(), path.text());
    let functions = project::functions(plan)?;
    let is_it = |(other, own): &(String, String)| other == method && *own == path;
    let function = functions
        .iter()
        .find(|function| function.routes.iter().any(is_it))
        .ok_or_else(|| Error::Wrong(format!("there is no {method} {path}")))?;
    if KEPT.contains(&function.binary.as_str()) {
        return Err(Error::Wrong(format!(
            "{method} {path} stays: the tests of all routes and the smoke test of a deployment use it"
        )));
    }
    if function.routes.iter().any(|(other, own)| *own != path || (other != method && other != "HEAD")) {
        return Err(Error::Wrong(format!(
            "{} has several routes: take this one out of its events in template.yaml",
            function.binary
        )));
    }
    remove_function(plan, function)?;
    if tests::of_route(plan, function, method, &path)? {
        let first = path.trim_start_matches("/api").split('/').nth(1).unwrap_or_default();
        web::remove_example(plan, first)?;
        plan.edit_if_there(docs::FILE, |text| Ok(docs::without_chapter_of(text, &format!("/api/{first}"))))?;
    }
    contract::remove_unused(plan)?;
    let mentions = mentions::of_route(plan, function, &path)?;
    left::note(plan, &mentions);
    if project::has_path(&project::functions(plan)?, &path) {
        left::note_requests(plan, method, &path, &mentions::of_path(plan, &path)?);
    }
    Ok(())
}

/// Takes a function out, with its binary, its handler, its events, its part of the contract and its row in
/// the table of routes. Its tests are another thing.
fn remove_function(plan: &mut Plan, function: &Function) -> Result<(), Error> {
    let binaries = manifest::names(&plan.read("functions/Cargo.toml")?)?;
    if let Some((_, path)) = binaries.iter().find(|(name, _)| *name == function.binary) {
        plan.delete(format!("functions/{path}"))?;
        plan.edit("functions/Cargo.toml", |text| manifest::remove_binary(text, &function.binary))?;
    }
    plan.edit("template.yaml", |text| {
        let mut yaml = Yaml::parse(text)?;
        yaml.remove(&["Resources", &function.id])?;
        Ok(yaml.text().to_owned())
    })?;
    for (method, path) in function.routes.iter().filter(|(method, _)| method != "HEAD") {
        contract::remove_operation(plan, method, path)?;
        let route = format!("{method} {path}");
        plan.edit_if_there(docs::FILE, |text| Ok(docs::without_routes(text, |other| other == route)))?;
    }
    let is_own = |stem: &str| stem.split('.').next() == Some(function.binary.as_str());
    for event in plan.files_in("events")? {
        if event.file_name().and_then(|name| name.to_str()).is_some_and(is_own) {
            plan.delete(event)?;
        }
    }
    remove_hints(plan, function)?;
    figures::remove(plan, &function.binary)
}

/// What `fallback` says where a method is missing: without the path, it says nothing.
fn remove_hints(plan: &mut Plan, function: &Function) -> Result<(), Error> {
    const FILE: &str = "functions/fallback.rs";
    let left = project::functions(plan)?;
    let gone: Vec<_> = function.routes.iter().filter(|(_, path)| !project::has_path(&left, path)).collect();
    if !plan.has(FILE) || gone.is_empty() {
        return Ok(());
    }
    let is_gone = |path: &String| gone.iter().any(|(_, own)| own == path);
    for texts in
        rust::texts_of_elements(&plan.read(FILE)?, "HINTS")?.iter().filter(|texts| texts.iter().any(is_gone))
    {
        if let Some(message) = texts.last() {
            contract::remove_error(plan, message)?;
        }
    }
    plan.edit(FILE, |text| {
        rust::remove_elements(text, "HINTS", |hint| {
            gone.iter().any(|(_, path)| hint.contains(&format!("{path:?}")))
        })
    })
}
