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
    let is_left = project::has_path(&project::functions(plan)?, path);
    let mut names = Vec::new();
    names.extend(function.binary.contains('-').then(|| function.binary.clone()));
    names.extend((!is_left && path.len() > 1).then(|| path.to_owned()));
    search(plan, &names)
}

/// Those of the page.
pub(super) fn of_page(plan: &Plan) -> Result<Vec<Mention>, Error> {
    let names = ["web/page", "the page", "The page", "docs/images"];
    search(plan, &names.map(str::to_owned))
}

/// Where tests and the page send requests to a path that has other methods still.
pub(super) fn of_path(plan: &Plan, path: &str) -> Result<Vec<Mention>, Error> {
    let begin = path.split('{').next().unwrap_or_default();
    let is_item = path.contains('{');
    let mut mentions =
        search_by(plan, |line| if is_item { line.contains(begin) } else { has_word(line, begin) })?;
    mentions.retain(|mention| {
        ["functions/tests", "web/page"].iter().any(|folder| mention.file.starts_with(folder))
    });
    Ok(mentions)
}

/// Those of a resource.
pub(super) fn of_resource(
    plan: &Plan,
    resource: &Resource,
    functions: &[Function],
) -> Result<Vec<Mention>, Error> {
    let mut names = vec![
        resource.name().to_owned(), // also in its path
        resource.store.clone(),
        resource.variable.clone(),
        resource.not_found.clone(),
        format!("New{}", resource.model),
        format!("{}Changes", resource.model),
        format!("{}Table", resource.store),
    ];
    names.extend(functions.iter().map(|function| function.binary.clone()));
    search(plan, &names)
}

fn search(plan: &Plan, names: &[String]) -> Result<Vec<Mention>, Error> {
    search_by(plan, |line| names.iter().any(|name| has_word(line, name)))
}

fn search_by(plan: &Plan, names_it: impl Fn(&str) -> bool) -> Result<Vec<Mention>, Error> {
    let mut found = Vec::new();
    for (file, text) in plan.texts()? {
        let is_read = READ.iter().any(|own| file.starts_with(own));
        let is_made = SKIPPED.iter().any(|name| file.ends_with(name));
        if !is_read || is_made {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            if names_it(line) {
                found.push(Mention { file: file.clone(), line: at + 1 });
            }
        }
    }
    Ok(found)
}

/// Whether a line has this as a whole word: `/api/tasks` is none in `/api/tasks-2`. What begins with a slash
/// may stand behind anything, such as `localhost:3000`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        (word.starts_with('/') || !line[..at].ends_with(is_part))
            && !line[at + word.len()..].starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_no_part_of_another() {
        assert!(has_word("see `/api/tasks/{id}`", "/api/tasks"));
        assert!(has_word("curl localhost:3000/api/tasks", "/api/tasks"));
        assert!(has_word("get-task", "get-task"));
        assert!(!has_word("/api/tasks-2", "/api/tasks"));
        assert!(!has_word("a NewTask", "Task"));
    }
}
