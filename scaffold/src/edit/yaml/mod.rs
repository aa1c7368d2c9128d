//! A YAML file, edited by its paths.

mod anchors;
mod lines;
mod tree;

use std::ops::Range;

use crate::Error;
pub(crate) use tree::Node;

/// A YAML file. Each edit is made in the text, which is then parsed again.
#[derive(Debug, Clone)]
pub(crate) struct Yaml {
    text: String,
    root: Node,
}

impl Yaml {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let root = Node::parse(text).map_err(|error| Error::Unreadable(error.to_string()))?;
        Ok(Self { text: text.to_owned(), root })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn get(&self, path: &[&str]) -> Option<&Node> {
        self.root.at(path)
    }

    /// The keys of the mapping at this path; none where there is no mapping.
    pub(crate) fn keys(&self, path: &[&str]) -> Vec<&str> {
        let entries = self.root.at(path).map(Node::entries).unwrap_or_default();
        entries.iter().map(|entry| entry.key.as_str()).collect()
    }

    /// The last key of the mapping at this path of which this holds.
    pub(crate) fn last_key(&self, path: &[&str], is: impl Fn(&str) -> bool) -> Option<String> {
        self.keys(path).into_iter().rfind(|key| is(key)).map(str::to_owned)
    }

    /// The key before this one.
    pub(crate) fn key_before(&self, path: &[&str], key: &str) -> Option<String> {
        let keys = self.keys(path);
        let place = keys.iter().position(|other| *other == key)?.checked_sub(1)?;
        keys.get(place).map(|key| (*key).to_owned())
    }

    /// The text of a value.
    pub(crate) fn text_of(&self, node: &Node) -> &str {
        self.text.get(node.start..node.end).unwrap_or_default()
    }

    /// The text of an entry of a block mapping, with the comments above it.
    pub(crate) fn block(&self, path: &[&str]) -> Option<&str> {
        let (key, parent) = path.split_last()?;
        let index = self.keys(parent).iter().position(|other| other == key)?;
        self.text.get(self.lines_of(parent, index)?)
    }

    /// The value of an entry of a block mapping, from the line below its key or from behind the colon,
    /// without indentation. Where it defines an anchor, there is the alias.
    pub(crate) fn aliased(&self, path: &[&str]) -> Option<String> {
        let (key, parent) = path.split_last()?;
        let index = self.keys(parent).iter().position(|other| other == key)?;
        let lines = self.lines_of(parent, index)?;
        let entry = self.root.at(parent)?.entries().get(index)?;
        let part = anchors::aliased(&self.text, &self.root, &(entry.start..lines.end));
        let (_, value) = part.split_once(':')?;
        Some(lines::moved(value.trim_end(), lines::column(&self.text, entry.start), 0))
    }

    /// Puts `block`, which begins at column 0, into the block mapping at `path`, behind the entry `after` or
    /// at the end. There is an empty line between them where there is one between the others.
    pub(crate) fn insert(&mut self, path: &[&str], after: Option<&str>, block: &str) -> Result<(), Error> {
        let keys = self.keys(path);
        let index = match after {
            Some(after) => keys.iter().position(|key| *key == after),
            None => keys.len().checked_sub(1),
        };
        let spans = index.and_then(|index| Some((self.lines_of(path, index)?, self.column_of(path, index)?)));
        let Some((lines, column)) = spans else {
            return Err(missing(path, after.unwrap_or("entries")));
        };
        let is_spaced = (1..keys.len()).any(|index| {
            self.lines_of(path, index).is_some_and(|lines| self.text[..lines.start].ends_with("\n\n"))
        });
        let gap = if is_spaced { "\n" } else { "" };
        let block = format!("{gap}{}", lines::indented(&format!("{}\n", block.trim_end()), column));
        self.replace(lines.end..lines.end, &block)
    }

    /// Puts `item` at the end of the sequence at `path`.
    pub(crate) fn push(&mut self, path: &[&str], item: &str) -> Result<(), Error> {
        let Some(sequence) = self.root.at(path) else { return Err(missing(path, "items")) };
        let Some(last) = sequence.items().last() else { return Err(missing(path, "items")) };
        if sequence.is_flow() {
            let end = last.end;
            return self.replace(end..end, &format!(", {item}"));
        }
        let dash = lines::begin(&self.text, last.start);
        let column = self.text[dash..].find('-').unwrap_or_default();
        let end = lines::block(&self.text, last.start, self.limit(path)).end;
        // What follows the dash stands two columns to its right.
        let item = lines::moved(item.trim_end(), 0, column + 2);
        self.replace(end..end, &format!("{}- {item}\n", " ".repeat(column)))
    }

    /// Puts `item` into the block sequence at `path`, before the first item whose text begins with `before`,
    /// or at the end.
    pub(crate) fn insert_item(&mut self, path: &[&str], before: &str, item: &str) -> Result<(), Error> {
        let items = self.root.at(path).map(Node::items).unwrap_or_default();
        let Some(next) = items.iter().find(|other| self.item_text(other).starts_with(before)) else {
            return self.push(path, item);
        };
        let start = lines::block(&self.text, next.start, next.start).start;
        let dash = lines::begin(&self.text, next.start);
        let column = self.text[dash..].find('-').unwrap_or_default();
        let item = lines::moved(item.trim_end(), 0, column + 2);
        self.replace(start..start, &format!("{}- {item}\n", " ".repeat(column)))
    }

    /// Writes another value in the place of the one at this path, which is on one line.
    pub(crate) fn set(&mut self, path: &[&str], value: &str) -> Result<(), Error> {
        let Some(node) = self.root.at(path) else { return Err(missing(path, "a value")) };
        self.replace(node.start..node.end, value)
    }

    /// Takes the entry at this path out, with the comments above it. What another part uses by an anchor that
    /// goes is written there instead. A mapping that is empty then goes, too.
    pub(crate) fn remove(&mut self, path: &[&str]) -> Result<(), Error> {
        let Some((key, parent)) = path.split_last() else { return Ok(()) };
        let keys = self.keys(parent);
        let Some(index) = keys.iter().position(|other| other == key) else {
            return Err(missing(parent, key));
        };
        if keys.len() == 1 && !parent.is_empty() {
            return self.remove(parent);
        }
        let range = self.range_of(parent, index).ok_or_else(|| missing(parent, key))?;
        self.cut(range)
    }

    /// Takes those items out of the sequence at this path whose text meets the condition. A sequence that is
    /// empty then goes, too.
    pub(crate) fn remove_items(
        &mut self,
        path: &[&str],
        is_unwanted: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        loop {
            let items = self.root.at(path).map(Node::items).unwrap_or_default();
            let Some(index) = items.iter().position(|item| is_unwanted(self.item_text(item))) else {
                return Ok(());
            };
            if items.len() == 1 {
                return self.remove(path);
            }
            let range = if self.root.at(path).is_some_and(Node::is_flow) {
                flow_range(&self.text, items[index].start..items[index].end, index == 0)
            } else {
                let limit = items
                    .get(index + 1)
                    .map_or(self.limit(path), |next| lines::block(&self.text, next.start, next.start).start);
                lines::block(&self.text, items[index].start, limit)
            };
            self.cut(range)?;
        }
    }

    /// The text of an item of a block sequence, without indentation.
    pub(crate) fn item(&self, item: &Node) -> String {
        let column = lines::column(&self.text, item.start);
        lines::moved(self.item_text(item), column, 0)
    }

    /// The text of an item, without what the parser counts to a block behind its end.
    fn item_text(&self, item: &Node) -> &str {
        self.text_of(item).trim_end()
    }

    /// Where the value of this path must end.
    fn limit(&self, path: &[&str]) -> usize {
        let Some((key, parent)) = path.split_last() else { return self.text.len() };
        let next = self.root.at(parent).map(Node::entries).and_then(|entries| {
            let index = entries.iter().position(|entry| entry.key == *key)?;
            entries.get(index + 1)
        });
        match (next, key.parse::<usize>()) {
            (Some(next), _) => lines::block(&self.text, next.start, next.start).start,
            (None, Ok(index)) if self.root.at(parent).is_some_and(|node| node.items().len() > index + 1) => {
                let next = self.root.at(parent).and_then(|node| node.items().get(index + 1));
                next.map_or(self.text.len(), |next| lines::block(&self.text, next.start, next.start).start)
            }
            _ => self.limit(parent),
        }
    }

    /// The lines of an entry of a block mapping.
    fn lines_of(&self, path: &[&str], index: usize) -> Option<Range<usize>> {
        let entry = self.root.at(path)?.entries().get(index)?;
        let limit = self.limit(&[path, &[entry.key.as_str()]].concat());
        Some(lines::block(&self.text, entry.start, limit))
    }

    fn column_of(&self, path: &[&str], index: usize) -> Option<usize> {
        let entry = self.root.at(path)?.entries().get(index)?;
        Some(lines::column(&self.text, entry.start))
    }

    fn range_of(&self, path: &[&str], index: usize) -> Option<Range<usize>> {
        let node = self.root.at(path)?;
        let entry = node.entries().get(index)?;
        if node.is_flow() {
            return Some(flow_range(&self.text, entry.start..entry.value.end, index == 0));
        }
        self.lines_of(path, index)
    }

    /// Takes this out, and writes down elsewhere what is used of it.
    fn cut(&mut self, range: Range<usize>) -> Result<(), Error> {
        let range = with_gap(&self.text, range);
        for edit in anchors::kept(&self.text, &self.root, &range) {
            self.text.replace_range(edit.0, &edit.1);
        }
        self.replace(range, "")
    }

    fn replace(&mut self, range: Range<usize>, with: &str) -> Result<(), Error> {
        self.text.replace_range(range, with);
        *self = Self::parse(&self.text)?;
        Ok(())
    }
}

/// Whole lines with one of the empty lines around them, so that no two of them meet.
fn with_gap(text: &str, range: Range<usize>) -> Range<usize> {
    let is_open = range.start == 0 || text[..range.start].ends_with("\n\n");
    match text[range.end..].starts_with('\n') && is_open {
        true => range.start..range.end + 1,
        false if is_open && range.end == text.len() && range.start > 0 => range.start - 1..range.end,
        false => range,
    }
}

/// A part of a flow collection with the comma that parts it from the others.
fn flow_range(text: &str, part: Range<usize>, is_first: bool) -> Range<usize> {
    if is_first {
        let rest = &text[part.end..];
        let more =
            rest.len() - rest.trim_start_matches([' ', '\n']).trim_start_matches(',').trim_start().len();
        return part.start..part.end + more;
    }
    text[..part.start].rfind(',').unwrap_or(part.start)..part.end
}

fn missing(path: &[&str], key: &str) -> Error {
    Error::Missing(format!("{} has no {key}", if path.is_empty() { "it".to_owned() } else { path.join(".") }))
}

#[cfg(test)]
mod tests;
