//! What a list is filtered by.

use minijinja::{Value, context};

use super::{
    fields::{Field, Kind},
    literal::Literal,
    schemas::reference,
    spec::Spec,
    values::{NO_VALUE, Which, no_flag, not_a_number},
    view::{object, ticked},
};

/// A filter, as the templates see it.
pub(super) fn filter_view(spec: &Spec, field: &Field) -> Value {
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
        Kind::Integer => (Some("3"), Some(not_a_number(&field.json()))),
        Kind::Bool => (None, Some(no_flag(&field.json()))),
        Kind::Enum(_) => (None, Some(field.missing("undefined").object())),
        _ => (None, None),
    };
    context! {
        name => field.name.as_str(),
        json => field.json(),
        kebab => field.name.replace('_', "-"),
        words => field.words(),
        description => format!(
            "Only the {} with this {}. Empty is no filter. A change may take a moment to show here.",
            spec.names.many.words,
            match field.kind {
                Kind::String => format!("{}, without regard to case", field.words()),
                _ => "value".to_owned(),
            }
        ),
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
        wrong_query => query(NO_VALUE.to_owned()),
        wrong_issue => wrong.map(object),
    }
}

/// The parameters of a list that can be wrong.
pub(super) fn parameters(spec: &Spec) -> String {
    let filters = spec.filters().filter(|field| field.kind != Kind::String).map(Field::json);
    let names: Vec<_> = filters.chain(["limit".to_owned(), "cursor".to_owned()]).collect();
    let (last, others) = names.split_last().map_or(("", &[][..]), |(last, others)| (last, others));
    format!("{} or `{last}`", ticked(others).join(", "))
}
