//! The part of docs/performance.md that a run writes, between two marks.

use anyhow::{Context as _, Result};

use super::table;
use crate::results::Results;

const BEGIN: &str = "<!-- begin: written by `cargo bench -- --publish` -->\n";
const END: &str = "<!-- end -->\n";

/// The document with the figures of this run.
pub(crate) fn renew(document: &str, results: &Results) -> Result<String> {
    replace(document, &section(results))
}

fn section(results: &Results) -> String {
    let versions: Vec<_> = results.versions.values().map(String::as_str).collect();
    format!(
        "![Bars: what a cold start and a warm request cost, beside Node.js and Python](../bench/results.svg)\n\n\
         Measured on {} ({} cores, {}), {}, {}:\n\n{}\n\n{}\n\n\
         [bench/results.json](../bench/results.json) has the figures of every function, and\n\
         [bench/peers](../bench/peers/README.md) says what it is compared with.\n",
        results.machine.cpu,
        results.machine.cores,
        results.machine.architecture,
        results.date.split('T').next().unwrap_or_default(),
        versions.join(", "),
        table::functions(&results.peers),
        table::goals(&results.goals),
    )
}

fn replace(document: &str, section: &str) -> Result<String> {
    let (before, rest) =
        document.split_once(BEGIN).with_context(|| format!("docs/performance.md lacks {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("docs/performance.md lacks {END}"))?;
    Ok(format!("{before}{BEGIN}{section}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let document = format!("a\n{BEGIN}old\n{END}b\n");
        let renewed = replace(&document, "new\n").unwrap();
        assert_eq!(renewed, format!("a\n{BEGIN}new\n{END}b\n"));
        assert!(replace("no marks", "new").is_err());
    }
}
