//! `template.yaml` (AWS SAM): the one list of functions, routes and tables.
//!
//! Only what a local run needs is resolved; policies, alarms and dashboards may hold anything.

mod cors;
mod document;
mod functions;
mod intrinsics;
mod policies;
mod resource;
mod tables;
#[cfg(test)]
mod tests;

use std::path::Path;

use serde_json::Value;

pub(crate) use self::cors::Cors;
pub(crate) use self::functions::{Function, Route};
use self::intrinsics::Resolver;
use self::resource::Resource;
pub(crate) use self::tables::Table;
use crate::Error;

/// What a local run takes from the template.
#[derive(Debug)]
pub(crate) struct Template {
    pub(crate) functions: Vec<Function>,
    pub(crate) tables: Vec<Table>,
    pub(crate) cors: Option<Cors>,
}

impl Template {
    /// Reads and checks the file.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let fault =
            |reason: String| Error::new(format!("cannot use the template {}: {reason}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Self::parse(&text, &folder).map_err(fault)
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let document = document::parse(text)?;
        let resolver = Resolver::new(&document);
        let resources = Resource::all(&document, &resolver)?;
        let functions = functions::read(&resources, folder)?;
        let tables = tables::read(&resources)?;
        let cors = cors::read(&resources, &document, &resolver)?;
        Ok(Self { functions, tables, cors })
    }
}

/// `Globals.<section>`, or nothing.
fn globals<'t>(document: &'t Value, section: &str) -> Option<&'t Value> {
    document.get("Globals")?.get(section)
}
