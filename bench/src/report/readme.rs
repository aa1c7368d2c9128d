//! The part of README that a run writes, between two marks.

use anyhow::{Context as _, Result};

use super::table;
use crate::results::Results;

const BEGIN: &str = "<!-- begin: written by `cargo bench -- --publish` -->\n";
const END: &str = "<!-- end -->\n";

/// README with the figures of this run.
pub(crate) fn renew(readme: &str, results: &Results) -> Result<String> {
    replace(readme, &section(results))
}

fn section(results: &Results) -> String {
    let versions: Vec<_> = results.versions.values().map(String::as_str).collect();
    format!(
        "Measured on {} ({} cores, {}), {}, {}:\n\n{}\n\n{}\n",
        results.machine.cpu,
        results.machine.cores,
        results.machine.architecture,
        results.date.split('T').next().unwrap_or_default(),
        versions.join(", "),
        table::functions(&results.peers),
        table::goals(&results.goals),
    )
}

fn replace(readme: &str, section: &str) -> Result<String> {
    let (before, rest) = readme.split_once(BEGIN).with_context(|| format!("README.md lacks {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("README.md lacks {END}"))?;
    Ok(format!("{before}{BEGIN}{section}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let readme = format!("a\n{BEGIN}old\n{END}b\n");
        let renewed = replace(&readme, "new\n").unwrap();
        assert_eq!(renewed, format!("a\n{BEGIN}new\n{END}b\n"));
        assert!(replace("no marks", "new").is_err());
    }
}
