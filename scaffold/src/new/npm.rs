//! The client's package for npm.

use crate::{Error, edit::yaml::Yaml, plan::Plan};

const PACKAGE: &str = "web/client/package.json";
const LOCK: &str = "web/package-lock.json";

/// The package's name.
pub(crate) fn client(plan: &Plan) -> Result<String, Error> {
    // JSON is YAML.
    let package = Yaml::parse(&plan.read(PACKAGE)?).map_err(|error| error.within(PACKAGE))?;
    let name = package.get(&["name"]).and_then(|name| name.as_str());
    Ok(name.ok_or_else(|| Error::Missing("it has no name".to_owned()).within(PACKAGE))?.to_owned())
}

/// Sets a text that the package states of itself, there and in the lock file.
pub(crate) fn state(plan: &mut Plan, key: &str, value: &str) -> Result<(), Error> {
    let value = format!("{value:?}");
    for (path, within) in [(PACKAGE, &[][..]), (LOCK, &["packages", "client"])] {
        plan.edit_if_there(path, |text| {
            let mut package = Yaml::parse(text)?;
            package.set(&[within, &[key]].concat(), &value)?;
            Ok(package.text().to_owned())
        })?;
    }
    Ok(())
}
