//! A place in the document. To go further follows `$ref`s, so the pointer is always where the text stands.

use jsonschema::{Uri, ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::{document::Document, drift::Drift};

/// A place in the document.
#[derive(Debug, Clone)]
pub struct Node<'d> {
    document: &'d Document,
    /// Where it is.
    pub pointer: String,
    /// What stands there.
    pub value: &'d Value,
}

impl Document {
    /// All of it.
    pub fn root(&self) -> Node<'_> {
        Node::new(self, String::new())
    }
}

impl<'d> Node<'d> {
    /// # Panics
    /// If nothing is there: the document is wrong.
    pub(super) fn new(document: &'d Document, pointer: String) -> Self {
        let value = document.value(&pointer).unwrap_or_else(|| panic!("openapi.yaml has no {pointer}"));
        match value["$ref"].as_str() {
            Some(reference) => {
                let target = reference.strip_prefix('#');
                let target = target.unwrap_or_else(|| panic!("{pointer} refers to another document"));
                Self::new(document, target.to_owned())
            }
            None => Self { document, pointer, value },
        }
    }

    /// A member of an object.
    pub fn child(&self, key: &str) -> Option<Self> {
        self.value.get(key)?;
        let key = key.replace('~', "~0").replace('/', "~1");
        Some(Self::new(self.document, format!("{}/{key}", self.pointer)))
    }

    /// The members of an object, with their names.
    pub fn children(&self) -> Vec<(&'d str, Self)> {
        let fields = self.value.as_object().into_iter().flatten();
        fields.filter_map(|(key, _)| Some((key.as_str(), self.child(key)?))).collect()
    }

    /// The elements of an array.
    pub fn items(&self) -> Vec<Self> {
        let length = self.value.as_array().map_or(0, Vec::len);
        (0..length).map(|at| Self::new(self.document, format!("{}/{at}", self.pointer))).collect()
    }

    /// The text of a member.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.value[key].as_str()
    }

    /// Checks a value against the schema that stands here. `what` names the value.
    ///
    /// # Errors
    /// Where it breaks the schema.
    pub fn validate(&self, what: &str, value: &Value) -> Result<(), Drift> {
        let validator = self.document.validator(&self.pointer);
        let Some(error) = validator.iter_errors(value).next() else { return Ok(()) };
        let error = nearest(&error);
        let rule = error.absolute_keyword_location().and_then(Uri::fragment);
        let rule = rule.map_or(self.pointer.clone(), |rule| rule.decode().to_string_lossy().into_owned());
        let place = error.instance_path().as_str();
        let place = if place.is_empty() { String::new() } else { format!(" at {place}") };
        Err(Drift::new(rule, format!("{what}{place}: {}", error.masked_with("the value"))))
    }
}

/// What is wrong in the variant of a `oneOf` or `anyOf` that was meant: not one of another type or with
/// another constant, and of the others the one with the fewest errors.
fn nearest<'e>(error: &'e ValidationError<'e>) -> &'e ValidationError<'e> {
    use ValidationErrorKind::{AnyOf, Constant, OneOfNotValid, Type};

    let (OneOfNotValid { context } | AnyOf { context }) = error.kind() else { return error };
    let is_another = |one: &ValidationError<'_>| match one.kind() {
        Constant { .. } => true,
        Type { .. } => one.instance_path() == error.instance_path(),
        _ => false,
    };
    let meant = context.iter().filter(|errors| !errors.iter().any(is_another));
    let meant = meant.min_by_key(|errors| errors.len());
    meant.and_then(|errors| errors.first()).map_or(error, nearest)
}
