//! A project of one's own, made from this one: `cargo scaffold new` in a folder of its own, and `cargo
//! scaffold init` where a copy lies already. Both make the same changes, in one plan.

pub(crate) mod command;
mod demo;
mod files;
mod identity;
mod licence;
mod markdown;
mod name;
mod npm;
mod texts;
mod tracked;
mod version;

use std::path::PathBuf;

use crate::{Error, plan::Plan};
use licence::Licence;
use name::Name;

/// What marks a template.
const MARK: &str = "CargoLambda.toml";
/// What `cargo lambda new` and `cargo generate` read, and the tests of what makes projects. A project that is
/// made from this one is no template, so it has none of these.
const OF_TEMPLATES: [&str; 3] = [MARK, "cargo-generate.toml", "scaffold/tests/new.rs"];

/// The version that a project begins with.
const VERSION: &str = "0.1.0";

/// What the new project is to be.
#[derive(Debug)]
pub(crate) struct Project {
    name: Name,
    title: String,
    licence: Licence,
    holder: String,
    with_demo: bool,
}

/// Makes the project in the plan's folder the one that is asked for.
pub(crate) fn make(plan: &mut Plan, project: &Project) -> Result<(), Error> {
    if !plan.has(MARK) {
        return Err(Error::Wrong(format!(
            "this project is no template: it has no {MARK}, as the one that it was made from has"
        )));
    }
    project.name.leaves_room_for_functions(&plan.read("template.yaml")?)?;
    if !project.with_demo {
        demo::leave_out(plan)?;
    }
    for path in OF_TEMPLATES {
        if plan.has(path) {
            plan.delete(path)?;
        }
    }
    identity::put(plan, project)?;
    version::put(plan)?;
    licence::put(plan, project)?;
    texts::put(plan, project)?;
    plan.note("README.md: what this API is for; openapi.yaml says it in `info`");
    plan.note("SECURITY.md: who gets reports of vulnerabilities, in place of security@example.com");
    Ok(())
}

/// Puts a text into a file that may be there. What a new project begins with replaces what the template says
/// of itself.
fn put(plan: &mut Plan, path: impl Into<PathBuf>, text: &str) -> Result<(), Error> {
    let path = path.into();
    if plan.has(&path) { plan.edit(path, |_| Ok(text.to_owned())) } else { plan.create(path, text) }
}
