//! A contract such as `openapi.yaml`, and the schemas in it as validators.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jsonschema::{Registry, Validator};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

/// The document's name among the schemas.
const NAME: &str = "urn:openapi";
/// What can stand in a JSON pointer and not in the fragment of a URI.
const NO_FRAGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'%');

/// An `OpenAPI` document.
#[derive(Debug)]
pub struct Document {
    root: Value,
    registry: Registry<'static>,
    /// By JSON pointer, compiled when they are first asked for: a single test needs few of them.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Document {
    /// Reads it.
    pub fn read(yaml: &str) -> Self {
        let root: Value = yaml_serde::from_str(yaml).unwrap();
        let registry = Registry::new().add(NAME, root.clone()).unwrap().prepare().unwrap();
        Self { root, registry, validators: Mutex::default() }
    }

    /// The value at a JSON pointer.
    pub fn value(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer)
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
