//! A contract such as `openapi.yaml`, and the schemas in it as validators.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::{Registry, Validator};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};

use super::node::Node;

/// The document's name among the schemas.
const NAME: &str = "urn:openapi";
/// What can stand in a JSON pointer and not in the fragment of a URI.
const NO_FRAGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'%');

/// The methods that the document can describe and a browser's `fetch` can send.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// An `OpenAPI` document.
#[derive(Debug)]
pub struct Document {
    root: Value,
    registry: Registry<'static>,
    /// By JSON pointer, compiled when they are first asked for: a single test needs few of them.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// A path item of the document that a request's path matches.
pub struct Path<'d> {
    /// The path item.
    pub item: Node<'d>,
    /// The values of the path's parameters, decoded.
    pub parameters: Vec<(&'d str, String)>,
}

impl Document {
    /// Reads it.
    pub fn read(yaml: &str) -> Self {
        let root: Value = yaml_serde::from_str(yaml).unwrap();
        let registry = Registry::new().add(NAME, root.clone()).unwrap().prepare().unwrap();
        Self { root, registry, validators: Mutex::default() }
    }

    /// All of it.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, String::new())
    }

    /// The value at a JSON pointer.
    pub fn value(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
    }

    /// The path item for an encoded path. A template without parameters goes before one with.
    pub fn path<'d>(&'d self, encoded: &str) -> Option<Path<'d>> {
        let mut paths = self.root().child("paths")?.children();
        paths.sort_by_key(|(template, _)| template.contains('{'));
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

    /// The schema at a pointer.
    pub(super) fn validator(&self, pointer: &str) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || {
            let fragment = utf8_percent_encode(pointer, NO_FRAGMENT);
            let schema = json!({"$ref": format!("{NAME}#{fragment}")});
            let options = jsonschema::options().should_validate_formats(true).with_registry(&self.registry);
            Arc::new(options.build(&schema).unwrap_or_else(|error| panic!("{pointer}: {error}")))
        };
        Arc::clone(validators.entry(pointer.to_owned()).or_insert_with(compile))
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
