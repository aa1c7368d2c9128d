//! The root's `Cargo.toml`.

use template::Document;
use toml_edit::{Array, DocumentMut, Item, Value};

use super::{router, tables};
use crate::Error;

/// The manifest in step with the template; all else in it stays as it is.
pub fn synced(manifest: &str, document: &Document) -> Result<String, Error> {
    let failed = |error: toml_edit::TomlError| Error::Unreadable(error.to_string());
    let mut edited: DocumentMut = manifest.parse().map_err(failed)?;
    let watch = ["metadata", "lambda", "watch"]
        .iter()
        .try_fold(edited.get_mut("workspace"), |item, key| Some(item?.get_mut(key)))
        .flatten()
        .ok_or_else(|| Error::Missing("it has no [workspace.metadata.lambda.watch]".to_owned()))?;
    let others =
        watch.get("env_var").and_then(Item::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut variables: Vec<_> = others.filter(|text| text.starts_with("AWS_")).map(quoted).collect();
    variables.extend(tables::variables(document).iter().map(|text| quoted(text)));
    put(watch, "env_var", &variables)?;
    put(watch, "router", &router::lines(document)?)?;
    Ok(edited.to_string())
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// Replaces an array by one with a line for each of these.
fn put(table: &mut Item, key: &str, lines: &[String]) -> Result<(), Error> {
    let text = lines.iter().map(|line| format!("\n    {line},")).collect::<Vec<_>>().concat();
    let array: Value =
        format!("[{text}\n]").parse().map_err(|error| Error::Unreadable(format!("{error}")))?;
    let array: Array = array.as_array().cloned().unwrap_or_default();
    let Some(place) = table.get_mut(key).and_then(Item::as_array_mut) else {
        return Err(Error::Missing(format!("[workspace.metadata.lambda.watch] has no {key}")));
    };
    let decor = place.decor().clone();
    *place = array;
    *place.decor_mut() = decor;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"
Globals: { Function: { Environment: { Variables: {
  NOTES_TABLE: !If [OwnNotes, !Ref NotesTable, !Ref NotesTableName], MARKS_TABLE: !Ref MarksTable, LOG: !Ref Level } } } }
Resources:
  NotesTable: { Type: AWS::DynamoDB::Table }
  MarksTable: { Type: AWS::DynamoDB::Table }
  GetNote:
    Type: AWS::Serverless::Function
    Metadata: { BuildProperties: { Binary: get-note } }
    Properties: { Events: {
      A: { Type: HttpApi, Properties: { Path: "/notes/{id}", Method: GET } },
      B: { Type: HttpApi, Properties: { Path: "/notes/{id}", Method: HEAD } } } }
  DeleteNote:
    Type: AWS::Serverless::Function
    Metadata: { BuildProperties: { Binary: delete-note } }
    Properties: { Events: { A: { Type: HttpApi, Properties: { Path: "/notes/{id}", Method: DELETE } } } }
  Fallback:
    Type: AWS::Serverless::Function
    Metadata: { BuildProperties: { Binary: fallback } }
    Properties: { Events: { A: { Type: HttpApi } } }
"#;

    const MANIFEST: &str = r#"# One workspace.
[workspace.metadata.lambda.watch]
env_var = ["AWS_REGION=us-east-1", "OLD_TABLE=OldTable"]
# What it serves.
router = [] # all of it

[profile.dev]
debug = false # kept
"#;

    #[test]
    fn routes_and_tables_follow_the_template_and_the_rest_stays() {
        let document = Document::parse(TEMPLATE).unwrap();
        let synced_once = synced(MANIFEST, &document).unwrap();
        assert_eq!(
            synced_once,
            r#"# One workspace.
[workspace.metadata.lambda.watch]
env_var = [
    "AWS_REGION=us-east-1",
    "MARKS_TABLE=MarksTable",
    "NOTES_TABLE=NotesTable",
]
# What it serves.
router = [
    { path = "/notes/{id}", methods = ["GET", "HEAD"], function = "get-note" },
    { path = "/notes/{id}", methods = ["DELETE"], function = "delete-note" },
    { path = "/notes/{id}", methods = ["POST", "PUT", "PATCH", "OPTIONS"], function = "fallback" },
    { path = "/{*path}", function = "fallback" },
] # all of it

[profile.dev]
debug = false # kept
"#
        );
        assert_eq!(synced(&synced_once, &document).unwrap(), synced_once, "twice is once");
    }

    #[test]
    fn a_manifest_without_the_table_is_left_alone() {
        let document = Document::parse(TEMPLATE).unwrap();
        for manifest in ["", "[workspace]\n", "[workspace.metadata.lambda.watch]\nrouter = []\n", "["] {
            assert!(synced(manifest, &document).is_err(), "{manifest}");
        }
    }
}
