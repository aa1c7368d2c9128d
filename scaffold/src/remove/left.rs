//! What a removal leaves to do by hand, and the recorded figures of functions.

use std::collections::BTreeMap;

use super::mentions::Mention;
use crate::{Error, Plan, edit::yaml::Yaml};

/// Tells where the removed part is still named, a line for each file.
pub(super) fn note(plan: &mut Plan, mentions: &[Mention]) {
    let mut lines = BTreeMap::<_, Vec<_>>::new();
    for mention in mentions {
        lines.entry(&mention.file).or_default().push(mention.line.to_string());
    }
    for (file, lines) in lines {
        plan.note(format!("{} still names it, in line {}", file.display(), lines.join(", ")));
    }
}

/// Takes a function's figures out of the records of the guard. JSON is YAML, too.
pub(super) fn remove_figures(plan: &mut Plan, function: &str) -> Result<(), Error> {
    for file in plan.files_in("bench/guard")? {
        plan.edit(&file, |text| {
            let mut figures = Yaml::parse(text)?;
            if figures.get(&["functions", function]).is_some() {
                figures.remove(&["functions", function])?;
            }
            Ok(figures.text().to_owned())
        })?;
    }
    Ok(())
}
