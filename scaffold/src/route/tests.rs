//! The tests of a route, in the module that has the first part of its path.

use minijinja::context;

use super::{Call, EXAMPLE, Route};
use crate::{
    Error, Plan,
    edit::rust,
    project::{self, TESTS},
    render::render,
};

/// Adds them to the module of the path, which is made if there is none, or to that of the resource that the
/// route reads: there is an item to read. The file that they are in.
pub(super) fn add(plan: &mut Plan, route: &Route) -> Result<String, Error> {
    let path = route.call.as_ref().map_or_else(|| route.path.text(), |call| call.resource.path.clone());
    let is_resource = project::resources(plan)?.iter().any(|resource| resource.has(&path));
    let module = project::test_module(plan, &path)?;
    let list = if is_resource { "RESOURCE" } else { "ROUTE" };
    let file = format!("{TESTS}/{module}.rs");
    let values = values(route, &module);
    if !plan.has(&file) {
        plan.create(&file, render(include_str!("../../templates/route/module.rs"), values.clone())?)?;
        plan.edit(format!("{TESTS}/main.rs"), |text| rust::add_module(text, &module))?;
        plan.edit(format!("{TESTS}/routes.rs"), |text| {
            rust::push(text, "ROUTES", &format!("crate::{module}::ROUTE"))
        })?;
    }
    let event = render(include_str!("../../templates/route/event.rs"), values.clone())?;
    let new = render(include_str!("../../templates/route/test.rs"), values)?;
    plan.edit(&file, |text| {
        // The first events are sent while there is nothing yet.
        let mut text = rust::push_first_in_vec(text, "events", event.trim_end())?;
        if route.call.is_some() {
            let failure = format!(
                "({:?}, {:?}, \"Failed to {}\")",
                route.method.name(),
                route.path.with(EXAMPLE),
                route.names.words
            );
            text = rust::push_in_field(&text, list, "failures", &failure)?;
        }
        rust::add_function(&text, &new)
    })?;
    Ok(file)
}

fn values(route: &Route, module: &str) -> minijinja::Value {
    let (status, answer) =
        route.call.as_ref().map_or((200, route.answer_with(EXAMPLE)), Call::answer_of_none);
    context! {
        module => module,
        first => format!("/{}", route.path.text().split('/').skip(1).take(2).collect::<Vec<_>>().join("/")),
        status => status,
        answer => answer,
        of_one => route.call.as_ref().and_then(Call::answer_of_one),
        collection => route.call.as_ref().map(|call| &call.resource.path),
        request_path => route.path.with(EXAMPLE),
        test => &route.names.snake,
        ..route.values()
    }
}
