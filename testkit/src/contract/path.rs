//! The paths of the document, and their operations.

use percent_encoding::percent_decode_str;

use super::{document::Document, node::Node};

/// The methods that the document can describe and a browser's `fetch` can send.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A path item of the document that a request's path matches.
pub struct Path<'d> {
    /// The path item.
    pub item: Node<'d>,
    /// The values of the path's parameters, decoded.
    pub parameters: Vec<(&'d str, String)>,
}

impl Document {
    /// The path item for a method, as the document writes it, and an encoded path. One with the method goes
    /// before one without, and then a template without parameters before one with: `PUT /notes/count` is
    /// an item's if only `GET` counts.
    pub fn path<'d>(&'d self, method: &str, encoded: &str) -> Option<Path<'d>> {
        let mut paths = self.root().child("paths")?.children();
        paths.sort_by_key(|(template, item)| (item.child(method).is_none(), template.contains('{')));
        paths
            .into_iter()
            .find_map(|(template, item)| Some(Path { item, parameters: parameters(template, encoded)? }))
    }

    /// Every operation, with its path and method.
    pub fn operations(&self) -> Vec<(&str, &str, Node<'_>)> {
        let paths = self.root().child("paths").map(|paths| paths.children()).unwrap_or_default();
        let operations = paths.into_iter().flat_map(|(path, item)| {
            METHODS.into_iter().filter_map(move |method| Some((path, method, item.child(method)?)))
        });
        operations.collect()
    }
}

/// The parameters in a path of this template; `None` if it is none. API Gateway splits a path before it
/// decodes it.
fn parameters<'d>(template: &'d str, encoded: &str) -> Option<Vec<(&'d str, String)>> {
    let (template, encoded): (Vec<_>, Vec<_>) = (template.split('/').collect(), encoded.split('/').collect());
    if template.len() != encoded.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (expected, segment) in template.into_iter().zip(encoded) {
        let segment = percent_decode_str(segment).decode_utf8_lossy().into_owned();
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !segment.is_empty() => parameters.push((name, segment)),
            None if expected == segment => {}
            _ => return None,
        }
    }
    Some(parameters)
}
