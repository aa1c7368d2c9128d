//! `cargo scaffold resource`: a model, its table, its routes, and what describes and tests them.

mod contract;
mod docs;
mod fields;
mod files;
mod filters;
mod literal;
mod model;
mod name;
mod render;
mod schemas;
mod spec;
mod stack;
mod values;
mod view;
mod words;

use clap::Args;

use self::{name::Names, spec::Spec};
use crate::{Error, Plan};

/// What is asked for.
#[derive(Debug, Args)]
pub(crate) struct NewResource {
    /// The resource in the plural, such as `notes` or `blog-posts`.
    name: String,
    /// Its fields, such as `title:string`.
    #[arg(required = true)]
    fields: Vec<String>,
    /// Filter the list by this field, as in `?author=jane`; may be given several times.
    #[arg(long = "index", value_name = "FIELD")]
    filters: Vec<String>,
    /// Leave out `PUT`: `PATCH` changes an item, too.
    #[arg(long)]
    no_put: bool,
    /// What one item is called, if it is not the singular of the name.
    #[arg(long, value_name = "NAME")]
    item: Option<String>,
}

/// Puts a new resource into the plan.
pub(crate) fn add(plan: &mut Plan, new: &NewResource) -> Result<(), Error> {
    let spec = Names::new(&new.name, new.item.as_deref())
        .and_then(|names| Spec::new(names, &new.fields, &new.filters, !new.no_put))
        .map_err(Error::Wrong)?;
    files::refuse_clashes(plan, &spec)?;
    let after = files::neighbour(plan)?;
    plan.edit("template.yaml", |text| stack::added(text, &spec))?;
    plan.edit("openapi.yaml", |text| contract::added(text, &spec))?;
    let tests = files::create(plan, &spec, after.as_deref())?;
    docs::add(plan, &spec, after.as_deref())?;
    files::note_the_rest(plan, &spec, &tests);
    Ok(())
}

#[cfg(test)]
mod tests;
