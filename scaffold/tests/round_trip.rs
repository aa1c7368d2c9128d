//! What a command adds, another takes out without a trace; and what cannot be done changes nothing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod project;

use project::Project;

#[test]
fn a_route_goes_in_and_out_without_a_trace() {
    for (method, path, more) in [
        ("GET", "/api/status", vec![]),
        ("GET", "/status", vec![]),
        ("POST", "/api/hello/{name}/times/{count}", vec![]),
        ("DELETE", "/api/carts/{cartId}", vec!["--name", "empty-cart"]),
        ("GET", "/api/feed.xml", vec![]),
        // Modules of tests that are about something else have these names; the last is a word of the
        // language.
        ("GET", "/api/events", vec![]),
        ("GET", "/api/web/pages", vec![]),
        ("POST", "/api/type", vec![]),
        ("GET", "/api/1", vec![]),
    ] {
        let project = Project::copy();
        let before = project.files();
        project.run(&[&["route", method, path], more.as_slice()].concat()).unwrap();
        let added = project.files();
        assert_ne!(added, before);
        project.run(&["remove", method, path]).unwrap();
        project.assert_is(&before);
    }
}

/// Each is one of the routes beside it, and has a neighbour with its path.
#[test]
fn several_routes_go_out_in_another_order() {
    let project = Project::copy();
    let before = project.files();
    let routes = [
        ("GET", "/api/carts"),
        ("POST", "/api/carts"),
        ("GET", "/api/carts/{id}"),
        ("PUT", "/api/carts/{id}"),
    ];
    for (method, path) in routes {
        project.run(&["route", method, path]).unwrap();
    }
    for (method, path) in [routes[1], routes[0], routes[3], routes[2]] {
        project.run(&["remove", method, path]).unwrap();
    }
    project.assert_is(&before);
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let project = Project::copy();
    let before = project.files();
    project.run(&["route", "GET", "/api/carts/{id}"]).unwrap();
    let with_route = project.files();
    for (command, reason) in [
        (vec!["route", "GET", "/api/hello"], "GET /api/hello is there already"),
        (vec!["route", "GET", "/api/carts/{cart}"], "are the same to the gateway"),
        (vec!["route", "GET", "/api/other", "--name", "hello"], "there is a function hello already"),
        (vec!["route", "GET", "api/other"], "it must begin with /"),
        (vec!["route", "HEAD", "/api/other"], "HEAD comes with GET"),
        (vec!["route", "GET", "/api/other", "--calls", "nobody.count"], "there is no resource nobody"),
        (vec!["route", "GET", "/api/other", "--calls", "posts.drop"], "is no call of a store"),
        (vec!["route", "POST", "/api/other", "--calls", "posts.count"], "so it is for a GET"),
        (vec!["route", "GET", "/api/other", "--name", "deps"], "cargo or this project uses"),
        (vec!["route", "GET", "/api"], "it needs a part of its own"),
        (vec!["route", "GET", "/api/{other}"], "it needs a part of its own"),
        (vec!["remove", "posts", "tasks"], "one name at a time"),
        (vec!["remove", "nobody"], "there is no resource nobody"),
        (vec!["remove", "GET", "/api/nobody"], "there is no GET /api/nobody"),
        (vec!["remove", "POST", "/api/hello"], "there is no POST /api/hello"),
        (vec!["remove", "GET", "/api/hello"], "GET /api/hello stays"),
    ] {
        let error = project.run(&command).unwrap_err();
        assert!(error.contains(reason), "{command:?}: {error}");
        assert_eq!(error.lines().count(), 1, "one sentence: {error}");
        project.assert_is(&with_route);
    }
    project.run(&["route", "GET", "/api/other", "--dry-run"]).unwrap();
    project.assert_is(&with_route);
    project.run(&["remove", "GET", "/api/carts/{id}"]).unwrap();
    project.assert_is(&before);
}

/// A file that somebody wrote is never lost.
#[test]
fn a_file_that_is_there_is_not_written_over() {
    let project = Project::copy();
    project.write("functions/api/status/get.rs", "mine");
    let before = project.files();
    let error = project.run(&["route", "GET", "/api/status"]).unwrap_err();
    assert!(error.contains("functions/api/status/get.rs exists already"), "{error}");
    project.assert_is(&before);
}

#[test]
fn a_resource_goes_in_and_out_without_a_trace() {
    for (name, fields) in [
        ("ledgers", vec!["name:string"]),
        ("line-items", vec!["title:string", "body:text?", "--index", "title", "--no-put"]),
        ("tokens", vec!["value:string"]),
        ("people", vec!["name:string", "nick_name:string?", "--index", "nickName", "--index", "name"]),
    ] {
        let project = Project::copy();
        let before = project.files();
        project.run(&[&["resource", name], fields.as_slice()].concat()).unwrap();
        project.run(&["remove", name]).unwrap();
        project.assert_is(&before);
    }
}

/// Only the kinds of issues stay described that no other field can cause: they name no resource.
#[test]
fn a_resource_with_every_type_leaves_no_name_behind() {
    let project = Project::copy();
    let mut before = project.files();
    let fields = [
        "title:string",
        "text:text?",
        "done:bool",
        "count:integer",
        "price:number?",
        "due:timestamp",
        "level:enum(low,high)",
        "tags:string[10]",
        "times:timestamp[3]?",
        "--index",
        "level",
        "--index",
        "done",
    ];
    project.run(&[&["resource", "ledgers"], fields.as_slice()].concat()).unwrap();
    project.run(&["route", "GET", "/api/ledgers/count", "--calls", "ledgers.count"]).unwrap();
    project.run(&["route", "GET", "/api/ledgers/{id}/known", "--calls", "ledgers.exists"]).unwrap();
    project.run(&["route", "GET", "/api/totals", "--calls", "ledgers.count"]).unwrap();
    project.run(&["remove", "GET", "/api/totals"]).unwrap();
    project.run(&["remove", "ledgers"]).unwrap();
    let contract = project.read("openapi.yaml");
    assert!(!contract.to_lowercase().contains("ledger"), "openapi.yaml still names it");
    before.insert("openapi.yaml".into(), contract.into_bytes());
    project.assert_is(&before);
}

/// The demo goes like anything else.
#[test]
fn each_resource_of_this_project_goes_and_leaves_no_name_behind() {
    let project = Project::copy();
    for (name, table) in project.resources() {
        project.run(&["remove", &name]).unwrap();
        for (path, bytes) in project.files() {
            let is_text =
                path.starts_with("docs") || path.ends_with("README.md") || path.ends_with("CHANGELOG.md");
            let is_made =
                path.ends_with("schema.ts") || path.starts_with("web/dist") || path.starts_with("bench");
            let is_kit = ["scaffold", "routelet", "local"].iter().any(|kit| path.starts_with(kit));
            if is_text || is_made || is_kit {
                continue; // told as left to do; made anew; about names of their own
            }
            let text = String::from_utf8_lossy(&bytes);
            for word in [format!("/api/{name}"), table.clone()] {
                assert!(!text.contains(&word), "{} still has {word}", path.display());
            }
        }
    }
    assert!(project.resources().is_empty());
}
