//! The variables by which functions find their tables.

use template::Document;

/// `NAME=TABLE` for each variable of all functions that names a table of the template, by default.
pub(crate) fn variables(document: &Document) -> Vec<String> {
    let tables: Vec<_> = document.ids("AWS::DynamoDB::Table").collect();
    let variables = &document.root()["Globals"]["Function"]["Environment"]["Variables"];
    let variables = variables.as_object().into_iter().flatten();
    variables
        .filter_map(|(name, value)| {
            // `!Ref Table`, or `!If [Own, !Ref Table, …]` where a parameter can name another.
            let table = value["Ref"].as_str().or(value["Fn::If"][1]["Ref"].as_str())?;
            tables.contains(&table).then(|| format!("{name}={table}"))
        })
        .collect()
}
