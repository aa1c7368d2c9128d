//! The operation in `openapi.yaml`.

use minijinja::context;

use super::{Route, capitalized};
use crate::{
    Error, Plan, components,
    edit::yaml::{Node, Yaml},
    render::render,
};

pub(super) fn add(plan: &mut Plan, route: &Route) -> Result<(), Error> {
    plan.edit("openapi.yaml", |text| {
        let mut yaml = Yaml::parse(text)?;
        let tag = tag(&mut yaml, route)?;
        let filters = filters(&yaml, route);
        let values = context! { tag => tag, filters => filters, ..route.values() };
        let operation = render(include_str!("../../templates/route/operation.yaml"), values)?;
        let path = route.path.text();
        if yaml.get(&["paths", &path]).is_some() {
            yaml.insert(&["paths", &path], None, &operation)?;
        } else {
            let after = neighbour(&yaml, route);
            let block = format!("{path}:\n  {}", operation.trim_end().replace('\n', "\n  "));
            yaml.insert(&["paths"], after.as_deref(), &block)?;
        }
        components::add_shared(&mut yaml)?;
        Ok(yaml.text().to_owned())
    })
}

/// That of the paths beside it, else a new one, named by the first part of the path.
fn tag(yaml: &mut Yaml, route: &Route) -> Result<String, Error> {
    let first = route.path.words().next().unwrap_or("root").to_owned();
    let is_beside = |path: &str| {
        path.parse::<super::Path>().is_ok_and(|path| path.words().next() == Some(first.as_str()))
    };
    for path in yaml.keys(&["paths"]).into_iter().filter(|path| is_beside(path)) {
        for method in yaml.keys(&["paths", path]) {
            if let Some(tag) = yaml.get(&["paths", path, method, "tags", "0"]).and_then(Node::as_str) {
                return Ok(tag.to_owned());
            }
        }
    }
    let words = first.replace(['-', '.'], " ");
    let tag = capitalized(&words);
    let tags = yaml.get(&["tags"]).map(Node::items).unwrap_or_default();
    if !tags.iter().any(|known| known.get("name").and_then(Node::as_str) == Some(&tag)) {
        yaml.push(&["tags"], &format!("name: {tag}\ndescription: What is at `/api/{first}`."))?;
    }
    Ok(tag)
}

/// The parameters by which the resource's list is filtered, for a count takes them, too.
fn filters(yaml: &Yaml, route: &Route) -> Vec<String> {
    let Some(call) = route.call.as_ref().filter(|call| call.is_list()) else { return Vec::new() };
    let parameters = yaml.get(&["paths", &call.resource.path, "get", "parameters"]);
    let parameters = parameters.map(Node::items).unwrap_or_default();
    let own =
        parameters.iter().filter(|parameter| parameter.get("in").and_then(Node::as_str) == Some("query"));
    own.map(|parameter| yaml.item(parameter)).collect()
}

/// The last path that begins as this one does.
fn neighbour(yaml: &Yaml, route: &Route) -> Option<String> {
    let paths = yaml.keys(&["paths"]);
    let shared = |path: &&str| route.path.shared_parts(path);
    let nearest = paths.iter().copied().max_by_key(shared).filter(|path| shared(path) > 2);
    nearest.map(str::to_owned).or_else(|| yaml.last_key(&["paths"], |path| path.starts_with("/api/")))
}
