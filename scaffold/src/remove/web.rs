//! What goes from `web`.

use crate::{Error, Plan, edit::yaml::Yaml};

const PAGE: &str = "web/page";
const BUILT: &str = "web/dist/page.html";
const README: &str = "web/README.md";
const CHECKS: &str = ".ci/run";
const EXAMPLES: &str = "web/page/src/examples";

/// Takes the page's screen of a resource out.
pub(super) fn remove_screen(plan: &mut Plan, name: &str) -> Result<(), Error> {
    let mut is_changed = false;
    for folder in [format!("{PAGE}/src/{name}"), format!("{PAGE}/tests/{name}")] {
        is_changed |= remove_folder(plan, &folder)?;
    }
    note(plan, is_changed);
    Ok(())
}

/// Takes the page's example of a route out, which is named by the first part of its path.
pub(super) fn remove_example(plan: &mut Plan, name: &str) -> Result<(), Error> {
    let file = format!("{EXAMPLES}/{name}.tsx");
    if !plan.has(&file) {
        return Ok(());
    }
    plan.delete(file)?;
    plan.delete_if_there(format!("{PAGE}/tests/examples/{name}.spec.ts"))?;
    plan.edit(format!("{EXAMPLES}/examples.ts"), |text| Ok(without_import(text, name)))?;
    note(plan, true);
    Ok(())
}

/// Takes the page out: its folder, what was built of it, and its lines in the lists of `web`.
pub(super) fn remove_page(plan: &mut Plan) -> Result<(), Error> {
    remove_folder(plan, PAGE)?;
    plan.delete_if_there(BUILT)?;
    for (file, root) in [("web/package.json", vec![]), ("web/package-lock.json", vec!["packages", ""])] {
        plan.edit_if_there(file, |text| without_workspace(text, &root))?;
    }
    plan.edit_if_there(README, |text| Ok(without_lines(text, "page")))?;
    plan.edit_if_there(CHECKS, |text| Ok(without_step(text, "page")))?;
    plan.note("`npm --prefix web install` takes what only the page needed out of web/package-lock.json");
    Ok(())
}

fn note(plan: &mut Plan, is_changed: bool) {
    let text = "`npm --prefix web ci && npm --prefix web run build:page` builds the page again";
    if is_changed && plan.has(BUILT) && !plan.notes().iter().any(|note| note == text) {
        plan.note(text);
    }
}

fn remove_folder(plan: &mut Plan, folder: &str) -> Result<bool, Error> {
    let files = plan.files_in(folder)?;
    let own: Vec<_> = files
        .into_iter()
        .filter(|file| !file.components().any(|part| part.as_os_str() == "node_modules"))
        .collect();
    for file in &own {
        plan.delete(file)?;
    }
    Ok(!own.is_empty())
}

/// Without the import from `./name`, and the lines with what it imports.
fn without_import(text: &str, name: &str) -> String {
    let from = format!("from \"./{name}\"");
    let imported = text.lines().find(|line| line.starts_with("import ") && line.contains(&from));
    let names = imported.and_then(|line| line.split(['{', '}']).nth(1)).unwrap_or_default();
    let names: Vec<_> = names.split(',').map(|name| format!("{},", name.trim())).collect();
    let is_gone = |line: &&str| {
        Some(line.trim_end_matches('\n')) == imported || names.iter().any(|name| line.trim() == name)
    };
    text.split_inclusive('\n').filter(|line| !is_gone(line)).collect()
}

/// Without the line of a step in the list of steps, and without its function.
fn without_step(text: &str, name: &str) -> String {
    let (line, function) = (format!("    {name} "), format!("{name}() {{\n"));
    let text: String = text.split_inclusive('\n').filter(|other| !other.starts_with(&line)).collect();
    let begin = text.find(&format!("\n{function}")).map(|at| at + 1);
    let end = begin.and_then(|begin| Some(begin + text[begin..].find("\n}\n\n")? + "\n}\n\n".len()));
    match (begin, end) {
        (Some(begin), Some(end)) => format!("{}{}", &text[..begin], &text[end..]),
        _ => text,
    }
}

/// Without the lines that have this word.
fn without_lines(text: &str, word: &str) -> String {
    let has_word = |line: &&str| line.split(|letter: char| !letter.is_alphanumeric()).any(|one| one == word);
    text.split_inclusive('\n').filter(|line| !has_word(line)).collect()
}

/// JSON is YAML, too.
fn without_workspace(text: &str, root: &[&str]) -> Result<String, Error> {
    let mut json = Yaml::parse(text)?;
    let at = |keys: &[&'static str]| [root, keys].concat();
    json.remove_items(&at(&["workspaces"]), |item| item == "\"page\"")?;
    let scripts: Vec<_> = json
        .keys(&at(&["scripts"]))
        .into_iter()
        .filter(|script| {
            let command = json.get(&[&at(&["scripts"]), [*script].as_slice()].concat());
            command
                .and_then(|command| command.as_str())
                .is_some_and(|command| command.ends_with("--workspace page"))
        })
        .map(str::to_owned)
        .collect();
    for script in scripts {
        json.remove(&[&at(&["scripts"]), [script.as_str()].as_slice()].concat())?;
    }
    for package in ["page", "node_modules/page"] {
        if json.get(&["packages", package]).is_some() {
            json.remove(&["packages", package])?;
        }
    }
    Ok(json.text().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_example_goes_with_its_import() {
        let text = "import { Echo } from \"./echo\";\nimport { Form } from \"./form\";\n\nexport const examples = [\n  Form,\n  Echo,\n];\n";
        assert_eq!(
            without_import(text, "form"),
            "import { Echo } from \"./echo\";\n\nexport const examples = [\n  Echo,\n];\n"
        );
        assert_eq!(without_import(text, "none"), text);
    }

    #[test]
    fn a_step_goes_with_its_function() {
        let text = "steps=(\n    client # a\n    page   # b\n)\n\nclient() {\n    x\n}\n\npage() {\n    y\n}\n\nlast() { z; }\n";
        assert_eq!(
            without_step(text, "page"),
            "steps=(\n    client # a\n)\n\nclient() {\n    x\n}\n\nlast() { z; }\n"
        );
        assert_eq!(without_step(text, "none"), text);
    }

    #[test]
    fn lines_go_by_a_word() {
        assert_eq!(without_lines("- the page\n- pages\n", "page"), "- pages\n");
    }

    #[test]
    fn a_workspace_goes_with_its_scripts() {
        let text = r#"{
  "workspaces": [
    "client",
    "page"
  ],
  "scripts": {
    "dev": "npm run dev --workspace page",
    "test:client": "npm test --workspace client",
    "test:page": "npm test --workspace page"
  }
}
"#;
        let expected = r#"{
  "workspaces": [
    "client"
  ],
  "scripts": {
    "test:client": "npm test --workspace client"
  }
}
"#;
        assert_eq!(without_workspace(text, &[]).unwrap(), expected);
        assert_eq!(without_workspace(expected, &[]).unwrap(), expected);
    }
}
