//! What goes from `openapi.yaml`.

use std::collections::BTreeSet;

use crate::{
    Error, Plan,
    edit::yaml::{Node, Yaml},
};

const FILE: &str = "openapi.yaml";

/// Takes an operation out, and its path with the last one.
pub(super) fn remove_operation(plan: &mut Plan, method: &str, path: &str) -> Result<(), Error> {
    let method = method.to_lowercase();
    plan.edit(FILE, |text| {
        let mut yaml = Yaml::parse(text)?;
        let keys = yaml.keys(&["paths", path]);
        let others = keys.iter().filter(|key| **key != method && **key != "parameters").count();
        if others == 0 && !keys.is_empty() {
            yaml.remove(&["paths", path])?;
        } else if keys.contains(&method.as_str()) {
            yaml.remove(&["paths", path, &method])?;
        }
        Ok(yaml.text().to_owned())
    })
}

/// Takes out the components and tags that nothing uses any more.
pub(super) fn remove_unused(plan: &mut Plan) -> Result<(), Error> {
    plan.edit(FILE, |text| {
        let mut yaml = Yaml::parse(text)?;
        while let Some((kind, name)) = unused_component(&yaml) {
            yaml.remove(&["components", &kind, &name])?;
        }
        let used = tags_in_use(&yaml);
        let is_unused = |item: &str| {
            let name = item.lines().next().and_then(|line| line.strip_prefix("name:")).unwrap_or_default();
            !used.contains(name.trim())
        };
        yaml.remove_items(&["tags"], is_unused)?;
        Ok(yaml.text().to_owned())
    })
}

/// Takes out an error that no function answers any more: in the values that it may have, and the examples.
pub(super) fn remove_error(plan: &mut Plan, message: &str) -> Result<(), Error> {
    plan.edit(FILE, |text| {
        let mut yaml = Yaml::parse(text)?;
        for name in yaml.keys(&["components", "responses"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
        {
            let media = ["components", "responses", &name, "content", "application/json"];
            let values = [&media, ["schema", "properties", "error", "enum"].as_slice()].concat();
            yaml.remove_items(&values, |item| item.trim_matches('"') == message)?;
            let examples = [&media, ["examples"].as_slice()].concat();
            let is_it = |example: &&str| {
                let error = yaml.get(&[&examples, [*example, "value", "error"].as_slice()].concat());
                error.and_then(Node::as_str) == Some(message)
            };
            let gone: Vec<_> = yaml.keys(&examples).into_iter().filter(is_it).map(str::to_owned).collect();
            for example in gone {
                yaml.remove(&[&examples, [example.as_str()].as_slice()].concat())?;
            }
        }
        Ok(yaml.text().to_owned())
    })
}

/// Security schemes are named without a reference, and stay.
fn unused_component(yaml: &Yaml) -> Option<(String, String)> {
    let kinds = yaml.keys(&["components"]).into_iter().filter(|kind| *kind != "securitySchemes");
    for kind in kinds {
        for name in yaml.keys(&["components", kind]) {
            let reference = format!("#/components/{kind}/{name}");
            let is_used = yaml.text().match_indices(&reference).any(|(at, _)| {
                let next = yaml.text()[at + reference.len()..].chars().next();
                next.is_none_or(|next| !next.is_alphanumeric() && next != '_' && next != '-')
            });
            if !is_used {
                return Some((kind.to_owned(), name.to_owned()));
            }
        }
    }
    None
}

fn tags_in_use(yaml: &Yaml) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for path in yaml.keys(&["paths"]) {
        for method in yaml.keys(&["paths", path]) {
            let tags = yaml.get(&["paths", path, method, "tags"]).map(Node::items).unwrap_or_default();
            used.extend(tags.iter().filter_map(Node::as_str).map(str::to_owned));
        }
    }
    used
}
