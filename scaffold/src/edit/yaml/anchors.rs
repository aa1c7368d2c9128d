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

/// A part of the text with an alias in the place of each value that it defines an anchor for.
pub(super) fn aliased(text: &str, root: &Node, part: &Range<usize>) -> String {
    let mut aliased = text[part.clone()].to_owned();
    let mut outermost = Vec::<Range<usize>>::new();
    for node in root.all().into_iter().filter(|node| node.anchor > 0 && part.contains(&node.start)) {
        if outermost.last().is_none_or(|last| last.end <= node.start) {
            outermost.push(node.start..end(text, node, part.end));
        }
    }
    for defined in outermost.into_iter().rev() {
        let name = text[defined.start..].trim_start_matches('&');
        let name = name.split(char::is_whitespace).next().unwrap_or_default();
        aliased.replace_range(defined.start - part.start..defined.end - part.start, &format!("*{name}"));
    }
    aliased
}

/// A definition as it must be written in the place of `user`.
fn definition(text: &str, defined: &Node, limit: usize, user: &Node) -> String {
    let definition = text[defined.start..end(text, defined, limit)].trim_end();
    lines::moved(definition, indent(text, defined.start), indent(text, user.start))
}

/// The byte behind the last character of a value with an anchor.
fn end(text: &str, defined: &Node, limit: usize) -> usize {
    if defined.is_flow() || matches!(defined.kind, Kind::Scalar(_)) {
        return defined.end;
    }
    let end = block_end(text, defined.start, indent(text, defined.start), limit);
    text[..end].trim_end().len()
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
