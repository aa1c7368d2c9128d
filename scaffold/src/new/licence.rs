//! Whose the new project is. What comes from the template stays under the template's licences, and says so.

use spdx::Expression;
use toml_edit::{DocumentMut, value};

use super::{Project, npm, put as put_file, version};
use crate::{Error, edit::yaml::Yaml, plan::Plan};

/// The crates that are the project's own; all others are the kit's.
const OWN: [&str; 2] = ["functions", "shared"];
/// Where the kit's licences lie in a project that is made with it, and how they are called.
const KIT: &str = "routelet";
const TEXTS: [(&str, &str); 2] = [("MIT", "LICENSE-MIT"), ("Apache-2.0", "LICENSE-APACHE")];
/// For a project that nobody else may use.
const PROPRIETARY: &str = "LicenseRef-Proprietary";

/// An expression of SPDX, such as `MIT OR Apache-2.0`.
#[derive(Debug)]
pub(crate) struct Licence(Expression);

impl Licence {
    pub(crate) fn new(text: Option<&str>) -> Result<Self, Error> {
        let text = text.unwrap_or(PROPRIETARY);
        let expression = Expression::parse(text).map_err(|error| {
            Error::Wrong(format!(
                "`{text}` is no licence of https://spdx.org/licenses, such as `Apache-2.0` or `MIT OR Apache-2.0`: {}",
                error.reason
            ))
        })?;
        Ok(Self(expression))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub(crate) fn is_proprietary(&self) -> bool {
        self.as_str() == PROPRIETARY
    }

    /// The licences that it consists of.
    fn parts(&self) -> Vec<String> {
        self.0.requirements().map(|part| part.req.to_string()).collect()
    }
}

/// States the licence, and puts the texts of the licences in their places.
pub(crate) fn put(plan: &mut Plan, project: &Project) -> Result<(), Error> {
    let licence = &project.licence;
    manifests(plan, licence)?;
    npm::state(plan, "license", if licence.is_proprietary() { "UNLICENSED" } else { licence.as_str() })?;
    plan.edit("openapi.yaml", |text| {
        let mut document = Yaml::parse(text)?;
        let name = if licence.is_proprietary() { "Proprietary" } else { licence.as_str() };
        document.set(&["info", "license", "name"], name)?;
        document.set(&["info", "license", "identifier"], licence.as_str())?;
        Ok(document.text().to_owned())
    })?;
    let texts = TEXTS.map(|(_, file)| plan.read(file));
    for ((_, file), text) in TEXTS.into_iter().zip(&texts) {
        if let Ok(text) = text {
            put_file(plan, format!("{KIT}/{file}"), text)?;
        }
    }
    notice(plan, project)?;

    let parts = licence.parts();
    for ((part, file), text) in TEXTS.into_iter().zip(&texts) {
        if parts.iter().any(|other| other == part) {
            let text = text.as_deref().unwrap_or_default();
            put_file(plan, file, &held_by(text, &project.holder))?;
        } else if plan.has(file) {
            plan.delete(file)?;
        }
    }
    if licence.is_proprietary() {
        put_file(plan, "LICENSE", &format!("Copyright (c) {}. All rights reserved.\n", project.holder))?;
    }
    let known = |part: &String| part == PROPRIETARY || TEXTS.iter().any(|(name, _)| name == part);
    for part in parts.iter().filter(|part| !known(part)) {
        plan.note(format!("LICENSE: the text of {part}"));
    }
    Ok(())
}

/// The kit's crates state the kit's licence, and the others that of the project.
fn manifests(plan: &mut Plan, licence: &Licence) -> Result<(), Error> {
    let manifest = version::parse(&plan.read("Cargo.toml")?)?;
    let kit = manifest["workspace"]["package"]["license"].as_str().unwrap_or_default().to_owned();
    let members = manifest["workspace"]["members"].as_array().into_iter().flatten();
    let members: Vec<_> = members.filter_map(|member| member.as_str().map(str::to_owned)).collect();
    plan.edit("Cargo.toml", |text| {
        let mut manifest = version::parse(text)?;
        manifest["workspace"]["package"]["license"] = value(licence.as_str());
        Ok(manifest.to_string())
    })?;
    for member in members.iter().filter(|member| !OWN.contains(&member.as_str())) {
        plan.edit_if_there(format!("{member}/Cargo.toml"), |text| {
            let mut manifest: DocumentMut = version::parse(text)?;
            let package = &mut manifest["package"];
            if package["license"].as_str().is_none() {
                package["license"] = value(&kit);
            }
            Ok(manifest.to_string())
        })?;
    }
    Ok(())
}

/// Names the kit's licences to whoever gets the project, as they ask for.
fn notice(plan: &mut Plan, project: &Project) -> Result<(), Error> {
    let text = format!(
        "{} is made from Routelet, a REST API in Rust on AWS Lambda.\n\n\
         What it has from there is licensed under MIT ({KIT}/LICENSE-MIT) or Apache 2.0\n\
         ({KIT}/LICENSE-APACHE), as you like. Keep these two files and this one.\n",
        project.title
    );
    put_file(plan, "NOTICE", &text)
}

/// A licence's text with another holder in its line of copyright.
fn held_by(text: &str, holder: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        if line.starts_with("Copyright (c)") { format!("Copyright (c) {holder}\n") } else { line.to_owned() }
    });
    lines.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_one_of_spdx() {
        assert_eq!(Licence::new(Some("MIT OR Apache-2.0")).unwrap().parts(), ["MIT", "Apache-2.0"]);
        assert!(Licence::new(None).unwrap().is_proprietary());
        let error = Licence::new(Some("Apache2")).unwrap_err().to_string();
        assert!(error.starts_with("`Apache2` is no licence of https://spdx.org/licenses"), "{error}");
    }

    #[test]
    fn the_holder_stands_in_the_line_of_copyright_alone() {
        let text = "MIT License\n\nCopyright (c) 2026 Others\n\nPermission is granted.\n";
        assert_eq!(held_by(text, "Acme"), "MIT License\n\nCopyright (c) Acme\n\nPermission is granted.\n");
    }
}
