//! What is recorded of functions in `bench`.

use crate::{Error, Plan, edit::yaml::Yaml};

const PEERS: &str = "bench/peers";
const IN_README: &str = " [`peers/`](peers/README.md) has the same function in other languages.";
const RELEASE: &str = "RELEASE.md";
const PUBLISHED: &str = "docs/performance.md";
/// The option of `cargo bench` that measures them.
const OPTION: &str = "--peers";

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
    if compared.trim() == function { remove_peers(plan, function) } else { Ok(()) }
}

fn remove_peers(plan: &mut Plan, function: &str) -> Result<(), Error> {
    for file in plan.files_in(PEERS)? {
        plan.delete(file)?;
    }
    for file in ["bench/results.json", "bench/results.svg"] {
        plan.delete_if_there(file)?;
    }
    plan.edit_if_there(PUBLISHED, |text| Ok(without_option(&without_published(text))))?;
    plan.edit_if_there(RELEASE, |text| Ok(without_option(text)))?;
    plan.edit_if_there("bench/README.md", |text| Ok(text.replace(IN_README, "")))?;
    plan.edit_if_there(".github/dependabot.yml", |text| {
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
    plan.note(format!(
        "{PEERS} and the figures in {PUBLISHED} went, too: they compared {function} with other languages; `cargo \
         bench` measures the functions that are left"
    ));
    note_claims(plan);
    Ok(())
}

/// Tells where the README gives figures that are no longer there.
fn note_claims(plan: &mut Plan) {
    let text = plan.read("README.md").unwrap_or_default();
    let is_claim = |line: &str| line.contains(&format!("[measured]({PUBLISHED})"));
    let lines = text.lines().zip(1..).filter(|(line, _)| is_claim(line));
    for (_, line) in lines {
        plan.note(format!("README.md still says what was measured, in line {line}"));
    }
}

/// Without the commands and the paragraphs that say how to measure peers.
fn without_option(text: &str) -> String {
    let mut kept = Vec::new();
    for paragraph in text.trim_end().split("\n\n") {
        if !paragraph.contains(OPTION) {
            kept.push(paragraph.to_owned());
        } else if paragraph.contains("```") {
            let lines = paragraph.lines().filter(|line| !line.contains(OPTION));
            kept.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }
    kept.join("\n\n") + "\n"
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
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn peers_go_with_their_function_and_what_is_left_of_them_is_told() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join(PEERS)).unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        for (file, text) in [
            ("bench/peers/function.txt", "get-note\n"),
            ("bench/results.json", "{}\n"),
            (PUBLISHED, "# A\n\n`--peers` needs more.\n"),
            ("README.md", "# A\n\nFast\n([measured](docs/performance.md)).\n"),
        ] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let mut plan = Plan::new(folder.path());
        remove(&mut plan, "list-notes").unwrap();
        assert_eq!((plan.changes().count(), plan.notes().len()), (0, 0));
        remove(&mut plan, "get-note").unwrap();
        assert!(plan.files_in("bench").unwrap().is_empty());
        assert_eq!(plan.read(PUBLISHED).unwrap(), "# A\n");
        assert!(plan.notes()[0].contains("they compared get-note with"), "{:?}", plan.notes());
        assert_eq!(plan.notes()[1], "README.md still says what was measured, in line 4");
    }

    #[test]
    fn what_was_published_goes_and_its_marks_stay() {
        let text = "# A\n\n<!-- begin: by a tool -->\n| figures |\n<!-- end -->\n\nText.\n";
        assert_eq!(without_published(text), text.replace("| figures |\n", ""));
        assert_eq!(without_published("Text.\n"), "Text.\n");
    }

    #[test]
    fn how_to_measure_peers_goes_by_lines_of_code_and_by_paragraphs() {
        let text =
            "# A\n\n```sh\none  # first\ntwo --peers\n```\n\nText.\n\n`--peers` needs\nmore.\n\nEnd.\n";
        assert_eq!(without_option(text), "# A\n\n```sh\none  # first\n```\n\nText.\n\nEnd.\n");
        assert_eq!(without_option("Text.\n"), "Text.\n");
    }
}
