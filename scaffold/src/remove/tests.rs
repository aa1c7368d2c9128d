//! What goes from `functions/tests/api`.

use crate::{
    Error, Plan,
    edit::rust,
    project::{self, Function, TESTS},
    route::Path,
};

/// Takes a route's part out of its module, or the module with the last route. Whether it was the last.
pub(super) fn of_route(
    plan: &mut Plan,
    function: &Function,
    method: &str,
    path: &str,
) -> Result<bool, Error> {
    let module = project::test_module(plan, path)?;
    let left = project::functions(plan)?;
    let mut others = left.iter().flat_map(|function| &function.routes);
    let is_last =
        !others.any(|(_, other)| project::test_module(plan, other).is_ok_and(|other| other == module));
    let file = format!("{TESTS}/{module}.rs");
    if is_last && plan.has(&file) {
        remove_module(plan, &module, "ROUTES")?;
        return Ok(true);
    }
    let route = path.parse::<Path>()?;
    // With another method, the path has tests of its own.
    let is_free = !project::has_path(&left, path);
    let is_of_path = |literal: &str| is_below(literal, &route);
    let prefix = function.binary.replace('-', "_");
    let files = plan.files_in(TESTS)?;
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
        let text = plan.read(file)?;
        let tests = rust::tests(&text).map_err(|error| error.within(file))?;
        let is_gone = |(name, paths): &(String, Vec<String>)| {
            let is_named =
                name.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            let is_about = !paths.is_empty() && paths.iter().all(|path| is_of_path(path)) && is_free;
            is_named || is_about
        };
        let gone: Vec<_> = tests.into_iter().filter(is_gone).map(|(name, _)| name).collect();
        plan.edit(file, |text| {
            let text = rust::remove_functions(text, &gone)?;
            without_parts(&text, &function.binary, method, &route)
        })?;
    }
    Ok(false)
}

/// Takes a module out, and its element of a list in the file of the list's name.
pub(super) fn remove_module(plan: &mut Plan, module: &str, list: &str) -> Result<(), Error> {
    plan.delete(format!("{TESTS}/{module}.rs"))?;
    plan.edit(format!("{TESTS}/main.rs"), |text| rust::remove_module(text, module))?;
    let element = format!("crate::{module}::");
    plan.edit(format!("{TESTS}/{}.rs", list.to_lowercase()), |text| {
        rust::remove_elements(text, list, |other| other.starts_with(&element))
    })
}

/// Without what a module says of a route to the tests of all routes.
fn without_parts(text: &str, binary: &str, method: &str, route: &Path) -> Result<String, Error> {
    let is_event = |element: &str| {
        let name = element.trim_start_matches('(').trim_start().strip_prefix('"').unwrap_or_default();
        name.strip_prefix(binary).is_some_and(|rest| rest.starts_with(['"', '.']))
    };
    let mut text = rust::remove_from_vec(text, "events", is_event)?;
    let pointer = format!("/paths/{}/{}/", route.text().replace('/', "~1"), method.to_lowercase());
    text = rust::remove_from_vec(&text, "limits", |element| element.contains(&pointer))?;
    let failure = (format!("{method:?}"), format!("{:?}", route.with("1")));
    let is_failure = |element: &str| element.contains(&failure.0) && element.contains(&failure.1);
    for constant in ["RESOURCE", "ROUTE"] {
        text = rust::remove_from_field(&text, constant, "failures", is_failure)?;
    }
    Ok(text)
}

/// Whether a text is a path of this route, with whatever in the place of its parameters, or with a query.
fn is_below(literal: &str, route: &Path) -> bool {
    let path = literal.split('?').next().unwrap_or_default();
    let (route, path): (Vec<_>, Vec<_>) =
        (route.text().split('/').map(str::to_owned).collect(), path.split('/').collect());
    route.len() == path.len()
        && route.iter().zip(path).all(|(expected, found)| expected.starts_with('{') || expected == found)
}
