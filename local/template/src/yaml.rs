//! YAML to JSON, with CloudFormation's short tags in their long form (`!Ref x` is `{"Ref": "x"}`), so that
//! nothing after this knows that there are two ways to write a function.

use serde_json::{Map, Value};

/// Reads a template's text.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let mut document: yaml_serde::Value = yaml_serde::from_str(text).map_err(|error| error.to_string())?;
    document.apply_merge().map_err(|error| error.to_string())?;
    json(document)
}

fn json(value: yaml_serde::Value) -> Result<Value, String> {
    Ok(match value {
        yaml_serde::Value::Null => Value::Null,
        yaml_serde::Value::Bool(value) => Value::Bool(value),
        yaml_serde::Value::Number(number) => number_to_json(&number),
        yaml_serde::Value::String(text) => Value::String(text),
        yaml_serde::Value::Sequence(items) => {
            Value::Array(items.into_iter().map(json).collect::<Result<_, _>>()?)
        }
        yaml_serde::Value::Mapping(entries) => {
            let mut object = Map::with_capacity(entries.len());
            for (key, value) in entries {
                object.insert(key_to_string(key)?, json(value)?);
            }
            Value::Object(object)
        }
        yaml_serde::Value::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            long_form(tag.trim_start_matches('!'), json(tagged.value)?)
        }
    })
}

fn number_to_json(number: &yaml_serde::Number) -> Value {
    if let Some(whole) = number.as_i64() {
        return whole.into();
    }
    number.as_u64().map_or_else(|| number.as_f64().map_or(Value::Null, Value::from), Value::from)
}

fn key_to_string(key: yaml_serde::Value) -> Result<String, String> {
    match key {
        yaml_serde::Value::String(text) => Ok(text),
        yaml_serde::Value::Number(number) => Ok(number.to_string()),
        yaml_serde::Value::Bool(value) => Ok(value.to_string()),
        other => Err(format!("a key must be a string, not {other:?}")),
    }
}

fn long_form(tag: &str, value: Value) -> Value {
    let value = match (tag, value) {
        ("GetAtt", Value::String(path)) => {
            let (resource, attribute) = path.split_once('.').unwrap_or((&path, ""));
            Value::from(vec![resource, attribute])
        }
        (_, value) => value,
    };
    let name = if matches!(tag, "Ref" | "Condition") { tag.to_owned() } else { format!("Fn::{tag}") };
    Value::Object(Map::from_iter([(name, value)]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;

    #[test]
    fn short_tags_become_their_long_form() {
        let yaml = "a: !Ref x\nb: !GetAtt T.Arn\nc: !Sub '${a}'\nd: !If [A, !Ref b, 1]\ne: !Condition C\n";
        let expected = json!({
            "a": {"Ref": "x"}, "b": {"Fn::GetAtt": ["T", "Arn"]}, "c": {"Fn::Sub": "${a}"},
            "d": {"Fn::If": ["A", {"Ref": "b"}, 1]}, "e": {"Condition": "C"},
        });
        assert_eq!(parse(yaml), Ok(expected));
    }

    #[test]
    fn json_is_yaml_and_anchors_are_followed() {
        assert_eq!(parse(r#"{"a": {"Ref": "x"}}"#), Ok(json!({"a": {"Ref": "x"}})));
        let merged = parse("base: &b {x: 1}\nuse: {<<: *b, y: 2}").unwrap();
        assert_eq!(merged["use"], json!({"x": 1, "y": 2}));
    }
}
