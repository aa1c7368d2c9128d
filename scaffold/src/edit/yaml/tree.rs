//! Where the parts of a YAML file are.

use saphyr_parser::{Event, Parser, ScanError, Span};

/// A value, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The byte at which it begins, its anchor and tag included.
    pub(crate) start: usize,
    /// The byte behind it. For a block this is where the parser noticed its end; see [`super::lines`].
    pub(crate) end: usize,
    /// The number of its anchor; 0 is none.
    pub(crate) anchor: usize,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Scalar(String),
    /// The number of the anchor that it stands for.
    Alias(usize),
    Mapping {
        is_flow: bool,
        entries: Vec<Entry>,
    },
    Sequence {
        is_flow: bool,
        items: Vec<Node>,
    },
}

/// A key of a mapping, and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    /// The byte at which the key begins.
    pub(crate) start: usize,
    pub(crate) value: Node,
}

impl Node {
    /// The only document of a file.
    pub(crate) fn parse(text: &str) -> Result<Self, ScanError> {
        // The parser counts characters.
        let mut bytes: Vec<_> = text.char_indices().map(|(byte, _)| byte).collect();
        bytes.push(text.len());
        let byte = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
        let events = Parser::new_from_str(text)
            .map(|event| {
                event.map(|(event, Span { start, end })| (event, byte(start.index()), byte(end.index())))
            })
            .filter(|event| {
                !matches!(event, Ok((Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, ..)))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Reader { text, events: events.into_iter() }.value())
    }

    /// What a mapping has under this key, or a sequence at this place.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Mapping { entries, .. } => {
                entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
            }
            Kind::Sequence { items, .. } => items.get(key.parse::<usize>().ok()?),
            Kind::Scalar(_) | Kind::Alias(_) => None,
        }
    }

    /// What is found by following these keys.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping { entries, .. } => entries,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::Sequence { items, .. } => items,
            _ => &[],
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn is_flow(&self) -> bool {
        matches!(self.kind, Kind::Mapping { is_flow: true, .. } | Kind::Sequence { is_flow: true, .. })
    }

    /// This and all that is in it, in the order of the text.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        found.extend(self.entries().iter().flat_map(|entry| entry.value.all()));
        found.extend(self.items().iter().flat_map(Self::all));
        found
    }
}

struct Reader<'a, I> {
    text: &'a str,
    events: I,
}

impl<'a, I: Iterator<Item = (Event<'a>, usize, usize)>> Reader<'a, I> {
    fn value(&mut self) -> Node {
        match self.events.next() {
            Some((event, start, end)) => self.node(event, start, end),
            None => Node { start: 0, end: 0, anchor: 0, kind: Kind::Scalar(String::new()) },
        }
    }

    fn node(&mut self, event: Event<'a>, start: usize, end: usize) -> Node {
        let is_flow = |opening| self.text.get(start..end).is_some_and(|text| text.contains(opening));
        match event {
            Event::Alias(anchor) => Node { start, end, anchor: 0, kind: Kind::Alias(anchor) },
            Event::Scalar(text, _, anchor, _) => {
                Node { start, end, anchor, kind: Kind::Scalar(text.into_owned()) }
            }
            Event::MappingStart(anchor, _) => {
                let is_flow = is_flow('{');
                let mut entries = Vec::new();
                let end = loop {
                    match self.events.next() {
                        None => break self.text.len(),
                        Some((Event::MappingEnd, _, end)) => break end,
                        Some((key, start, end)) => {
                            let key = self.node(key, start, end).as_str().unwrap_or_default().to_owned();
                            entries.push(Entry { key, start, value: self.value() });
                        }
                    }
                };
                Node { start, end, anchor, kind: Kind::Mapping { is_flow, entries } }
            }
            Event::SequenceStart(anchor, _) => {
                let is_flow = is_flow('[');
                let mut items = Vec::new();
                let end = loop {
                    match self.events.next() {
                        None => break self.text.len(),
                        Some((Event::SequenceEnd, _, end)) => break end,
                        Some((item, start, end)) => items.push(self.node(item, start, end)),
                    }
                };
                Node { start, end, anchor, kind: Kind::Sequence { is_flow, items } }
            }
            _ => Node { start, end, anchor: 0, kind: Kind::Scalar(String::new()) },
        }
    }
}
