//! The components of `openapi.yaml` that routes and resources share.

use std::collections::BTreeSet;

use crate::{Error, edit::yaml::Yaml};

/// A document lacks those that nothing in it uses.
pub(crate) const SHARED: &str = include_str!("../templates/openapi/shared.yaml");

/// Puts components behind the last one whose name ends with this.
pub(crate) fn add(yaml: &mut Yaml, kind: &str, end: &str, block: &str) -> Result<(), Error> {
    let path = ["components", kind];
    if yaml.get(&path).is_none() {
        let block: Vec<_> = block.lines().map(|line| format!("\n  {line}")).collect();
        return yaml.insert(&["components"], None, &format!("{kind}:{}", block.concat()));
    }
    let after = yaml.last_key(&path, |name| name.ends_with(end));
    yaml.insert(&path, after.as_deref(), block)
}

/// Adds the shared components that something refers to and that are not there.
pub(crate) fn add_shared(yaml: &mut Yaml) -> Result<(), Error> {
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
pub(crate) fn add_shared_one(yaml: &mut Yaml, kind: &str, name: &str) -> Result<(), Error> {
    add_one(yaml, &Yaml::parse(SHARED)?, kind, name)
}

fn add_one(yaml: &mut Yaml, shared: &Yaml, kind: &str, name: &str) -> Result<(), Error> {
    let block = shared.block(&[kind, name]).unwrap_or_default();
    let block: Vec<_> = block.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    let block = block.join("\n");
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
