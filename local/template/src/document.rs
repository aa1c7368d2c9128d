//! A template as it is written.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::functions::{self, Route};
use crate::intrinsics::Resolver;
use crate::resource::{FUNCTION, Resource};
use crate::yaml;

/// A template as it is written, but for short tags: `!Ref x` is `{"Ref": "x"}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Value);

impl Document {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| unusable(path, &error.to_string()))?;
        Self::parse(&text).map_err(|Error(reason)| unusable(path, &reason))
    }

    /// Reads a template's text.
    pub fn parse(text: &str) -> Result<Self, Error> {
        yaml::parse(text).map(Self).map_err(Error)
    }

    /// The whole of it.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.0
    }

    /// The whole of it, to be changed. Written as JSON it is a template again.
    pub fn root_mut(&mut self) -> &mut Value {
        &mut self.0
    }

    /// The resource with this logical id: its `Type`, `Properties` and the rest; `Null` if there is none.
    #[must_use]
    pub fn resource(&self, id: &str) -> &Value {
        &self.0["Resources"][id]
    }

    /// The logical ids of the resources of a type, such as `AWS::DynamoDB::Table`.
    pub fn ids(&self, kind: &str) -> impl Iterator<Item = &str> {
        let resources = self.0["Resources"].as_object().into_iter().flatten();
        resources.filter(move |(_, resource)| resource["Type"] == kind).map(|(id, _)| id.as_str())
    }

    /// The routes of each function, by its logical id. Nothing else of the template has to make sense.
    pub fn routes(&self) -> Result<BTreeMap<String, Vec<Route>>, Error> {
        self.with_resources(|resources| {
            let functions = resources.iter().filter(|resource| resource.kind == FUNCTION);
            functions.map(|function| Ok((function.id.clone(), functions::routes(function)?))).collect()
        })
        .map_err(Error)
    }

    /// Does something with the resources whose condition holds.
    pub(crate) fn with_resources<T>(
        &self,
        read: impl FnOnce(&[Resource<'_>]) -> Result<T, String>,
    ) -> Result<T, String> {
        let resolver = Resolver::new(&self.0);
        read(&Resource::all(&self.0, &resolver)?)
    }
}

pub(crate) fn unusable(path: &Path, reason: &str) -> Error {
    Error(format!("cannot use the template {}: {reason}", path.display()))
}
