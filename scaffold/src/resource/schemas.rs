//! How the fields are described in openapi.yaml.

use super::{
    fields::{Field, Kind},
    literal::Literal,
    render::YAML_WIDTH,
    spec::Spec,
};

/// The components of a field, its schema in an answer, and its schema where a caller gives it.
pub(super) fn schemas(spec: &Spec, field: &Field) -> (Option<String>, String, String) {
    let name = spec.schema(field);
    let or_null = |schema: String| {
        if field.is_optional { format!("{{ anyOf: [{schema}, {{ type: \"null\" }}] }}") } else { schema }
    };
    if field.kind == Kind::Timestamp {
        let (made, given) = (reference("Timestamp"), reference("GivenTime"));
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

/// A reference to a schema.
pub(super) fn reference(name: &str) -> String {
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
            vec!["type: string".to_owned(), format!("enum: {}", values.yaml_lines(10, YAML_WIDTH))]
        }
    }
}
