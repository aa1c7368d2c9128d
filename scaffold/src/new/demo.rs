//! A project without the example.

use crate::{
    Error, Plan,
    edit::yaml::{Node, Yaml},
    project, remove,
};

const RESOURCES: [&str; 2] = ["posts", "tasks"];
const PAGE: &str = "page";
const ROUTES: [(&str, &str); 5] = [
    ("GET", "/api/search"),
    ("POST", "/api/echo"),
    ("POST", "/api/form"),
    ("GET", "/api/auth"),
    ("POST", "/api/auth"),
];

/// The tag of the request examples, and where `hello` has it.
const EXAMPLES: &str = "Request examples";
const HELLO: &[&str] = &["paths", "/api/hello", "get", "tags", "0"];

/// Takes out what is there of the page, posts, tasks and the request examples. What any project has stays:
/// `hello`, the document, its reference, and `fallback`.
pub(crate) fn leave_out(plan: &mut Plan) -> Result<(), Error> {
    let functions = project::functions(plan)?;
    if functions.iter().any(|function| function.binary == PAGE) {
        remove::named(plan, PAGE)?;
    }
    for resource in project::resources(plan)? {
        if RESOURCES.contains(&resource.name()) {
            remove::named(plan, resource.name())?;
        }
    }
    for (method, path) in ROUTES {
        let is_it = |(other, own): &(String, String)| other == method && own == path;
        if functions.iter().any(|function| function.routes.iter().any(is_it)) {
            remove::route(plan, method.parse()?, &path.parse()?)?;
        }
    }
    plan.edit_if_there("openapi.yaml", contract)?;
    // The removals tell where texts still name these things, and those texts are new ones.
    plan.forget_notes();
    plan.note(
        "`npm --prefix web install && npm --prefix web run types` writes the types of the client, and the lock \
         without the packages that went",
    );
    Ok(())
}

/// `hello` is no example of a request any more, but one of a route.
fn contract(text: &str) -> Result<String, Error> {
    let mut document = Yaml::parse(text)?;
    if document.get(HELLO).is_some() {
        document.set(HELLO, "Example")?;
        let tags = document.get(&["tags"]).map(Node::items).unwrap_or_default();
        let index = tags.iter().position(|tag| tag.get("name").and_then(Node::as_str) == Some(EXAMPLES));
        if let Some(index) = index.map(|index| index.to_string()) {
            document.set(&["tags", &index, "name"], "Example")?;
            document.set(&["tags", &index, "description"], "A first route, to start from.")?;
        }
    }
    Ok(document.text().to_owned())
}
