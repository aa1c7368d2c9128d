//! The version that a project begins with, wherever one is stated.

use toml_edit::{DocumentMut, Item, value};

use super::{VERSION, npm};
use crate::{Error, edit::yaml::Yaml, plan::Plan};

pub(crate) fn put(plan: &mut Plan) -> Result<(), Error> {
    plan.edit("openapi.yaml", |text| {
        let mut document = Yaml::parse(text)?;
        document.set(&["info", "version"], VERSION)?;
        Ok(document.text().to_owned())
    })?;
    plan.edit("Cargo.toml", |text| {
        let mut manifest = parse(text)?;
        manifest["workspace"]["package"]["version"] = value(VERSION);
        Ok(manifest.to_string())
    })?;
    plan.edit("Cargo.lock", in_lock)?;
    npm::state(plan, "version", VERSION)
}

/// The lock file with the version of the workspace's own packages, which have no source.
fn in_lock(text: &str) -> Result<String, Error> {
    let mut lock = parse(text)?;
    let packages = lock.get_mut("package").and_then(Item::as_array_of_tables_mut);
    for package in packages.into_iter().flat_map(|packages| packages.iter_mut()) {
        if !package.contains_key("source") {
            package["version"] = value(VERSION);
        }
    }
    Ok(lock.to_string())
}

pub(crate) fn parse(text: &str) -> Result<DocumentMut, Error> {
    text.parse().map_err(|error: toml_edit::TomlError| Error::Unreadable(error.to_string()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::in_lock;

    #[test]
    fn only_what_is_of_the_workspace_gets_the_version() {
        let lock = |own: &str| {
            format!(
                "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\nsource = \"registry\"\n\n\
                 [[package]]\nname = \"own\"\nversion = \"{own}\"\ndependencies = [\n \"a\",\n]\n"
            )
        };
        assert_eq!(in_lock(&lock("3.1.4")).unwrap(), lock("0.1.0"));
    }
}
