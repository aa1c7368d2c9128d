//! The lines of a YAML file that belong to a part of it.

use std::ops::Range;

/// The byte at which the line of this byte begins.
pub(super) fn begin(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The byte behind the line of this byte, with its line end.
pub(super) fn end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at + newline + 1)
}

/// How far a line is indented. A line without content has no indentation.
fn indent(line: &str) -> Option<usize> {
    let content = line.trim_start_matches(' ');
    (!content.trim().is_empty()).then(|| line.len() - content.len())
}

/// The column of this byte.
pub(super) fn column(text: &str, at: usize) -> usize {
    at - begin(text, at)
}

/// The lines of a block that begins in the line of `start` and ends before `limit`: with the comments
/// directly above it, and without the comments and empty lines below it, which belong to what follows.
pub(super) fn block(text: &str, start: usize, limit: usize) -> Range<usize> {
    let first = begin(text, start);
    let column = indent(&text[first..end(text, first)]).unwrap_or_default();
    with_comments(text, first, column)..without_tail(text, first, limit, column)
}

fn with_comments(text: &str, first: usize, column: usize) -> usize {
    let mut begin = first;
    for line in text[..first].split_inclusive('\n').rev() {
        let is_comment = indent(line) == Some(column) && line.trim_start().starts_with('#');
        if !is_comment {
            break;
        }
        begin -= line.len();
    }
    begin
}

fn without_tail(text: &str, first: usize, limit: usize, column: usize) -> usize {
    let mut end = limit;
    for line in text[first..limit].split_inclusive('\n').rev() {
        let is_deeper = indent(line).is_some_and(|indent| indent > column);
        let is_content = indent(line).is_some() && !line.trim_start().starts_with('#');
        if is_deeper || is_content {
            break;
        }
        end -= line.len();
    }
    end
}

/// The text with every line moved to the right, but for empty ones.
pub(super) fn indented(text: &str, columns: usize) -> String {
    let margin = " ".repeat(columns);
    let line = |line: &str| if line.trim().is_empty() { line.to_owned() } else { format!("{margin}{line}") };
    text.split_inclusive('\n').map(line).collect()
}

/// The text with every line but the first moved by the difference of two columns.
pub(super) fn moved(text: &str, from: usize, to: usize) -> String {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    let margin = " ".repeat(from);
    lines.fold(first, |all, line| match line.strip_prefix(&margin) {
        Some(rest) => format!("{all}{}{rest}", " ".repeat(to)),
        None => all + line,
    })
}
