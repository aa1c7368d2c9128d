//! Where the project still names what was removed, after all that goes by rule.

use std::path::PathBuf;

use crate::{Error, Plan, project::{Function, Resource}};

/// Files that are not read for this: made by tools, or the history of the project.
const SKIPPED: [&str; 6] = ["CHANGELOG.md", "Cargo.lock", "package-lock.json", "schema.ts", "page.html", "reference.html"];

/// A line that still names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    pub(super) text: String,
}

/// Those of a route: its function, and its path where no other method has it.
pub(super) fn of_route(plan: &Plan, function: &Function, path: &str) -> Result<Vec<Mention>, Error> {
    let left = crate::project::functions(&plan.read("template.yaml")?)?;
    let is_left = left.iter().any(|other| other.routes.iter().any(|(_, own)| own == path));
    let mut names = vec![function.id.clone()];
    // A word such as `search` is in many texts.
    names.extend(function.binary.contains('-').then(|| function.binary.clone()));
    names.extend((!is_left).then(|| path.to_owned()));
    search(plan, &names)
}

/// Those of a resource.
pub(super) fn of_resource(plan: &Plan, resource: &Resource, functions: &[Function]) -> Result<Vec<Mention>, Error> {
    let mut names = vec![
        resource.path.clone(),
        resource.variable.clone(),
        resource.model.clone(),
        resource.store.clone(),
        format!("New{}", resource.model),
        format!("{}Table", resource.store),
    ];
    names.extend(functions.iter().map(|function| function.binary.clone()));
    search(plan, &names)
}

fn search(plan: &Plan, names: &[String]) -> Result<Vec<Mention>, Error> {
    let mut found = Vec::new();
    for file in plan.text_files()? {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if SKIPPED.contains(&name) || file.starts_with("scaffold") {
            continue;
        }
        let text = plan.read(&file)?;
        for (at, line) in text.lines().enumerate() {
            if names.iter().any(|name| has_word(line, name)) {
                found.push(Mention { file: file.clone(), line: at + 1, text: line.trim().to_owned() });
            }
        }
    }
    Ok(found)
}

/// Whether a line has this as a whole word: `/api/tasks` is none in `/api/tasks-2`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part)
    })
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
