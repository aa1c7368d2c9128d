//! The routes of `cargo lambda watch`.

use std::collections::BTreeMap;

use template::{Document, Route};

use crate::Error;

/// In the order in which they are written.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// One line for each function of each path. `cargo lambda watch` takes a method that a path of its table
/// lacks for a request to no function at all, so the function of `$default` is listed for those.
pub(crate) fn lines(document: &Document) -> Result<Vec<String>, Error> {
    let mut paths = BTreeMap::<String, BTreeMap<String, String>>::new();
    let mut default = None;
    for (id, routes) in document.routes()? {
        let binary = &document.resource(&id)["Metadata"]["BuildProperties"]["Binary"];
        let binary = binary.as_str().unwrap_or(&id);
        for route in routes {
            match route {
                Route::Default => default = Some(binary.to_owned()),
                Route::Path { method, path } => {
                    let methods = method.map_or(METHODS.map(str::to_owned).into(), |method| vec![method]);
                    let own = paths.entry(path).or_default();
                    own.extend(methods.into_iter().map(|method| (method, binary.to_owned())));
                }
            }
        }
    }
    let mut lines: Vec<_> =
        paths.iter().flat_map(|(path, own)| of_path(path, own, default.as_deref())).collect();
    lines.extend(default.map(|function| format!("{{ path = \"/{{*path}}\", function = {function:?} }}")));
    Ok(lines)
}

fn of_path(path: &str, own: &BTreeMap<String, String>, default: Option<&str>) -> Vec<String> {
    let mut functions = Vec::<(&str, Vec<&str>)>::new();
    for method in METHODS {
        let Some(function) = own.get(method).map(String::as_str).or(default) else { continue };
        match functions.iter_mut().find(|(name, _)| *name == function) {
            Some((_, methods)) => methods.push(method),
            None => functions.push((function, vec![method])),
        }
    }
    // What no route has comes last.
    functions.sort_by_key(|(name, _)| Some(*name) == default);
    functions
        .into_iter()
        .map(|(name, methods)| format!("{{ path = {path:?}, methods = {methods:?}, function = {name:?} }}"))
        .collect()
}
