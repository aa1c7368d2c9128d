//! What a project says of itself, before anybody has written more.

use std::path::PathBuf;

use minijinja::context;

use super::{Project, markdown, put as put_file};
use crate::{Error, docs, plan::Plan, project, render::render};

const README: &str = include_str!("../../templates/new/project.md");
const CHANGELOG: &str = include_str!("../../templates/new/changelog.md");

/// Where vulnerabilities are reported to; whoever owns the project fills it in.
const REPORT: &str = "Write to <security@example.com> rather than open an issue. Say what an attacker can do, and how. Only \
                      the latest\nrelease gets fixes.\n";

/// Where `cargo bench -- --publish` writes.
const FIGURES: [&str; 2] = ["bench/results.json", "bench/results.svg"];
/// Where `npm run screenshots` does.
const PICTURES: &str = "docs/images";
const PUBLISHED: &str = "docs/performance.md";
const UNMEASURED: &str = "Nothing is measured yet.\n";
/// If there is a function that others are compared with.
const PEERS: &str = "bench/peers/function.txt";
const HOW_TO_MEASURE: &str =
    "Nothing is measured yet. `cargo bench -- --peers --publish` writes the figures here.\n";

/// Writes them.
pub(crate) fn put(plan: &mut Plan, project: &Project) -> Result<(), Error> {
    let readme = readme(plan, project)?;
    put_file(plan, "README.md", &readme)?;
    put_file(plan, "CHANGELOG.md", CHANGELOG)?;
    plan.edit_if_there("SECURITY.md", |text| {
        markdown::with_chapter(text, "## Report a vulnerability", REPORT)
    })?;
    plan.edit_if_there("CONTRIBUTING.md", |text| {
        let consent = if project.licence.is_proprietary() {
            String::new()
        } else {
            format!(
                "By contributing you agree that your work is licensed under {}.",
                project.licence.as_str()
            )
        };
        Ok(markdown::with_last_paragraph(text, &consent))
    })?;
    figures(plan)?;
    plan.edit_if_there("docs/development.md", |text| Ok(docs::without_chapter(text, "Your own project")))
}

/// What was measured and photographed is the template.
fn figures(plan: &mut Plan) -> Result<(), Error> {
    for path in plan.files_in(PICTURES)?.into_iter().chain(FIGURES.map(PathBuf::from)) {
        if plan.has(&path) {
            plan.delete(path)?;
        }
    }
    let unmeasured = if plan.has(PEERS) { HOW_TO_MEASURE } else { UNMEASURED };
    plan.edit_if_there(PUBLISHED, |text| {
        let (begin, end) = ("<!-- begin:", "<!-- end -->");
        let unmarked = || Error::Missing(format!("it has no {begin} and {end}"));
        let start = text.find(begin).ok_or_else(unmarked)?;
        let from = text[start..].find('\n').map(|line| start + line + 1).ok_or_else(unmarked)?;
        let to = text.find(end).filter(|to| *to >= from).ok_or_else(unmarked)?;
        Ok(format!("{}{unmeasured}{}", &text[..from], &text[to..]))
    })
}

fn readme(plan: &Plan, project: &Project) -> Result<String, Error> {
    let licence = if project.licence.is_proprietary() {
        format!("Copyright (c) {}. All rights reserved.", project.holder)
    } else {
        format!("Licensed under {}.", project.licence.as_str())
    };
    let values = context! {
        name => project.name.as_str(),
        title => project.title.as_str(),
        licence,
        has_tasks => plan.has("functions/api/tasks/get.rs"),
        has_page => plan.has("functions/get.rs"),
        example => example(plan)?,
    };
    render(README, values)
}

/// A resource that is not there yet, for the commands that add one.
fn example(plan: &Plan) -> Result<&'static str, Error> {
    let resources = project::resources(plan)?;
    let is_free = |name: &&str| resources.iter().all(|resource| resource.name() != *name);
    Ok(["notes", "books", "tools"].into_iter().find(is_free).unwrap_or("items"))
}
