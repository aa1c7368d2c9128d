//! What the templates are told of a resource.

use minijinja::{Value, context};

use super::{
    fields::{Field, Kind},
    filters::{filter_view, parameters},
    literal::Literal,
    model::{Constants, attributes, described, limits, lints, rust_type, variants},
    name::Name,
    render::literal,
    schemas::schemas,
    spec::Spec,
    values::{Issue, Which},
    words::listed,
};

/// An object of the view as it is sent.
pub(crate) fn object_json(spec: &Spec, name: &str) -> String {
    view(spec).get_attr(name).map(|value| literal(&value).json()).unwrap_or_default()
}

/// All that the templates are told.
pub(super) fn view(spec: &Spec) -> Value {
    let fields = &spec.fields;
    let required: Vec<_> = fields.iter().filter(|field| field.is_required()).map(Field::json).collect();
    let optional: Vec<_> = fields.iter().filter(|field| field.is_optional).map(Field::json).collect();
    let is_least_whole = required.len() == fields.len();
    let has = |wanted: fn(&Kind) -> bool| fields.iter().any(|field| wanted(&field.kind));
    let names = &spec.names;
    let values = Values { spec };
    let broken: Vec<_> = fields.iter().map(|field| field.broken().1).collect();
    let missing: Vec<_> =
        fields.iter().filter(|field| field.is_required()).map(|field| field.missing("undefined")).collect();
    let null_issues: Vec<_> =
        fields.iter().filter(|field| !field.is_optional).map(|field| field.missing("null")).collect();
    let too_long = values.too_long(Field::too_long);
    let too_long_within = values.too_long(Field::too_long_within);
    let tests_issues = broken.iter().chain(&missing).chain(&null_issues);
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
        list_description => format!(
            "The {} in the order of their ids, in pages of at most 1,000 items and about 4 MiB. `Link` gives the \
             next page. A page may be short, even empty, and still have a `Link`.",
            names.many.words
        ),
        put_description => format!(
            "The rules are those of a new {}: {}. What is wrong with the body is said before whether there is \
             such {}.",
            names.one.words,
            put_rule(spec),
            names.one.article
        ),
        put_rule => put_rule(spec),
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
        broken => object(values.object(|field| Some(field.broken().0))),
        broken_issues => broken.iter().map(both).collect::<Vec<_>>(),
        missing_issues => missing.iter().map(both).collect::<Vec<_>>(),
        nulls => object(values.object(|field| (!field.is_optional).then_some(Literal::Null))),
        null_issues => null_issues.iter().map(both).collect::<Vec<_>>(),
        too_long => object(too_long.0),
        too_long_issues => too_long.1,
        too_long_within => object(too_long_within.0),
        too_long_within_issues => too_long_within.1,
        largest => object(values.object(|field| Some(field.largest(&Constants::new(spec, field))))),
        uses_wrong_type,
    }
}

pub(super) fn object(literal: Literal) -> Value {
    Value::from_object(literal)
}

/// An issue for a test and for openapi.yaml.
fn both(issue: &Issue) -> Value {
    context! { rust => object(issue.rust()), yaml => object(issue.object()) }
}

/// A value that is too long, and what is said of it.
type TooLong = fn(&Field, &Constants) -> Option<(Literal, Literal)>;

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
            if let Some((value, issue)) = too_long(field, &Constants::new(self.spec, field)) {
                values.push((field.json(), value));
                issues.push(object(issue));
            }
        }
        (Literal::Object(values), issues)
    }
}

/// `` `title` is required, and a field that is left out keeps its value ``
pub(super) fn put_rule(spec: &Spec) -> String {
    let kept = "a field that is left out keeps its value";
    let required: Vec<_> = spec.fields.iter().filter(|field| field.is_required()).map(Field::json).collect();
    let is_all = required.len() == spec.fields.len();
    match required.as_slice() {
        [] => kept.to_owned(),
        [one] if is_all => format!("`{one}` is required"),
        _ if is_all => "all fields are required".to_owned(),
        [one] => format!("`{one}` is required, and {kept}"),
        several => format!("{} are required, and {kept}", listed(&ticked(several))),
    }
}

/// Names as code.
pub(super) fn ticked(names: &[String]) -> Vec<String> {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{super::spec::tests::spec, *};

    /// A field keeps its value only where it can be left out.
    #[test]
    fn put_says_what_is_required_and_what_keeps_its_value() {
        for (fields, expected) in [
            (&["a:string", "b:bool"][..], "`a` is required, and a field that is left out keeps its value"),
            (
                &["a:string", "b:string", "c:bool"],
                "`a` and `b` are required, and a field that is left out keeps its value",
            ),
            (&["a:bool"], "a field that is left out keeps its value"),
            (&["a:string"], "`a` is required"),
            (&["a:string", "b:integer"], "all fields are required"),
        ] {
            assert_eq!(put_rule(&spec(fields, &[]).unwrap()), expected);
        }
    }
}
