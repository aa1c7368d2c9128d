//! The rules of the house: `openapi.yaml` describes what `template.yaml` deploys, and nothing in it is left
//! over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::openapi;
use crate::{
    cors,
    house::{assert_same, functions},
};

/// What a browser reads itself, or gives every script (Fetch standard, "CORS-safelisted response-header
/// name").
const NOT_FOR_SCRIPTS: [&str; 6] = [
    "cache-control",
    "content-encoding",
    "content-security-policy",
    "cross-origin-opener-policy",
    "referrer-policy",
    "vary",
];

/// The binary's name, and behind it the further paths of a binary that has several: a page with two
/// addresses.
#[test]
fn operations_are_the_routes_of_the_template_and_named_as_their_binaries() {
    let mut expected = BTreeMap::new();
    for (binary, function) in functions() {
        let routes = function.routes.iter().flatten().filter(|(method, _)| method != "HEAD");
        for (at, (method, path)) in routes.enumerate() {
            let words = path.split('/').filter(|_| at > 0).map(|word| word.trim_matches(['{', '}']));
            let id: Vec<_> =
                [binary.as_str()].into_iter().chain(words.filter(|word| !word.is_empty())).collect();
            expected.insert(format!("{method} {path}"), id.join("-"));
        }
    }
    let described: BTreeMap<_, _> = openapi()
        .operations()
        .into_iter()
        .map(|(path, method, operation)| {
            let id = operation.text("operationId").unwrap_or_default();
            (format!("{} {path}", method.to_uppercase()), id.to_owned())
        })
        .collect();
    let lines = |operations: BTreeMap<String, String>| -> Vec<_> {
        operations.into_iter().map(|(route, id)| format!("{route} {id}")).collect()
    };
    assert_same("openapi.yaml against template.yaml", lines(described), lines(expected));
}

/// `HEAD` and `OPTIONS` go without saying, and what else could stand there would be checked by nobody.
#[test]
fn paths_have_parameters_and_operations_and_nothing_else() {
    const KNOWN: [&str; 6] = ["parameters", "get", "post", "put", "patch", "delete"];
    for (path, item) in openapi().root().child("paths").unwrap().children() {
        for (key, _) in item.children() {
            assert!(KNOWN.contains(&key), "{path} has {key}");
        }
    }
}

#[test]
fn a_browser_may_read_the_headers_that_are_described() {
    let described: BTreeSet<_> = places(openapi().root().value, "headers")
        .into_iter()
        .filter_map(Value::as_object)
        .flat_map(|headers| headers.keys())
        // Under `components` they have other names.
        .filter(|name| name.starts_with(|letter: char| letter.is_lowercase()))
        .filter(|name| !NOT_FOR_SCRIPTS.contains(&name.as_str()))
        .cloned()
        .collect();
    // More may be: what goes with the last resource is no harm.
    let exposed = cors::exposed().into_iter().filter(|name| described.contains(name));
    assert_same("ExposeHeaders in template.yaml against openapi.yaml", exposed, described.clone());
}

#[test]
fn a_browser_may_send_the_headers_that_are_described() {
    let parameters =
        places(openapi().root().value, "parameters").into_iter().flat_map(|parameters| match parameters {
            Value::Array(own) => own.iter().collect::<Vec<_>>(),
            shared => shared.as_object().into_iter().flat_map(|shared| shared.values()).collect(),
        });
    let mut described: BTreeSet<_> = parameters
        .filter(|parameter| parameter["in"] == "header")
        .map(|parameter| parameter["name"].as_str().unwrap().to_lowercase())
        // A browser sends its own.
        .filter(|name| name != "accept-encoding")
        .collect();
    // OpenAPI has other places for these.
    described.extend(["authorization", "content-type"].map(str::to_owned));
    let allowed = cors::allowed().into_iter().filter(|name| described.contains(name));
    assert_same("AllowedHeaders in template.yaml against openapi.yaml", allowed, described.clone());
}

/// But for the scheme of tokens, which the first route that wants one finds here.
#[test]
fn every_component_is_used() {
    let root = openapi().root();
    let mut used = BTreeSet::new();
    strings(root.value, &mut used);
    for (kind, components) in root.child("components").unwrap().children() {
        for (name, component) in components.children() {
            let reference = format!("#/components/{kind}/{name}");
            let is_used = used.contains(reference.as_str()) || kind == "securitySchemes";
            assert!(is_used, "{}: {reference} is not used", component.pointer);
        }
    }
}

#[test]
fn the_version_is_the_workspaces() {
    assert_eq!(openapi().root().value["info"]["version"], env!("CARGO_PKG_VERSION"));
}

/// Every value of this key, but in examples.
pub(super) fn places<'d>(value: &'d Value, wanted: &str) -> Vec<&'d Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(fields) => {
            for (key, value) in
                fields.iter().filter(|(key, _)| !["example", "examples"].contains(&key.as_str()))
            {
                if key == wanted {
                    found.push(value);
                }
                found.extend(places(value, wanted));
            }
        }
        Value::Array(items) => found.extend(items.iter().flat_map(|item| places(item, wanted))),
        _ => {}
    }
    found
}

fn strings<'d>(value: &'d Value, into: &mut BTreeSet<&'d str>) {
    match value {
        Value::Object(fields) => fields.values().for_each(|value| strings(value, into)),
        Value::Array(items) => items.iter().for_each(|value| strings(value, into)),
        Value::String(text) => drop(into.insert(text)),
        _ => {}
    }
}
