//! What is recorded of functions in `bench`.

use crate::{Error, Plan, edit::yaml::Yaml};

const PEERS: &str = "bench/peers";
const IN_README: &str = " [`peers/`](peers/README.md) has the same function in other languages.";
const PUBLISHED: &str = "docs/performance.md";

/// Takes a function out of the records of the guard. If it is the one that others are compared with, they go,
/// too, and what was published of them.
pub(super) fn remove(plan: &mut Plan, function: &str) -> Result<(), Error> {
    for file in plan.files_in("bench/guard")? {
        plan.edit(&file, |text| {
            // JSON is YAML, too.
            let mut figures = Yaml::parse(text)?;
            if figures.get(&["functions", function]).is_some() {
                figures.remove(&["functions", function])?;
            }
            Ok(figures.text().to_owned())
        })?;
    }
    let compared = plan.read(format!("{PEERS}/function.txt")).unwrap_or_default();
    if compared.trim() == function { remove_peers(plan) } else { Ok(()) }
}

fn remove_peers(plan: &mut Plan) -> Result<(), Error> {
    for file in plan.files_in(PEERS)? {
        plan.delete(file)?;
    }
    for file in ["bench/results.json", "bench/results.svg"] {
        if plan.has(file) {
            plan.delete(file)?;
        }
    }
    if plan.has(PUBLISHED) {
        plan.edit(PUBLISHED, |text| Ok(without_published(text)))?;
    }
    let readme = "bench/README.md";
    if plan.has(readme) {
        plan.edit(readme, |text| Ok(text.replace(IN_README, "")))?;
    }
    let updates = ".github/dependabot.yml";
    if plan.has(updates) {
        plan.edit(updates, |text| {
            let mut yaml = Yaml::parse(text)?;
            let folder = format!("/{PEERS}/");
            let count = yaml.get(&["updates"]).map_or(0, |updates| updates.items().len());
            for at in 0..count {
                let at = at.to_string();
                yaml.remove_items(&["updates", &at, "directories"], |item| item.starts_with(&folder))?;
            }
            yaml.remove_items(&["updates"], |update| update.contains(&folder))?;
            Ok(yaml.text().to_owned())
        })?;
    }
    plan.note("docs/performance.md has no figures now; `cargo bench` measures the functions that are left");
    Ok(())
}

/// Without what `cargo bench -- --publish` has written. Its marks stay, for the next time.
fn without_published(text: &str) -> String {
    let begin = text.find("<!-- begin:").and_then(|at| Some(at + text[at..].find('\n')? + 1));
    let end = text.find("<!-- end -->");
    match (begin, end) {
        (Some(begin), Some(end)) if begin <= end => format!("{}{}", &text[..begin], &text[end..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_published_goes_and_its_marks_stay() {
        let text = "# A\n\n<!-- begin: by a tool -->\n| figures |\n<!-- end -->\n\nText.\n";
        assert_eq!(without_published(text), text.replace("| figures |\n", ""));
        assert_eq!(without_published("Text.\n"), "Text.\n");
    }
}
