//! What the templates are told of a resource.

use minijinja::{Environment, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Object};

use super::{
    fields::{Choice, Field, Kind, variant},
    literal::Literal,
    name::Name,
    spec::Spec,
    values::{Issue, Which, grouped},
    words::listed,
};
use crate::Error;

/// The longest line of Rust, as rustfmt.toml has it.
const RUST_WIDTH: usize = 110;
/// The longest line of an example in openapi.yaml.
const YAML_WIDTH: usize = 148;
/// The longest line of prose in openapi.yaml.
const PROSE_WIDTH: usize = 122;

impl Object for Literal {}

/// A text that a template makes, in the form that its file has.
pub(crate) fn render(template: &str, spec: &Spec, more: Value) -> Result<String, Error> {
    let failed = |error: minijinja::Error| Error::Program(format!("a template of cargo scaffold: {error:#}"));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .map_err(failed)?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
        .add_filter("rust", |value: Value, column: usize| literal(&value).rust_lines(column, RUST_WIDTH));
    environment
        .add_filter("yaml", |value: Value, column: usize| literal(&value).yaml_lines(column, YAML_WIDTH));
    environment.add_filter("rust_body", |value: Value| raw(&literal(&value).json()));
    environment.add_filter("wrapped", |text: String, column: usize| {
        wrapped(&text, PROSE_WIDTH - column).join(&format!("\n{:column$}", ""))
    });
    environment
        .add_filter("moved", |text: String, column: usize| text.replace('\n', &format!("\n{:column$}", "")));
    environment.render_str(template, context! { ..context(spec), ..more }).map_err(failed)
}

/// An object of the view as it is sent.
pub(crate) fn object_json(spec: &Spec, name: &str) -> String {
    context(spec).get_attr(name).map(|value| literal(&value).json()).unwrap_or_default()
}

fn literal(value: &Value) -> Literal {
    value.downcast_object_ref::<Literal>().cloned().unwrap_or(Literal::Null)
}

fn context(spec: &Spec) -> Value {
    let fields = &spec.fields;
    let required: Vec<_> = fields.iter().filter(|field| field.is_required()).map(Field::json).collect();
    let optional: Vec<_> = fields.iter().filter(|field| field.is_optional).map(Field::json).collect();
    let is_least_whole = required.len() == fields.len();
    let has = |wanted: fn(&Kind) -> bool| fields.iter().any(|field| wanted(&field.kind));
    let names = &spec.names;
    let values = Values { spec };
    let broken: Vec<_> = fields.iter().map(|field| (field.json(), field.broken())).collect();
    let missing: Vec<_> =
        fields.iter().filter(|field| field.is_required()).map(|field| field.missing("undefined")).collect();
    let nulls: Vec<_> = fields.iter().filter(|field| !field.is_optional).collect();
    let null_issues: Vec<_> = nulls.iter().map(|field| field.missing("null")).collect();
    let too_long = values.too_long(Field::too_long);
    let too_long_within = values.too_long(Field::too_long_within);
    let tests_issues = broken.iter().map(|(_, (_, issue))| issue).chain(&missing).chain(&null_issues);
    let uses_wrong_type = tests_issues.into_iter().any(|issue| matches!(issue, Issue::WrongType { .. }));

    let mut imports = vec!["Id", "Model", "Timestamp"];
    imports.extend(has(|kind| matches!(kind, Kind::Enum(_))).then_some("Choice"));
    imports.extend(has(|kind| *kind == Kind::Number).then_some("Number"));
    imports.sort_unstable();

    let whole = values.object(|field| Some(field.value(Which::First)));
    let other = values.object(|field| Some(field.value(Which::Second)));
    let least = values.object(|field| field.is_required().then(|| field.value(Which::First)));
    let least_item = values.item(|field| field.left_out().unwrap_or_else(|| field.value(Which::First)));
    let first = &fields[0];
    let change = values.object(|field| (field == first).then(|| field.value(Which::Second)));
    let which = if spec.has_put { Which::First } else { Which::Second };
    let event_patch = values.object(|field| (field == first).then(|| field.value(which)));
    let changed_item =
        values.item(|field| field.value(if field == first { Which::Second } else { Which::First }));

    context! {
        one => name_view(&names.one),
        many => name_view(&names.many),
        has_put => spec.has_put,
        fields => fields.iter().map(|field| field_view(spec, field)).collect::<Value>(),
        filters => spec.filters().map(|field| filter_view(spec, field)).collect::<Vec<_>>(),
        parameters => parameters(spec),
        imports,
        limits => limits(spec),
        described => described(spec),
        lints => lints(spec),
        has_integers => has(|kind| *kind == Kind::Integer),
        required_sentence => required_sentence(&required, is_least_whole),
        put_description => format!(
            "{}A field that is left out keeps its value. What is wrong with the body is said before whether there is such {}.",
            required_sentence(&required, is_least_whole), names.one.article
        ),
        clears => match optional.as_slice() {
            [] => String::new(),
            optional => format!(", and `null` removes {}", listed(&ticked(optional))),
        },
        required,
        optional,
        is_least_whole,
        whole => object(whole.clone()),
        other => object(other),
        least => object(least.clone()),
        change => object(change),
        event_patch => object(event_patch),
        item => object(values.item(|field| field.value(Which::First))),
        other_item => object(values.item(|field| field.value(Which::Second))),
        least_item => object(least_item),
        changed_item => object(changed_item),
        defaults => object(values.defaults()),
        broken => object(Literal::Object(broken.iter().map(|(name, (value, _))| (name.clone(), value.clone())).collect())),
        broken_issues => broken.iter().map(|(_, (_, issue))| both(issue)).collect::<Vec<_>>(),
        missing_issues => missing.iter().map(both).collect::<Vec<_>>(),
        nulls => object(Literal::Object(nulls.iter().map(|field| (field.json(), Literal::Null)).collect())),
        null_issues => null_issues.iter().map(both).collect::<Vec<_>>(),
        too_long => object(too_long.0),
        too_long_issues => too_long.1,
        too_long_within => object(too_long_within.0),
        too_long_within_issues => too_long_within.1,
        largest => object(values.object(|field| Some(field.largest(spec.characters(field))))),
        uses_wrong_type,
    }
}

fn object(literal: Literal) -> Value {
    Value::from_object(literal)
}

/// An issue for a test and for openapi.yaml.
fn both(issue: &Issue) -> Value {
    context! { rust => object(issue.rust()), yaml => object(issue.object()) }
}

/// A value that is too long, and what is said of it.
type TooLong = fn(&Field, Option<u32>) -> Option<(Literal, Issue)>;

/// Examples of whole items.
struct Values<'a> {
    spec: &'a Spec,
}

impl Values<'_> {
    fn object(&self, value: impl Fn(&Field) -> Option<Literal>) -> Literal {
        let fields = self.spec.fields.iter();
        Literal::Object(fields.filter_map(|field| Some((field.json(), value(field)?))).collect())
    }

    /// With what each item has.
    fn item(&self, value: impl Fn(&Field) -> Literal) -> Literal {
        let mut fields = vec![("id".to_owned(), Literal::number("1"))];
        fields.extend(self.spec.fields.iter().map(|field| (field.json(), value(field))));
        fields.push(("createdAt".to_owned(), Literal::text("2026-06-01T10:00:00.000Z")));
        Literal::Object(fields)
    }

    /// What an item of a test has, whatever it is made of.
    fn defaults(&self) -> Literal {
        let expression = |name: &str, text: &str| (name.to_owned(), Literal::Rust(text.to_owned()));
        let mut fields = vec![expression("id", "id")];
        let own = self.spec.fields.iter();
        fields.extend(own.filter_map(|field| Some((field.json(), field.left_out()?))));
        fields.push(expression("createdAt", "created_at"));
        Literal::Object(fields)
    }

    /// The values that are too long, and the issues.
    fn too_long(&self, too_long: TooLong) -> (Literal, Vec<Value>) {
        let (mut values, mut issues) = (Vec::new(), Vec::new());
        for field in &self.spec.fields {
            if let Some((value, issue)) = too_long(field, self.spec.characters(field)) {
                values.push((field.json(), value));
                issues.push(both(&issue));
            }
        }
        (Literal::Object(values), issues)
    }
}

/// The lints of clippy that the model's fields would break, which are as the caller wants them.
fn lints(spec: &Spec) -> Vec<&'static str> {
    let is_flag = |field: &&Field| field.kind == Kind::Bool && !field.is_optional && !field.is_array();
    let own = spec.names.one.snake.as_str();
    let has_own_name = |field: &Field| {
        let around = [field.name.strip_prefix(own), field.name.strip_suffix(own)];
        around
            .into_iter()
            .flatten()
            .any(|rest| rest.is_empty() || rest.starts_with('_') || rest.ends_with('_'))
    };
    let broken = [
        (spec.fields.iter().filter(is_flag).count() > 3, "clippy::struct_excessive_bools"),
        (spec.fields.iter().any(has_own_name), "clippy::struct_field_names"),
    ];
    broken.into_iter().filter_map(|(is_broken, lint)| is_broken.then_some(lint)).collect()
}

/// The parameters of a list that can be wrong.
fn parameters(spec: &Spec) -> String {
    let filters = spec.filters().filter(|field| field.kind != Kind::String).map(Field::json);
    let names: Vec<_> = filters.chain(["limit".to_owned(), "cursor".to_owned()]).collect();
    let (last, others) = names.split_last().map_or(("", &[][..]), |(last, others)| (last, others));
    format!("{} or `{last}`", ticked(others).join(", "))
}

/// `` `title` is required. ``
fn required_sentence(required: &[String], is_all: bool) -> String {
    match required {
        [] => String::new(),
        [one] => format!("`{one}` is required. "),
        _ if is_all => "All fields are required. ".to_owned(),
        some => format!("{} are required. ", listed(&ticked(some))),
    }
}

fn ticked(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}

fn name_view(name: &Name) -> Value {
    context! {
        kebab => name.kebab.as_str(),
        snake => name.snake.as_str(),
        pascal => name.pascal.as_str(),
        shout => name.shout.as_str(),
        words => name.words.as_str(),
        sentence => name.sentence.as_str(),
        article => name.article.as_str(),
    }
}

fn field_view(spec: &Spec, field: &Field) -> Value {
    let (component, schema, given) = schemas(spec, field);
    let choice = match &field.kind {
        Kind::Enum(choice) => Some(choice),
        _ => None,
    };
    context! {
        name => field.name.as_str(),
        json => field.json(),
        rust => rust_type(spec, field),
        attributes => attributes(spec, field),
        is_optional => field.is_optional,
        component,
        schema,
        given,
        enumeration => choice.map(|_| spec.enumeration(field)),
        case => choice.map_or("", |choice| choice.case),
        variants => choice.map(variants).unwrap_or_default(),
    }
}

fn variants(choice: &Choice) -> Vec<Value> {
    choice.values.iter().map(|value| context! { name => variant(value), value => value.as_str() }).collect()
}

fn rust_type(spec: &Spec, field: &Field) -> String {
    let element = match &field.kind {
        Kind::String | Kind::Text => "String".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Number => "Number".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Enum(_) => spec.enumeration(field),
    };
    let value = if field.is_array() { format!("Vec<{element}>") } else { element };
    if field.is_optional { format!("Option<{value}>") } else { value }
}

fn attributes(spec: &Spec, field: &Field) -> Vec<String> {
    let model = &spec.names.one.pascal;
    let has_default = !field.is_optional && !field.is_required();
    let options: Vec<_> = [(has_default, "default"), (field.is_filter, "filter")]
        .into_iter()
        .filter_map(|(is, name)| is.then_some(name))
        .collect();
    let mut attributes = Vec::new();
    if !options.is_empty() {
        attributes.push(format!("#[model({})]", options.join(", ")));
    }
    let length = |constant: String, may_be_empty| {
        let least = if may_be_empty { "" } else { "min = 1, " };
        format!("length({least}max = {model}::{constant})")
    };
    if field.is_array() {
        attributes.push(format!("#[validate({})]", length(items_constant(field), true)));
    }
    if spec.characters(field).is_some() {
        let kind = if field.is_array() { "each" } else { "validate" };
        attributes.push(format!("#[{kind}({})]", length(characters_constant(field), field.may_be_empty())));
    }
    attributes
}

fn characters_constant(field: &Field) -> String {
    format!("{}_CHARACTERS", field.name.to_uppercase())
}

fn items_constant(field: &Field) -> String {
    format!("{}_ITEMS", field.name.to_uppercase())
}

/// The constants of the model.
fn limits(spec: &Spec) -> Vec<Value> {
    let mut limits = Vec::new();
    for field in &spec.fields {
        let json = field.json();
        if let Some(most) = field.most {
            let doc = format!("Elements that `{json}` may have.");
            limits.push(context! { name => items_constant(field), doc, value => grouped(most) });
        }
        if let Some(most) = spec.characters(field) {
            let whose = if field.is_array() { "each of " } else { "" };
            let doc = format!("Characters that {whose}`{json}` may have.");
            limits.push(context! { name => characters_constant(field), doc, value => grouped(most) });
        }
    }
    limits
}

/// The limits in openapi.yaml, and the expressions that they must be.
fn described(spec: &Spec) -> Vec<Value> {
    let model = &spec.names.one.pascal;
    let mut described = Vec::new();
    for field in &spec.fields {
        let schema = spec.schema(field);
        let within = if field.is_array() { "/items" } else { "" };
        let mut add = |pointer: String, rust: String| described.push(context! { pointer, rust });
        if field.is_array() {
            let rust = format!("{model}::{}", items_constant(field));
            add(format!("{schema}/maxItems"), rust.clone());
            if field.kind == Kind::Timestamp {
                add(format!("New{schema}/maxItems"), rust);
            }
        }
        if spec.characters(field).is_some() {
            add(format!("{schema}{within}/maxLength"), format!("{model}::{}", characters_constant(field)));
        }
        if field.kind == Kind::Integer {
            add(format!("{schema}{within}/maximum"), "MAX_SAFE_INTEGER".to_owned());
        }
    }
    described
}

/// The components of a field, its schema in an answer, and its schema where a caller gives it.
fn schemas(spec: &Spec, field: &Field) -> (Option<String>, String, String) {
    let name = spec.schema(field);
    let or_null = |schema: String| {
        if field.is_optional { format!("{{ anyOf: [{schema}, {{ type: \"null\" }}] }}") } else { schema }
    };
    if field.kind == Kind::Timestamp {
        let (made, given) = (reference("CreatedAt"), reference("GivenTime"));
        return match field.most {
            None => (None, or_null(made), given),
            Some(most) => {
                let array = |name: &str, items: &str| {
                    format!("{name}:\n  type: array\n  maxItems: {most}\n  items: {items}")
                };
                let new = format!("New{name}");
                let component = format!("{}\n{}", array(&name, &made), array(&new, &given));
                (Some(component), or_null(reference(&name)), reference(&new))
            }
        };
    }
    let rules = rules(spec, field);
    if let Some(most) = field.most {
        let lines: Vec<_> = rules.iter().map(|rule| format!("    {rule}\n")).collect();
        let component = format!("{name}:\n  type: array\n  maxItems: {most}\n  items:\n{}", lines.concat());
        return (Some(component.trim_end().to_owned()), or_null(reference(&name)), reference(&name));
    }
    if field.kind == Kind::Bool {
        let schema = if field.is_optional { "{ type: [boolean, \"null\"] }" } else { "{ type: boolean }" };
        return (None, schema.to_owned(), "{ type: boolean }".to_owned());
    }
    let lines: Vec<_> = rules.iter().map(|rule| format!("\n  {rule}")).collect();
    (Some(format!("{name}:{}", lines.concat())), or_null(reference(&name)), reference(&name))
}

fn reference(name: &str) -> String {
    format!("{{ $ref: \"#/components/schemas/{name}\" }}")
}

/// The rules of a value, or of an element.
fn rules(spec: &Spec, field: &Field) -> Vec<String> {
    let owned = |rules: &[&str]| rules.iter().map(|rule| (*rule).to_owned()).collect();
    match &field.kind {
        Kind::String | Kind::Text => {
            let mut rules = vec!["type: string".to_owned()];
            rules.extend((!field.may_be_empty()).then(|| "minLength: 1".to_owned()));
            rules.extend(spec.characters(field).map(|most| format!("maxLength: {most}")));
            rules
        }
        Kind::Bool => owned(&["type: boolean"]),
        Kind::Integer => owned(&["type: integer", "minimum: -9007199254740991", "maximum: 9007199254740991"]),
        Kind::Number => owned(&["type: number", "exclusiveMinimum: -1.0e+126", "exclusiveMaximum: 1.0e+126"]),
        Kind::Timestamp => owned(&["type: string"]),
        Kind::Enum(choice) => {
            let values = Literal::List(choice.values.iter().map(|value| Literal::text(value)).collect());
            vec!["type: string".to_owned(), format!("enum: {}", values.yaml_lines(10, PROSE_WIDTH))]
        }
    }
}

fn filter_view(spec: &Spec, field: &Field) -> Value {
    let text = |which| match field.value(which) {
        Literal::Text(text) | Literal::Number(text) => text,
        Literal::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    let query = |text: String| text.replace(' ', "%20");
    let first = text(Which::First);
    // Case makes no difference to a string.
    let asked = if field.kind == Kind::String { first.to_uppercase() } else { first };
    let (none, wrong) = match &field.kind {
        Kind::String => (Some("nobody"), None),
        Kind::Integer => (Some("3"), Some(super::values::not_a_number(&field.json()))),
        Kind::Bool => (None, Some(super::values::no_flag(&field.json()))),
        Kind::Enum(_) => (None, Some(field.missing("undefined").object())),
        _ => (None, None),
    };
    context! {
        name => field.name.as_str(),
        json => field.json(),
        kebab => field.name.replace('_', "-"),
        words => field.words(),
        is_text => field.kind == Kind::String,
        schema => match &field.kind {
            Kind::Bool => "{ type: boolean }".to_owned(),
            Kind::Integer => "{ type: integer }".to_owned(),
            Kind::Enum(_) => reference(&spec.schema(field)),
            _ => "{ type: string }".to_owned(),
        },
        first => object(field.value(Which::First)),
        asked => object(Literal::Text(asked.clone())),
        first_query => query(asked),
        second_query => query(text(Which::Second)),
        none_query => none,
        wrong_issue => wrong.map(object),
    }
}

/// A text of Rust that may have quotation marks.
fn raw(text: &str) -> String {
    if text.contains('"') { format!("r#\"{text}\"#") } else { format!("\"{text}\"") }
}

/// The text in lines of at most so many characters.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let at = lines.len() - 1;
        let line = &mut lines[at];
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
