#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, path::Path};

use template::Document;

use super::{NewResource, add};
use crate::{Error, Plan, edit::yaml::Yaml, project, remove};

/// This project.
fn project() -> Plan {
    Plan::new(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")))
}

fn new(words: &str) -> NewResource {
    let mut new = NewResource {
        name: String::new(),
        fields: Vec::new(),
        filters: Vec::new(),
        no_put: false,
        item: None,
    };
    let mut words = words.split(' ').map(str::to_owned);
    new.name = words.next().unwrap();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--index" => new.filters.extend(words.next()),
            "--item" => new.item = words.next(),
            "--no-put" => new.no_put = true,
            _ => new.fields.push(word),
        }
    }
    new
}

fn added(words: &str) -> Plan {
    let mut plan = project();
    add(&mut plan, &new(words)).unwrap();
    plan.format().unwrap();
    plan
}

/// What the document refers to is there, and what is there is referred to.
fn assert_is_whole(plan: &Plan) {
    Document::parse(&plan.read("template.yaml").unwrap()).unwrap().routes().unwrap();
    let text = plan.read("openapi.yaml").unwrap();
    let yaml = Yaml::parse(&text).unwrap();
    let used: BTreeSet<_> =
        text.split("\"#/components/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let kinds = yaml.keys(&["components"]).into_iter().filter(|kind| *kind != "securitySchemes");
    let described: BTreeSet<_> = kinds
        .flat_map(|kind| {
            yaml.keys(&["components", kind]).into_iter().map(move |name| format!("{kind}/{name}"))
        })
        .collect();
    let described: BTreeSet<_> = described.iter().map(String::as_str).collect();
    assert_eq!(used.difference(&described).collect::<Vec<_>>(), [&""; 0], "nothing describes these");
    assert_eq!(described.difference(&used).collect::<Vec<_>>(), [&""; 0], "nothing uses these");
}

const TYPES: [&str; 7] = ["string", "text", "bool", "integer", "number", "timestamp", "enum(low,high)"];

#[test]
fn a_model_reads_as_if_it_were_written_by_hand() {
    let plan = added(
        "notes title:string body:text? tags:string[10] pinned:bool priority:enum(low,high)? due:timestamp? --index title \
         --index pinned",
    );
    assert_eq!(
        plan.read("shared/src/models/note.rs").unwrap(),
        r#"//! Notes.

use routelet::model::{Choice, Id, Model, Timestamp};
use serde::{Deserialize, Serialize};

/// A note as callers and the store see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewNote, changes = NoteChanges)]
pub struct Note {
    id: Id,
    #[model(filter)]
    #[validate(length(min = 1, max = Note::TITLE_CHARACTERS))]
    title: String,
    #[validate(length(max = Note::BODY_CHARACTERS))]
    body: Option<String>,
    #[model(default)]
    #[validate(length(max = Note::TAGS_ITEMS))]
    #[each(length(min = 1, max = Note::TAGS_CHARACTERS))]
    tags: Vec<String>,
    #[model(default, filter)]
    pinned: bool,
    priority: Option<NotePriority>,
    due: Option<Timestamp>,
    created_at: Timestamp,
}

/// The values of `priority`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
#[serde(rename_all = "lowercase")]
pub enum NotePriority {
    /// `low`
    Low,
    /// `high`
    High,
}

impl Note {
    /// Characters that `title` may have.
    pub const TITLE_CHARACTERS: u64 = 255;
    /// Characters that `body` may have.
    pub const BODY_CHARACTERS: u64 = 50_000;
    /// Elements that `tags` may have.
    pub const TAGS_ITEMS: u64 = 10;
    /// Characters that each of `tags` may have.
    pub const TAGS_CHARACTERS: u64 = 255;
}
"#
    );
    assert_is_whole(&plan);
}

#[test]
fn the_schema_of_a_time_says_nothing_of_what_happens_then() {
    let plan = added("sample-things due:timestamp?");
    let yaml = Yaml::parse(&plan.read("openapi.yaml").unwrap()).unwrap();
    for (field, expected) in [
        ("due", r##"{ anyOf: [{ $ref: "#/components/schemas/Timestamp" }, { type: "null" }] }"##),
        ("createdAt", r##"{ $ref: "#/components/schemas/Timestamp" }"##),
    ] {
        let schema = yaml.get(&["components", "schemas", "SampleThing", "properties", field]).unwrap();
        assert_eq!(yaml.text_of(schema), expected);
    }
}

#[test]
fn lines_of_openapi_yaml_end_in_time() {
    let before = project().read("openapi.yaml").unwrap();
    let fields: Vec<_> = TYPES.iter().enumerate().map(|(at, ty)| format!("field_{at}:{ty}")).collect();
    let words = format!("sample-things {} --index field_0 --index field_2", fields.join(" "));
    let text = added(&words).read("openapi.yaml").unwrap();
    let is_long = |line: &&str| line.chars().count() > 128 && !before.contains(line);
    assert_eq!(text.lines().filter(is_long).collect::<Vec<_>>(), [""; 0]);
}

/// What the API then does is tested in `.ci/run`.
#[test]
fn every_type_in_every_form_is_described_as_a_whole() {
    for behind in ["", "?", "[3]", "[3]?"] {
        let fields: Vec<_> =
            TYPES.iter().enumerate().map(|(at, ty)| format!("field_{at}:{ty}{behind}")).collect();
        let mut plan = project();
        add(&mut plan, &new(&format!("sample-things {}", fields.join(" ")))).unwrap();
        assert_is_whole(&plan);
    }
}

#[test]
fn put_says_in_every_place_what_is_required_and_what_keeps_its_value() {
    let plan = added("sample-things a:string b:bool");
    for (path, expected) in [
        ("openapi.yaml", "The rules are those of a new sample thing: `a` is required, and a field"),
        ("docs/api.md", "| 200 the sample thing; `a` is required, and a field"),
        ("functions/api/sample-things/[id]/put.rs", "after the change; `a` is required, and"),
    ] {
        assert!(plan.read(path).unwrap().contains(expected), "{path}");
    }
    assert!(!plan.read("openapi.yaml").unwrap().contains("Replace"), "what is left out is not replaced");
}

#[test]
fn without_put_there_are_five_routes() {
    let plan = added("sample-things a:bool --no-put");
    let functions = project::functions(&plan).unwrap();
    let own = functions
        .iter()
        .filter(|function| function.routes[..].iter().any(|(_, path)| path.contains("sample")));
    assert_eq!(own.count(), 5);
    for path in
        ["functions/Cargo.toml", "openapi.yaml", "docs/api.md", "functions/tests/api/sample_things.rs"]
    {
        assert!(!plan.read(path).unwrap().contains("put-sample-thing"), "{path}");
    }
    assert!(!plan.has("functions/api/sample-things/[id]/put.rs"));
}

/// An enumeration may have any word as a value.
#[test]
fn a_wrong_value_is_none_of_an_enumeration() {
    let plan = added("sample-things kind:enum(none,some,nobody)? --index kind");
    let tests = plan.read("functions/tests/api/sample_things.rs").unwrap();
    assert!(
        tests.contains(r#"api.get("/api/sample-things?kind=none%20of%20these").assert_error("#),
        "{tests}"
    );
    assert!(tests.contains(r#"json!({"kind": "none of these"})"#), "{tests}");
}

/// Who changes a limit changes the model and the contract.
#[test]
fn a_limit_is_a_number_nowhere_but_in_the_model_and_the_contract() {
    let plan = added("sample-things label:string body:text? tags:string[170] days:timestamp[180]");
    let tests = plan.read("functions/tests/api/sample_things.rs").unwrap();
    for expected in [
        r#""x".repeat(length(SampleThing::LABEL_CHARACTERS) + 1)"#,
        r#""😀".repeat(length(SampleThing::BODY_CHARACTERS))"#,
        r#"vec!["A tag"; length(SampleThing::TAGS_ITEMS) + 1]"#,
        r#"too_big(&json!(["days"]), "array", SampleThing::DAYS_ITEMS)"#,
    ] {
        assert!(tests.contains(expected), "{expected} is not in {tests}");
    }
    let docs = plan.read("docs/api.md").unwrap();
    let chapter = docs.split("## ").find(|chapter| chapter.starts_with("Sample things\n")).unwrap();
    for text in [&tests, chapter] {
        let mut numbers = text.split(|letter: char| !letter.is_ascii_digit() && !"_,".contains(letter));
        let limit = numbers.find(|number| {
            ["170", "171", "180", "181", "255", "256", "50000", "50001"]
                .contains(&number.replace(['_', ','], "").as_str())
        });
        assert_eq!(limit, None, "{text}");
    }
}

/// Clippy refuses a loop over one field.
#[test]
fn one_optional_field_is_cleared_without_a_loop() {
    for (fields, is_loop) in [("a:string? b:bool", false), ("a:string? b:bool?", true)] {
        let plan = added(&format!("sample-things {fields}"));
        let tests = plan.read("functions/tests/api/sample_things.rs").unwrap();
        assert_eq!(tests.contains("for field in ["), is_loop, "{tests}");
        assert_eq!(tests.contains(r##"r#"{"a":null}"#"##), !is_loop, "{tests}");
    }
}

#[test]
fn what_is_left_to_do_is_named_by_file_and_command() {
    let expected = [
        "try it: `cargo run -- --memory`, and in another terminal `curl -s localhost:3000/api/sample-things -d '{\"a\":\"An a\"}'`",
        "check the limits of `a` and `b` in shared/src/models/sample_thing.rs and in openapi.yaml; a test fails where they differ",
        "if you change another rule, or a text, change functions/tests/api/sample_things.rs and docs/api.md, too",
        "say in openapi.yaml and docs/api.md what a sample thing is for, and make its examples yours",
        "run its tests, and those of all routes: `cargo test -p functions`",
        "`npm --prefix web ci && npm --prefix web run types` writes the types of the client",
        "`cargo bench -- --renew` records the size and instructions of the new functions (needs valgrind)",
    ];
    assert_eq!(added("sample-things a:string b:integer[2]").notes(), expected);
}

/// `settings` is the anchor of something else.
#[test]
fn an_anchor_has_a_name_of_its_own() {
    let plan = added("settings value:string");
    let template = plan.read("template.yaml").unwrap();
    assert!(template.contains("SETTINGS_TABLE: &settings-table !If"));
    assert!(template.contains("- Table: *settings-table\n"));
    assert_is_whole(&plan);
}

/// The variables of tokens are defined by the first function that wants them, here one of the tokens' own.
#[test]
fn tokens_can_be_the_first_resource() {
    let mut plan = project();
    for resource in project::resources(&plan).unwrap() {
        remove::named(&mut plan, resource.name()).unwrap();
    }
    let functions = project::functions(&plan).unwrap();
    for (method, path) in functions.iter().flat_map(|function| &function.routes) {
        if path == "/api/auth" && method != "HEAD" {
            remove::route(&mut plan, method.parse().unwrap(), &path.parse().unwrap()).unwrap();
        }
    }
    assert!(!plan.read("template.yaml").unwrap().contains("&tokens"));
    add(&mut plan, &new("tokens value:string")).unwrap();
    plan.format().unwrap();
    assert!(plan.read("template.yaml").unwrap().contains("TOKENS_TABLE: &tokens-table !If"));
    assert_is_whole(&plan);
}

/// What resources share goes with the last of them, and comes back with the next.
#[test]
fn a_project_without_resources_gets_its_first_one() {
    let mut plan = project();
    for resource in project::resources(&plan).unwrap() {
        remove::named(&mut plan, resource.name()).unwrap();
    }
    add(&mut plan, &new("notes title:string size:number tags:string[2] --index title")).unwrap();
    plan.format().unwrap();
    assert_is_whole(&plan);
    let template = plan.read("template.yaml").unwrap();
    assert!(
        template.contains("  # Tables outlive the stack and cannot be deleted by accident.\n"),
        "{template}"
    );
}

#[test]
fn what_is_there_already_is_not_made_again() {
    let mut plan = project();
    add(&mut plan, &new("sample-things a:bool")).unwrap();
    for (words, expected) in [
        ("sample-things a:bool", "there are routes at /api/sample-things already"),
        (
            "other-things a:bool --item sample-thing",
            "shared/src/models has a type `SampleThing` already; name the item with `--item`",
        ),
        ("things", "an item needs a field: `cargo scaffold resource things title:string`"),
        ("thing a:bool", "`thing` is one item: name the resource `things`"),
        ("things a", "`a` has no type: write it as in `title:string`"),
    ] {
        match add(&mut plan, &new(words)) {
            Err(Error::Wrong(sentence)) => assert_eq!(sentence, expected),
            other => panic!("{words}: {other:?}"),
        }
    }
}

/// Those that a resource adds something to.
const EXTENDED: [&str; 5] = ["Issue", "InvalidType", "TooSmall", "TooBig", "IssuePath"];

/// They are written twice, because a project without resources has none of them in its openapi.yaml.
#[test]
fn the_shared_components_are_those_of_openapi_yaml() {
    let text = project().read("openapi.yaml").unwrap();
    let (yaml, shared) = (Yaml::parse(&text).unwrap(), Yaml::parse(crate::components::SHARED).unwrap());
    for kind in shared.keys(&[]) {
        for name in shared.keys(&[kind]).into_iter().filter(|name| !EXTENDED.contains(name)) {
            let Some(block) = yaml.block(&["components", kind, name]) else { continue };
            let lines: Vec<_> = block.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
            let block = format!(
                "{}
",
                lines.join(
                    "
"
                )
            );
            assert_eq!(shared.block(&[kind, name]).unwrap(), block, "{kind}/{name}");
        }
    }
}
