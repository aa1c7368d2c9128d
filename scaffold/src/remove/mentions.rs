//! Where the project still names what was removed, after all that goes by rule.

use std::path::PathBuf;

use crate::{
    Error, Plan,
    project::{self, Function, Resource},
};

/// Where this API is, and not what it is built with: that has examples of its own.
const READ: [&str; 12] = [
    ".ci",
    ".github",
    "bench/peers",
    "docs",
    "events",
    "functions",
    "openapi.yaml",
    "README.md",
    "samconfig.toml",
    "shared",
    "template.yaml",
    "web",
];

/// Files that tools make.
const SKIPPED: [&str; 4] = ["package-lock.json", "page.html", "reference.html", "schema.ts"];

/// A line that still names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) file: PathBuf,
    pub(super) line: usize,
}

/// Those of a route: its function, and its path where no other method has it. A single word, such as
/// `search`, is in many texts.
pub(super) fn of_route(plan: &Plan, function: &Function, path: &str) -> Result<Vec<Mention>, Error> {
    let left = project::functions(&plan.read("template.yaml")?)?;
    let is_left = left.iter().any(|other| other.routes.iter().any(|(_, own)| own == path));
    let mut names = Vec::new();
    names.extend(function.binary.contains('-').then(|| function.binary.clone()));
    names.extend((!is_left && path.len() > 1).then(|| path.to_owned()));
    search(plan, &names)
}

/// Those of a resource.
pub(super) fn of_resource(
    plan: &Plan,
    resource: &Resource,
    functions: &[Function],
) -> Result<Vec<Mention>, Error> {
    let mut names = vec![
        resource.path.clone(),
        resource.variable.clone(),
        resource.not_found.clone(),
        format!("{}<", resource.store),
        format!("New{}", resource.model),
        format!("{}Changes", resource.model),
        format!("{}Table", resource.store),
    ];
    names.extend(functions.iter().map(|function| function.binary.clone()));
    search(plan, &names)
}

fn search(plan: &Plan, names: &[String]) -> Result<Vec<Mention>, Error> {
    let mut found = Vec::new();
    for file in plan.text_files()? {
        let is_read = READ.iter().any(|own| file.starts_with(own));
        let is_made = SKIPPED.iter().any(|name| file.ends_with(name));
        if !is_read || is_made {
            continue;
        }
        let text = plan.read(&file)?;
        for (at, line) in text.lines().enumerate() {
            if names.iter().any(|name| has_word(line, name)) {
                found.push(Mention { file: file.clone(), line: at + 1 });
            }
        }
    }
    Ok(found)
}

/// Whether a line has this as a whole word: `/api/tasks` is none in `/api/tasks-2`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_no_part_of_another() {
        assert!(has_word("see `/api/tasks/{id}`", "/api/tasks"));
        assert!(has_word("get-task", "get-task"));
        assert!(!has_word("/api/tasks-2", "/api/tasks"));
        assert!(!has_word("a NewTask", "Task"));
    }
}
