//! What is derived from `template.yaml`, so that nobody writes it twice.

mod manifest;
mod router;
mod tables;

pub use manifest::synced;

use template::Document;

use crate::{Error, plan::Plan};

/// Brings the root's `Cargo.toml` in step with `template.yaml`, as both are in the plan.
pub(crate) fn sync(plan: &mut Plan) -> Result<(), Error> {
    let template = plan.read("template.yaml")?;
    let document = Document::parse(&template).map_err(|error| Error::from(error).within("template.yaml"))?;
    plan.edit("Cargo.toml", |manifest| synced(manifest, &document))
}
