//! The table and the functions of a resource in `template.yaml`.

use minijinja::context;

use super::{render::render, spec::Spec};
use crate::{Error, edit::yaml::Yaml, project};

const FUNCTIONS: &str = include_str!("../../templates/resource/template/functions.yaml");
const TABLE: &str = include_str!("../../templates/resource/template/table.yaml");
const PARAMETER: &str = include_str!("../../templates/resource/template/parameter.yaml");
const OUTPUT: &str = include_str!("../../templates/resource/template/output.yaml");

/// Above the first table.
const ABOUT_TABLES: &str = "# Tables outlive the stack and cannot be deleted by accident.
# DynamoDB encrypts them with its own key, at no cost. To use your key, add an `SSESpecification`.
";

/// Functions that come after those of the API's own routes.
const LAST: [&str; 4] = ["Openapi", "Docs", "Page", "Fallback"];

/// The template with the resource in it.
pub(crate) fn added(text: &str, spec: &Spec) -> Result<String, Error> {
    let names = &spec.names;
    let (many, kebab) = (&names.many.pascal, &names.many.kebab);
    let mut yaml = Yaml::parse(text)?;
    if yaml.get(&["Resources", &format!("{many}Table")]).is_some() {
        return Err(Error::Taken(format!("table `{many}Table`")));
    }

    // Another part of the template may have an anchor of this name, and the first change gets `tokens` below.
    let is_taken =
        kebab == "tokens" || text.contains(&format!("&{kebab} ")) || text.contains(&format!("&{kebab}\n"));
    let anchor = if is_taken { format!("{kebab}-table") } else { kebab.clone() };
    let more = context! { anchor => anchor.as_str() };
    let parameters = ["Parameters"];
    let after = yaml
        .last_key(&parameters, |key| key.ends_with("TableName"))
        .or_else(|| yaml.key_before(&parameters, "DynamoDBEndpoint"));
    yaml.insert(&parameters, after.as_deref(), &render(PARAMETER, spec, more.clone())?)?;

    let after = yaml.last_key(&["Conditions"], |key| key.starts_with("Own"));
    let condition = format!("Own{many}: !Equals [!Ref {many}TableName, \"\"]");
    yaml.insert(&["Conditions"], after.as_deref(), &condition)?;

    let variables = ["Globals", "Function", "Environment", "Variables"];
    let after = yaml.last_key(&variables, |key| key.ends_with("_TABLE"));
    let value = format!("!If [Own{many}, !Ref {many}Table, !Ref {many}TableName]");
    yaml.insert(&variables, after.as_deref(), &format!("{}_TABLE: &{anchor} {value}", names.many.shout))?;

    let after = last_function(&yaml);
    let tokens = if text.contains("Environment: &tokens") { "*tokens" } else { project::TOKENS };
    yaml.insert(
        &["Resources"],
        after.as_deref(),
        &render(FUNCTIONS, spec, context! { tokens, ..more.clone() })?,
    )?;

    yaml.insert_item(
        &["Resources", "Settings", "Properties", "Values"],
        "!Ref DynamoDBEndpoint",
        &format!("!Ref {many}TableName"),
    )?;

    let resources = ["Resources"];
    let is_table = |key: &str| type_of(&yaml, key) == Some("AWS::DynamoDB::Table");
    let other = yaml.last_key(&resources, is_table);
    let about = if other.is_some() { "" } else { ABOUT_TABLES };
    let after = other.or_else(|| yaml.key_before(&resources, "FunctionLogs"));
    let table = format!("{about}{}", render(TABLE, spec, more.clone())?);
    yaml.insert(&resources, after.as_deref(), &table)?;

    let after = yaml.last_key(&["Outputs"], |key| key.ends_with("Table")).or(Some("Url".to_owned()));
    yaml.insert(&["Outputs"], after.as_deref(), &render(OUTPUT, spec, more)?)?;
    Ok(yaml.text().to_owned())
}

/// The function that those of a new resource stand behind: the last that uses a table, or the last of the
/// API's own routes.
pub(crate) fn last_function(yaml: &Yaml) -> Option<String> {
    let is_function = |key: &str| type_of(yaml, key) == Some("AWS::Serverless::Function");
    yaml.last_key(&["Resources"], |key| {
        is_function(key) && yaml.get(&["Resources", key, "Properties", "Policies"]).is_some()
    })
    .or_else(|| yaml.last_key(&["Resources"], |key| is_function(key) && !LAST.contains(&key)))
    .or_else(|| yaml.key_before(&["Resources"], "Fallback"))
}

/// The name of the binary of a function.
pub(crate) fn binary<'y>(yaml: &'y Yaml, function: &str) -> Option<&'y str> {
    let binary = yaml.get(&["Resources", function, "Metadata", "BuildProperties", "Binary"])?;
    Some(yaml.text_of(binary))
}

fn type_of<'y>(yaml: &'y Yaml, key: &str) -> Option<&'y str> {
    Some(yaml.text_of(yaml.get(&["Resources", key, "Type"])?))
}
