//! The routes and fields of a resource in `docs/api.md`.

use super::{
    fields::{Default, Field, Kind},
    spec::Spec,
    view::put_rule,
    words::{listed, listed_with},
};
use crate::{Error, Plan, docs};

/// Adds rows to the table of routes, and a chapter.
pub(super) fn add(plan: &mut Plan, spec: &Spec, after: Option<&str>) -> Result<(), Error> {
    plan.edit_if_there(docs::FILE, |text| Ok(with_chapter(&with_rows(text, spec, after), spec)))
}

/// The table of routes with those of the resource, behind the row of the function `after`.
fn with_rows(text: &str, spec: &Spec, after: Option<&str>) -> String {
    let row =
        |line: &str, function: &str| line.starts_with("| `") && line.contains(&format!("| `{function}` |"));
    let neighbour = after.and_then(|after| text.lines().position(|line| row(line, after)));
    let place = neighbour.or_else(|| text.lines().position(|line| row(line, "fallback"))?.checked_sub(1));
    let Some(place) = place else { return text.to_owned() };
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.splice(place + 1..=place, rows(spec));
    lines.join("\n") + "\n"
}

fn rows(spec: &Spec) -> Vec<String> {
    let (many, one) = (&spec.names.many, &spec.names.one);
    let path = format!("/api/{}", many.kebab);
    let names = |is: fn(&Field) -> bool| -> Vec<_> {
        spec.fields.iter().filter(|field| is(field)).map(|field| format!("`{}`", field.json())).collect()
    };
    let filters: Vec<_> = spec.filters().map(|field| format!("`?{}=`", field.json())).collect();
    let filters = match filters.as_slice() {
        [] => String::new(),
        [one] => format!("; {one} keeps those with this value"),
        several => format!("; {} keep those with these values", listed(several)),
    };
    let clears = match names(|field| field.is_optional).as_slice() {
        [] => String::new(),
        optional => format!("; `null` clears {}", listed(optional)),
    };
    let (words, single) = (&many.words, &one.words);
    let mut rows = vec![
        format!("| `GET {path}` | `list-{}` | 200 the {words} in id order{filters} |", many.kebab),
        format!("| `POST {path}` | `create-{}` | 201 the {single}, `Location` |", one.kebab),
        format!("| `GET {path}/{{id}}` | `get-{}` | 200 the {single}, 404 |", one.kebab),
    ];
    rows.extend(spec.has_put.then(|| {
        format!("| `PUT {path}/{{id}}` | `put-{}` | 200 the {single}; {}; 404 |", one.kebab, put_rule(spec))
    }));
    rows.push(format!(
        "| `PATCH {path}/{{id}}` | `patch-{}` | 200 the {single} after a JSON Merge Patch{clears}; 404 |",
        one.kebab
    ));
    rows.push(format!("| `DELETE {path}/{{id}}` | `delete-{}` | 200 a message; 404 |", one.kebab));
    rows
}

/// The page with a chapter about the fields, before the one to try the API.
fn with_chapter(text: &str, spec: &Spec) -> String {
    let chapter = chapter(spec);
    match text.find("\n## Try it\n") {
        Some(place) => format!("{}\n{chapter}{}", &text[..place], &text[place..]),
        None => format!("{text}\n{chapter}"),
    }
}

fn chapter(spec: &Spec) -> String {
    let row = |field: &Field| format!("| `{}` | {} | {} |\n", field.json(), kind(field), presence(field));
    let rows = spec.fields.iter().map(row).collect::<Vec<_>>().concat();
    let has = |is: fn(&Field) -> bool| spec.fields.iter().any(is);
    let limits = match (has(|field| matches!(field.kind, Kind::String | Kind::Text)), has(Field::is_array)) {
        (true, true) => "how long a text can be, and how many elements an array can have",
        (true, false) => "how long a text can be",
        (false, true) => "how many elements an array can have",
        (false, false) => "",
    };
    let limits = match limits {
        "" => String::new(),
        limits => format!("\n[openapi.yaml](../openapi.yaml) says {limits}.\n"),
    };
    format!(
        "## {}\n\n| field | | if it is left out |\n|---|---|---|\n{rows}{limits}",
        spec.names.many.sentence
    )
}

fn kind(field: &Field) -> String {
    let (one, several) = match &field.kind {
        Kind::String | Kind::Text => ("a text".to_owned(), "texts".to_owned()),
        Kind::Bool => ("`true` or `false`".to_owned(), "values, each `true` or `false`".to_owned()),
        Kind::Integer => ("a whole number".to_owned(), "whole numbers".to_owned()),
        Kind::Number => ("a number".to_owned(), "numbers".to_owned()),
        Kind::Timestamp => {
            let such = "in UTC, such as `2026-06-01T10:00:00Z`";
            (format!("a time {such}"), format!("times {such}"))
        }
        Kind::Enum(choice) => {
            let values: Vec<_> = choice.values.iter().map(|value| format!("`{value}`")).collect();
            let values = listed_with(&values, "or");
            (values.clone(), format!("values, each {values}"))
        }
    };
    if field.is_array() { format!("an array of {several}") } else { one }
}

fn presence(field: &Field) -> &'static str {
    match field.default() {
        None => "a 400",
        Some(Default::Null) => "`null`",
        Some(Default::Empty) => "`[]`",
        Some(Default::False) => "`false`",
    }
}
