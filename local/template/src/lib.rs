//! Reads AWS SAM templates: the one list of functions, routes and tables.
//!
//! A [`Document`] is the template as it is written. A [`Template`] is what a run on this machine takes from
//! it, with CloudFormation's intrinsic functions evaluated. Only that is evaluated: what stands in alarms and
//! dashboards may be anything.

pub mod aws;
mod cors;
mod document;
mod error;
mod functions;
mod intrinsics;
mod policies;
mod resource;
mod tables;
#[cfg(test)]
mod tests;
mod yaml;

use std::path::Path;

pub use self::cors::CorsConfiguration;
pub use self::document::Document;
pub use self::error::Error;
pub use self::functions::{FunctionResource, Route};
pub use self::policies::{Policy, Statement};
pub use self::tables::Table;

/// What a run on this machine takes from a template.
#[derive(Debug)]
pub struct Template {
    /// The functions that have a binary.
    pub functions: Vec<FunctionResource>,
    /// The tables.
    pub tables: Vec<Table>,
    /// What the API answers browsers of other origins, if it is configured.
    pub cors: Option<CorsConfiguration>,
}

impl Template {
    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let document = Document::read(path)?;
        Self::of(&document, path.parent().unwrap_or(Path::new("")))
            .map_err(|Error(reason)| document::unusable(path, &reason))
    }

    /// What is in a document whose file lies in `folder`.
    fn of(document: &Document, folder: &Path) -> Result<Self, Error> {
        document
            .with_resources(|resources| {
                Ok(Self {
                    functions: functions::read(resources, folder)?,
                    tables: tables::read(resources)?,
                    cors: cors::read(resources, document)?,
                })
            })
            .map_err(Error)
    }
}
