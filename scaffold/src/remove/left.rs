//! What a removal leaves to do by hand, and the recorded figures of functions.

use super::mentions::Mention;
use crate::{Error, Plan, edit::yaml::Yaml};

/// The most mentions that are told.
const MOST: usize = 40;

/// Tells where the removed part is still named.
pub(super) fn note(plan: &mut Plan, mentions: &[Mention]) -> Result<(), Error> {
    for mention in mentions.iter().take(MOST) {
        plan.note(format!("{}:{} still names it: {}", mention.file.display(), mention.line, mention.text));
    }
    if mentions.len() > MOST {
        plan.note(format!("and {} more lines", mentions.len() - MOST));
    }
    Ok(())
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
