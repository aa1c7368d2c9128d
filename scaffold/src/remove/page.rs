//! The page: a function with a route for each of its addresses, and its sources in `web`.

use super::{contract, left, mentions, remove_function, tests, web};
use crate::{
    Error, Plan,
    edit::yaml::Yaml,
    project::{self, Resource},
};

/// The page's binary.
pub(super) const FUNCTION: &str = "page";

/// Takes the page out.
pub(super) fn remove(plan: &mut Plan) -> Result<(), Error> {
    let functions = project::functions(plan)?;
    let page = functions
        .iter()
        .find(|function| function.binary == FUNCTION)
        .ok_or_else(|| Error::Wrong("there is no page".to_owned()))?;
    remove_function(plan, page)?;
    tests::remove_module(plan, FUNCTION, "ROUTES")?;
    contract::remove_unused(plan)?;
    web::remove_page(plan)?;
    let mentions = mentions::of_page(plan)?;
    left::note(plan, &mentions);
    Ok(())
}

/// Takes the page's address of a resource out: `/tasks` of `/api/tasks`.
pub(super) fn remove_routes_of(plan: &mut Plan, resource: &Resource) -> Result<(), Error> {
    let functions = project::functions(plan)?;
    let Some(page) = functions.iter().find(|function| function.binary == FUNCTION) else { return Ok(()) };
    let path = format!("/{}", resource.name());
    if !page.routes.iter().any(|(_, other)| *other == path) {
        return Ok(());
    }
    plan.edit("template.yaml", |text| {
        let mut yaml = Yaml::parse(text)?;
        let events = ["Resources", page.id.as_str(), "Properties", "Events"];
        let own: Vec<_> = yaml
            .keys(&events)
            .into_iter()
            .filter(|event| {
                let path_of = [events.as_slice(), &[event, "Properties", "Path"]].concat();
                yaml.get(&path_of).and_then(|node| node.as_str()) == Some(&path)
            })
            .map(str::to_owned)
            .collect();
        for event in own {
            yaml.remove(&[events.as_slice(), &[event.as_str()]].concat())?;
        }
        Ok(yaml.text().to_owned())
    })?;
    contract::remove_operation(plan, "get", &path)
}
