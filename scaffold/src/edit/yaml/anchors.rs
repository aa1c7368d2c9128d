//! What is written once with an anchor (`&name`) and used elsewhere by an alias (`*name`).

use std::ops::Range;

use super::{
    lines,
    tree::{Kind, Node},
};

/// The edits, last first, after which nothing outside of `gone` uses an anchor in it: the first use of each
/// becomes its definition. All of them are behind `gone`, as YAML has it.
pub(super) fn kept(text: &str, root: &Node, gone: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let all = root.all();
    let defined = all.iter().filter(|node| node.anchor > 0 && gone.contains(&node.start));
    let mut edits: Vec<_> = defined
        .filter_map(|defined| {
            let user = all.iter().find(|node| {
                matches!(node.kind, Kind::Alias(anchor) if anchor == defined.anchor)
                    && !gone.contains(&node.start)
            })?;
            Some((user.start..user.end, definition(text, defined, gone.end, user)))
        })
        .collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    edits
}

/// A definition as it must be written in the place of `user`.
fn definition(text: &str, defined: &Node, limit: usize, user: &Node) -> String {
    let from = indent(text, defined.start);
    let end = if defined.is_flow() || matches!(defined.kind, Kind::Scalar(_)) {
        defined.end
    } else {
        block_end(text, defined.start, from, limit)
    };
    lines::moved(text[defined.start..end].trim_end(), from, indent(text, user.start))
}

/// Where the lines end that are indented deeper than that of `start`.
fn block_end(text: &str, start: usize, column: usize, limit: usize) -> usize {
    let first = lines::end(text, start);
    let mut end = first;
    for line in text[first..limit.max(first)].split_inclusive('\n') {
        if !line.trim().is_empty() && indent(line, 0) <= column {
            break;
        }
        end += line.len();
    }
    end
}

/// How far the line of this byte is indented; a dash is no indentation.
fn indent(text: &str, at: usize) -> usize {
    let line = &text[lines::begin(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}
