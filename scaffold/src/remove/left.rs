//! What a removal leaves to do by hand.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::mentions::Mention;
use crate::{Plan, notes};

/// Tells where the removed part is still named, a line for each file.
pub(super) fn note(plan: &mut Plan, mentions: &[Mention]) {
    if plan.changes().any(|(_, path)| path == Path::new("openapi.yaml")) {
        plan.note(notes::TYPES);
    }
    let mut lines = BTreeMap::<_, Vec<_>>::new();
    for mention in mentions {
        lines.entry(&mention.file).or_default().push(mention.line.to_string());
    }
    for (file, lines) in lines {
        let word = if lines.len() == 1 { "line" } else { "lines" };
        plan.note(format!("{} still names it, in {word} {}", file.display(), lines.join(", ")));
    }
}

/// Tells which files send requests to a path that lacks a method now: nobody else knows which of them use it.
pub(super) fn note_requests(plan: &mut Plan, method: &str, path: &str, mentions: &[Mention]) {
    let files: BTreeSet<_> = mentions.iter().map(|mention| mention.file.display().to_string()).collect();
    for file in files {
        plan.note(format!("{file} has requests to {path}, which has no {method} now: run its tests"));
    }
}
