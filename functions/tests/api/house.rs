//! The rules of the house: template.yaml, the binaries and the events are in step, and a function has no more
//! than it needs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use serde_json::{Value, json};
use template::{Document, Route};

use crate::app::{APP, root};

/// A function of the template.
pub(crate) struct TemplateFunction {
    resource: Value,
    /// Method and path of each route; nothing for `$default`.
    pub(crate) routes: Vec<Option<(String, String)>>,
}

/// The template as it is written.
pub(crate) fn template() -> Document {
    Document::read(&root().join("template.yaml")).unwrap()
}

/// The template's functions by the name of their binary.
pub(crate) fn functions() -> BTreeMap<String, TemplateFunction> {
    let template = template();
    let mut functions = BTreeMap::new();
    for (logical, routes) in template.routes().unwrap() {
        let resource = template.resource(&logical);
        let binary = resource["Metadata"]["BuildProperties"]["Binary"].as_str().unwrap().to_owned();
        let name: String = binary.split('-').map(capitalised).collect();
        assert_eq!(logical, name, "the resource is named as its binary");
        assert_eq!(
            resource["Properties"]["FunctionName"],
            json!({"Fn::Sub": format!("${{AWS::StackName}}-{binary}")}),
            "the function is named as its binary"
        );
        let routes = routes.into_iter().map(method_and_path).collect();
        let earlier =
            functions.insert(binary.clone(), TemplateFunction { resource: resource.clone(), routes });
        assert!(earlier.is_none(), "{binary} is in the template twice");
    }
    functions
}

/// Fails with nothing but the difference.
#[track_caller]
pub(crate) fn assert_same<T: Into<String>>(
    what: &str,
    found: impl IntoIterator<Item = T>,
    expected: impl IntoIterator<Item = T>,
) {
    let found: BTreeSet<String> = found.into_iter().map(Into::into).collect();
    let expected: BTreeSet<String> = expected.into_iter().map(Into::into).collect();
    let mut difference = String::new();
    for (name, lines) in [("missing", expected.difference(&found)), ("too much", found.difference(&expected))]
    {
        for line in lines {
            let _ = write!(difference, "\n{name}: {line}");
        }
    }
    assert!(difference.is_empty(), "{what}{difference}");
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn method_and_path(route: Route) -> Option<(String, String)> {
    match route {
        Route::Default => None,
        Route::Path { method, path } => Some((method.expect("a route is for one method"), path)),
    }
}

/// The source file of each binary, by its name.
fn sources() -> BTreeMap<String, String> {
    let manifest = fs::read_to_string(root().join("functions/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let text = |table: &toml::Value, key: &str| table[key].as_str().unwrap().to_owned();
    manifest["bin"].as_array().unwrap().iter().map(|bin| (text(bin, "name"), text(bin, "path"))).collect()
}

#[test]
fn each_function_has_a_binary_and_an_event_and_each_of_those_a_function() {
    let functions: BTreeSet<_> = functions().into_keys().collect();
    let binaries: BTreeSet<_> = sources().into_keys().collect();
    assert_same("functions/Cargo.toml against template.yaml", &binaries, &functions);
    let events: BTreeSet<_> = fs::read_dir(root().join("events"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .map(|file| file.split('.').next().unwrap().to_owned())
        .collect();
    assert_same("events/ against template.yaml", &events, &functions);
}

/// Those of the first route, where a function has several.
#[test]
fn the_folders_are_the_url_and_the_file_is_the_method() {
    let sources = sources();
    for (name, function) in functions() {
        let path = match &function.routes[0] {
            None => "fallback.rs".to_owned(),
            Some((method, path)) => {
                let folder = path.replace('{', "[").replace('}', "]");
                format!("{folder}/{}.rs", method.to_lowercase()).trim_start_matches('/').to_owned()
            }
        };
        assert_eq!(sources[&name], path, "{name}");
    }
    let mut files = rust_files(&root().join("functions"));
    files.retain(|file| !file.starts_with("tests/"));
    assert_same("functions/api against functions/Cargo.toml", files, sources.into_values());
}

fn rust_files(folder: &std::path::Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let relative = path.strip_prefix(root().join("functions")).unwrap();
            files.push(relative.to_str().unwrap().to_owned());
        }
    }
    files
}

/// A page is one file, which may have a route for each of its addresses.
#[test]
fn one_route_is_one_function_and_get_is_head_too() {
    let mut seen = BTreeSet::new();
    for (name, function) in functions() {
        for route in &function.routes {
            assert!(seen.insert(route.clone()), "{route:?} is in the template twice");
        }
        let routes =
            || function.routes.iter().flatten().map(|(method, path)| (method.as_str(), path.as_str()));
        for (_, path) in routes().filter(|(method, _)| *method == "GET") {
            assert!(routes().any(|route| route == ("HEAD", path)), "{name} lacks HEAD {path}");
        }
        let paths: Vec<_> = routes().filter(|(method, _)| *method != "HEAD").map(|(_, path)| path).collect();
        let is_page = paths.iter().all(|path| !path.starts_with("/api/"));
        assert!(is_page || paths.len() == 1, "{name} has more than one route: {paths:?}");
    }
    assert!(seen.contains(&None), "$default has no function");
}

#[test]
fn each_event_is_one_of_its_functions_route() {
    for (name, function) in functions() {
        let event = fs::read_to_string(root().join(format!("events/{name}.json")));
        let event = event.unwrap_or_else(|error| panic!("events/{name}.json: {error}"));
        let event: Value = serde_json::from_str(&event).unwrap();
        let key = match &function.routes[0] {
            None => "$default".to_owned(),
            Some((method, path)) => format!("{method} {path}"),
        };
        assert_eq!(event["version"], "2.0", "{name}");
        assert_eq!(event["routeKey"], key.as_str(), "{name}");
        assert_eq!(event["requestContext"]["routeKey"], key.as_str(), "{name}");
        assert_eq!(event["requestContext"]["http"]["path"], event["rawPath"], "{name}");
    }
}

/// What is derived from template.yaml: the routes and tables of `cargo lambda watch`.
#[test]
fn what_is_derived_from_the_template_is_in_step_with_it() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let synced = scaffold::synced(&manifest, &template()).unwrap();
    assert_same(
        "Cargo.toml against template.yaml; `cargo scaffold sync` mends it",
        manifest.lines(),
        synced.lines(),
    );
    assert!(manifest == synced, "the order differs: run `cargo scaffold sync`");
}

/// A version of a function is replaced, and so takes the new values of parameters, where its description
/// changes.
#[test]
fn each_version_is_described_by_its_settings() {
    let template = template();
    let settings = &template.root()["Globals"]["Function"]["Description"];
    assert!(settings.to_string().contains("${Settings}"));
    for (name, function) in functions() {
        assert_eq!(&function.resource["Properties"]["VersionDescription"], settings, "{name}");
    }
}

/// Least privilege, and rule of the house: a function links no part of the SDK that it has no use for. The
/// name of an operation is in a binary exactly where the operation is linked.
#[test]
fn permissions_are_the_operations_that_are_linked() {
    // A transaction needs the permissions of what is in it, here `PutItem`, and none of its own.
    const OPERATIONS: [&str; 7] =
        ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem"];
    for (name, function) in functions() {
        let binary = fs::read(APP.binaries().join(&name)).unwrap();
        let contains = |text: &str| memchr::memmem::find(&binary, text.as_bytes()).is_some();
        let linked: BTreeSet<_> = OPERATIONS
            .into_iter()
            .filter(|operation| contains(&format!("DynamoDB_20120810.{operation}")))
            .map(|operation| format!("dynamodb:{operation}"))
            .collect();
        let mut allowed = BTreeSet::new();
        for policy in function.resource["Properties"]["Policies"].as_array().into_iter().flatten() {
            for statement in policy["Statement"].as_array().unwrap() {
                assert_eq!(statement["Effect"], "Allow");
                let actions = statement["Action"].as_array().unwrap();
                allowed.extend(actions.iter().map(|action| action.as_str().unwrap().to_owned()));
            }
        }
        let what = format!("{name}: what template.yaml allows against the operations in its binary");
        assert_same(&what, &allowed, &linked);
        assert_eq!(linked.is_empty(), !contains("DynamoDB_20120810"), "{name} links the SDK");
    }
}

/// Whatever may write is given the keys of tokens. Whatever is given them verifies tokens, and nothing else
/// links the verifier.
#[test]
fn what_may_write_verifies_tokens() {
    for (name, function) in functions() {
        let policies = function.resource["Properties"]["Policies"].to_string();
        let may_write = ["PutItem", "UpdateItem", "DeleteItem"].iter().any(|write| policies.contains(write));
        let variables = &function.resource["Properties"]["Environment"]["Variables"];
        let is_given = |variable: &str, parameter: &str| variables[variable].to_string().contains(parameter);
        let verifies = is_given("AUTH_JWKS", "AuthJwks");
        assert!(verifies || !may_write, "{name} may write: give it `Environment: *tokens` in template.yaml");
        let binary = fs::read(APP.binaries().join(&name)).unwrap();
        let contains = |text: &str| memchr::memmem::find(&binary, text.as_bytes()).is_some();
        let refusal = "no key of this kid and algorithm has signed it";
        assert_eq!(
            contains(refusal),
            verifies,
            "{name} links the verifier, against the keys in template.yaml"
        );
        for (variable, parameter) in
            [("AUTH_JWKS", "AuthJwks"), ("AUTH_ISSUER", "AuthIssuer"), ("AUTH_AUDIENCE", "AuthAudience")]
        {
            assert_eq!(contains(variable), verifies, "{name} reads {variable}");
            assert_eq!(is_given(variable, parameter), verifies, "{name}: {variable} in template.yaml");
        }
    }
}
