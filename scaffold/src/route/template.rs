//! The function in `template.yaml`.

use minijinja::context;

use super::{Route, capitalized, neighbour};
use crate::{
    Error, Plan,
    edit::yaml::Yaml,
    project::{self, Function},
    render::render,
};

pub(super) fn add(plan: &mut Plan, route: &Route, functions: &[Function]) -> Result<(), Error> {
    plan.edit("template.yaml", |text| {
        let mut yaml = Yaml::parse(text)?;
        let defines_tokens = definer(&yaml, functions, "tokens");
        let tokens = if defines_tokens.is_some() { "*tokens" } else { project::TOKENS };
        let policies = policies(&yaml, route, functions)?;
        let arn = policies.as_deref().and_then(|policies| alias(policies, "-arn"));
        // An alias stands behind its definition.
        let places = [
            neighbour(&route.path, functions).map(|function| function.id.as_str()),
            defines_tokens.filter(|_| route.method.is_change()),
            arn.and_then(|arn| definer(&yaml, functions, arn)),
        ];
        let keys = yaml.keys(&["Resources"]);
        let place = |id: &str| keys.iter().position(|key| *key == id);
        let after = places.into_iter().flatten().max_by_key(|id| place(id)).map(str::to_owned);
        let event = capitalized(&route.verb());
        let values = context! { tokens => tokens, event => event, policies => policies, ..route.values() };
        let block = render(include_str!("../../templates/route/function.yaml"), values)?;
        yaml.insert(&["Resources"], after.as_deref(), &block)?;
        Ok(yaml.text().to_owned())
    })
}

/// What the function may do, from below `Policies:`. A count may do what the resource's list does.
fn policies(yaml: &Yaml, route: &Route, functions: &[Function]) -> Result<Option<String>, Error> {
    let Some(call) = &route.call else { return Ok(None) };
    let missing = || {
        Error::Missing(format!(
            "no function has {} and the permissions for its table; they would be copied from it",
            call.resource.path
        ))
    };
    let own = functions.iter().filter(|function| {
        function.routes.iter().any(|(method, path)| {
            if call.is_list() {
                method == "GET" && *path == call.resource.path
            } else {
                call.resource.has(path)
            }
        })
    });
    for function in own {
        if let Some(policies) = yaml.aliased(&["Resources", &function.id, "Properties", "Policies"]) {
            if call.is_list() {
                return Ok(Some(policies));
            }
            if let Some(arn) = alias(&policies, "-arn") {
                return Ok(Some(format!(
                    "\n  - Statement:\n      - Effect: Allow\n        Action: [dynamodb:GetItem]\n        \
                     Resource: *{arn}"
                )));
            }
        }
    }
    Err(missing())
}

/// The name of the first alias with this ending.
fn alias<'a>(text: &'a str, ending: &str) -> Option<&'a str> {
    let names = text.split('*').skip(1).map(|rest| {
        let end =
            rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len());
        &rest[..end]
    });
    names.into_iter().find(|name| name.ends_with(ending))
}

/// The function in whose lines an anchor is defined.
fn definer<'a>(yaml: &Yaml, functions: &'a [Function], anchor: &str) -> Option<&'a str> {
    let definition = format!("&{anchor}");
    let defines = |block: &str| {
        block
            .match_indices(&definition)
            .any(|(at, _)| block[at + definition.len()..].starts_with(|next: char| next.is_whitespace()))
    };
    let ids = functions.iter().map(|function| function.id.as_str());
    ids.into_iter().find(|id| yaml.block(&["Resources", id]).is_some_and(defines))
}
