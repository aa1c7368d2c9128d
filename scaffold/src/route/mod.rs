//! `cargo scaffold route`: a handler, its binary, function, contract, event and test.

mod call;
mod names;
mod openapi;
mod path;
mod template;
mod tests;

use minijinja::{Value, context};

pub(crate) use self::{
    call::Call,
    names::Names,
    path::{Method, Path},
};
use crate::{
    Error, Plan, docs,
    edit::manifest,
    event::Event,
    notes,
    project::{self, Function},
    render::render,
};

/// What stands for each parameter in an example, a test and an event.
const EXAMPLE: &str = "1";

/// A route as it is asked for.
#[derive(Debug)]
pub(crate) struct NewRoute<'a> {
    pub(crate) method: Method,
    pub(crate) path: Path,
    /// The name of its binary, if not made of the two.
    pub(crate) name: Option<&'a str>,
    /// What it reads: `posts.count`.
    pub(crate) calls: Option<&'a str>,
}

/// All that the parts of a route are written from.
struct Route {
    method: Method,
    path: Path,
    names: Names,
    call: Option<Call>,
    answer: Answer,
}

/// What the handler answers before somebody writes something better, in each of its forms.
struct Answer {
    /// Such as `a message`.
    words: String,
    /// What `json!` takes.
    json: String,
    /// The properties of its schema, and which are there always.
    properties: String,
    required: String,
    /// Its value in flow YAML, for the example.
    example: String,
}

/// Adds a route to the plan.
pub(crate) fn add(plan: &mut Plan, new: NewRoute<'_>) -> Result<(), Error> {
    let functions = project::functions(plan)?;
    check_is_new(&new, &functions)?;
    let names = Names::of(new.method, &new.path, new.name)?;
    if let Some(other) = functions.iter().find(|function| function.binary == names.binary) {
        return Err(Error::Wrong(format!(
            "there is a function {} already: give another name with --name",
            other.binary
        )));
    }
    let call = new.calls.map(|call| Call::read(plan, call, &new)).transpose()?;
    let answer = Answer::of(&new, call.as_ref());
    let route = Route { method: new.method, path: new.path, names, call, answer };

    let handler = format!("functions/{}/{}.rs", route.path.folder(), route.verb());
    plan.create(&handler, route.handler()?)?;
    let file = format!("{}/{}.rs", route.path.folder(), route.verb());
    let after = neighbour(&route.path, &functions).map(|function| function.binary.clone());
    plan.edit("functions/Cargo.toml", |text| {
        manifest::add_binary(text, &route.names.binary, &file, after.as_deref())
    })?;
    template::add(plan, &route, &functions)?;
    openapi::add(plan, &route)?;
    let parameters: Vec<_> = route.path.parameters().map(|name| (name, EXAMPLE)).collect();
    Event {
        method: route.method.name(),
        route: &route.path.text(),
        path: &route.path.with(EXAMPLE),
        parameters: &parameters,
        body: None,
    }
    .create(plan, &route.names.binary)?;
    let tests = tests::add(plan, &route)?;
    docs::add_route(plan, &route.title(), &route.names.binary, &format!("200 {}", route.answer.words))?;

    plan.note(format!(
        "{handler} answers {}: write what it should, and say so in its first line",
        route.answer.words
    ));
    plan.note(format!("openapi.yaml, {}: its summary, answers and examples", route.names.binary));
    plan.note(format!("{tests}: what its tests protect, and what its event is answered"));
    plan.note(format!("{}: what it answers", docs::FILE));
    plan.note(notes::TYPES);
    plan.note(notes::FIGURES);
    Ok(())
}

fn check_is_new(new: &NewRoute<'_>, functions: &[Function]) -> Result<(), Error> {
    let (method, shape) = (new.method.name(), new.path.shape());
    for function in functions {
        for (other_method, other_path) in &function.routes {
            let is_same_shape = other_path.parse::<Path>().is_ok_and(|path| path.shape() == shape);
            if is_same_shape && *other_path != new.path.text() {
                return Err(Error::Wrong(format!(
                    "{} and {other_path} are the same to the gateway: name the parameters alike",
                    new.path.text()
                )));
            }
            if is_same_shape && other_method == method {
                return Err(Error::Wrong(format!(
                    "{method} {other_path} is there already: {}",
                    function.binary
                )));
            }
        }
    }
    Ok(())
}

/// The last function whose path begins as this one does.
fn neighbour<'a>(path: &Path, functions: &'a [Function]) -> Option<&'a Function> {
    let shared = |function: &Function| {
        function.routes.iter().map(|(_, other)| path.shared_parts(other)).max().unwrap_or_default()
    };
    let is_of_api = |function: &&Function| function.routes.iter().any(|(_, path)| path.starts_with("/api/"));
    // The last of several: `max_by_key` has it so. An empty part and `api` are in nearly all.
    let nearest = functions.iter().max_by_key(|function| shared(function));
    nearest.filter(|function| shared(function) > 2).or_else(|| functions.iter().rfind(is_of_api))
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Route {
    /// In small letters.
    fn verb(&self) -> String {
        self.method.name().to_lowercase()
    }

    /// `GET /api/posts/count`.
    fn title(&self) -> String {
        format!("{} {}", self.method.name(), self.path.text())
    }

    fn takes_id(&self) -> bool {
        self.path.parameters().any(|name| name == "id")
    }

    fn parameters(&self) -> Value {
        let rust = |name: &str| heck::ToSnakeCase::to_snake_case(name);
        self.path.parameters().map(|name| context! { name => name, rust => rust(name) }).collect()
    }

    fn values(&self) -> Value {
        context! {
            method => self.method.name(),
            verb => self.verb(),
            path => self.path.text(),
            function => self.verb(),
            name => &self.names.binary,
            logical => &self.names.logical,
            summary => self.names.sentence(),
            failure => format!("Failed to {}", self.names.words),
            is_change => self.method.is_change(),
            takes_id => self.takes_id(),
            parameters => self.parameters(),
            call => self.call.as_ref().map(Call::values),
            answer => &self.answer.words,
            answer_sentence => capitalized(&self.answer.words),
            json => &self.answer.json,
            properties => &self.answer.properties,
            required => &self.answer.required,
            example => &self.answer.example,
            example_path => self.path.parameters().map(|name| format!("{name}: {EXAMPLE}")).collect::<Vec<_>>().join(", "),
        }
    }

    fn handler(&self) -> Result<String, Error> {
        let uses_request =
            self.method.is_change() || self.path.parameters().next().is_some() || self.call.is_some();
        let store = self.call.as_ref().map(|call| (call.binding(), format!("{}<Read>", call.store())));
        let state = match (self.method.is_change(), store) {
            (false, None) => "(): ()".to_owned(),
            (false, Some((name, store))) => format!("{name}: {store}"),
            (true, None) => "authenticator: Authenticator".to_owned(),
            (true, Some((name, store))) => format!("(authenticator, {name}): (Authenticator, {store})"),
        };
        let request = if uses_request { "request" } else { "_" };
        let values = context! { request => request, state => state, ..self.values() };
        render(include_str!("../../templates/route/handler.rs"), values)
    }

    /// What `json!` takes of the answer to a request with this value for each parameter.
    fn answer_with(&self, value: &str) -> String {
        let parameters: Vec<_> = self.path.parameters().map(|name| format!("{name:?}: {value:?}")).collect();
        if parameters.is_empty() {
            self.answer.json.clone()
        } else {
            format!("{{{}}}", parameters.join(", "))
        }
    }
}

impl Answer {
    fn of(new: &NewRoute<'_>, call: Option<&Call>) -> Self {
        if let Some(call) = call {
            return call.answer();
        }
        let parameters: Vec<_> = new.path.parameters().collect();
        if parameters.is_empty() {
            let message = format!("{} {}", new.method.name(), new.path.text());
            return Self {
                words: "a message".to_owned(),
                json: format!("{{\"message\": {message:?}}}"),
                properties: "message: { type: string }".to_owned(),
                required: "message".to_owned(),
                example: format!("message: {message}"),
            };
        }
        let each = |write: &dyn Fn(&str) -> String| {
            parameters.iter().map(|name| write(name)).collect::<Vec<_>>().join(", ")
        };
        Self {
            words: "what the path says".to_owned(),
            json: format!(
                "{{{}}}",
                each(&|name| format!("{name:?}: {}", heck::ToSnakeCase::to_snake_case(name)))
            ),
            properties: each(&|name| format!("{name}: {{ type: string }}")),
            required: parameters.join(", "),
            example: each(&|name| format!("{name}: {EXAMPLE:?}")),
        }
    }
}
