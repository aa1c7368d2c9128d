//! The examples are true: each is sent, and gets the answer that stands beside it.
//!
//! An example of an answer says in `x-request` what is sent beside the body, in `x-needs` what must be there
//! before, and has the name of the body's example if there is one.

use std::{collections::BTreeMap, thread};

use serde::Deserialize;
use serde_json::{Value, json};
use testkit::{
    Answer, Api,
    contract::{Node, text},
};

use super::openapi;
use crate::{app::APP, events::forget_time, resources::RESOURCES};

/// What an example sends beside the body.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Sent {
    path: BTreeMap<String, Value>,
    query: BTreeMap<String, Value>,
    headers: BTreeMap<String, String>,
}

struct Operation {
    path: &'static str,
    method: &'static str,
    node: Node<'static>,
}

fn operations() -> impl Iterator<Item = Operation> {
    openapi().operations().into_iter().map(|(path, method, node)| Operation { path, method, node })
}

#[test]
fn each_example_gets_the_answer_beside_it() {
    // Each has an API of its own, whose first item has the id 1; most of the time they wait for functions to
    // start.
    let threads: Vec<_> = operations().map(|operation| thread::spawn(move || operation.run())).collect();
    let run: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert!(run > 0, "openapi.yaml has no examples");
}

/// Also of what no operation sends by itself, such as the answers of `fallback`.
#[test]
fn each_example_of_an_answer_fits_its_schema() {
    let root = openapi().root();
    let shared = root.child("components").and_then(|components| components.child("responses")).unwrap();
    let own = operations().flat_map(|operation| operation.node.child("responses").unwrap().children());
    for (name, response) in shared.children().into_iter().chain(own) {
        for (_, described) in response.child("content").map(|content| content.children()).unwrap_or_default()
        {
            let several = described.child("examples").map(|examples| examples.children()).unwrap_or_default();
            let several = several.iter().map(|(_, example)| &example.value["value"]);
            for example in described.value.get("example").into_iter().chain(several) {
                let schema = described.child("schema").unwrap();
                if let Err(drift) = schema.validate(&format!("an example of {name}"), example) {
                    panic!("{}: {drift}", described.pointer);
                }
            }
        }
    }
}

/// One without would never be sent.
#[test]
fn each_example_of_a_body_has_an_answer() {
    for operation in operations() {
        let (answers, id) = (operation.answers(), operation.id());
        for (name, ..) in operation.bodies() {
            assert!(
                answers.iter().any(|(_, answer, _)| *answer == name),
                "{id}: no answer has an example {name}"
            );
        }
    }
}

impl Operation {
    fn id(&self) -> &str {
        self.node.text("operationId").unwrap_or_default()
    }

    /// Sends all examples; how many there are.
    fn run(&self) -> usize {
        let answers = self.answers();
        for (status, name, example) in &answers {
            let api = APP.start();
            if let Some(need) = example.text("x-needs") {
                let examples = || RESOURCES.iter().map(|resource| resource.example);
                let (_, id, body) = examples()
                    .find(|(name, ..)| *name == need)
                    .unwrap_or_else(|| panic!("x-needs: {need}: no resource in RESOURCES makes one"));
                let other = operations().find(|operation| operation.id() == id).unwrap();
                assert_eq!(other.send(&api, body, Sent::default()).status, 201, "{need}");
            }
            let sent = example.value.get("x-request").map(|sent| Sent::deserialize(sent).unwrap());
            let answer = self.send(&api, name, sent.unwrap_or_default());
            let mut expected = example.value["value"].clone();
            let mut answered = answer.json();
            forget_time(&mut expected);
            forget_time(&mut answered);
            let here =
                format!("{}: left is the answer of {}, right is this example", example.pointer, self.id());
            assert_eq!((answer.status.to_string().as_str(), answered), (*status, expected), "{here}");
        }
        answers.len()
    }

    /// The examples of answers: status, name, and the example. Those of shared answers are for no operation
    /// in particular.
    fn answers(&self) -> Vec<(&'static str, &'static str, Node<'static>)> {
        let responses = self.node.child("responses").unwrap().children();
        let own = responses.into_iter().filter(|(_, response)| response.pointer.starts_with("/paths/"));
        own.flat_map(|(status, response)| {
            examples(&response).into_iter().map(move |(name, _, example)| (status, name, example))
        })
        .collect()
    }

    /// The examples of the body: name, content type and value.
    fn bodies(&self) -> Vec<(&'static str, &'static str, &'static Value)> {
        let body = self.node.child("requestBody");
        let examples = body.iter().flat_map(examples);
        examples.map(|(name, content_type, example)| (name, content_type, &example.value["value"])).collect()
    }

    fn send(&self, api: &Api, example: &str, mut sent: Sent) -> Answer {
        let body = self.bodies().into_iter().find(|(name, ..)| *name == example);
        let body = body.map_or_else(String::new, |(_, content_type, value)| {
            sent.headers.entry("content-type".to_owned()).or_insert(content_type.to_owned());
            if text::media_type(content_type) == "application/json" { value.to_string() } else { form(value) }
        });
        let path = sent.path.iter().fold(self.path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), &plain(value))
        });
        let query = form(&json!(sent.query));
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let headers: Vec<_> =
            sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        api.request(&self.method.to_uppercase(), &target, &headers, body)
    }
}

/// The examples of each content type: name, content type and example.
fn examples(of: &Node<'static>) -> Vec<(&'static str, &'static str, Node<'static>)> {
    let content = of.child("content").map(|content| content.children()).unwrap_or_default();
    content
        .into_iter()
        .filter_map(|(content_type, described)| Some((content_type, described.child("examples")?)))
        .flat_map(|(content_type, examples)| {
            examples.children().into_iter().map(move |(name, example)| (name, content_type, example))
        })
        .collect()
}

/// `application/x-www-form-urlencoded`.
fn form(fields: &Value) -> String {
    let encode = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let fields = fields.as_object().unwrap().iter();
    fields
        .map(|(name, value)| format!("{}={}", encode(name), encode(&plain(value))))
        .collect::<Vec<_>>()
        .join("&")
}

/// A text without its quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
