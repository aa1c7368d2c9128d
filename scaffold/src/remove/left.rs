//! What a removal leaves to do by hand.

use std::collections::BTreeMap;

use super::mentions::Mention;
use crate::Plan;

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
