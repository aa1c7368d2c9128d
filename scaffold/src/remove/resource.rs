//! A resource, with its model, its table and its routes.

use template::Document;

use super::{contract, left, mentions, page, remove_function, tests, web};
use crate::{
    Error, Plan, docs,
    edit::{rust, yaml::Yaml},
    project::{self, Function, Resource},
};

const SHARED: &str = "shared/src";

pub(super) fn remove(plan: &mut Plan, resource: &Resource) -> Result<(), Error> {
    let is_own = |function: &Function| function.routes.iter().all(|(_, path)| resource.has(path));
    let functions = project::functions(plan)?;
    let functions: Vec<_> =
        functions.into_iter().filter(|function| !function.routes.is_empty() && is_own(function)).collect();
    for function in &functions {
        remove_function(plan, function)?;
    }
    page::remove_routes_of(plan, resource)?;
    remove_table(plan, resource)?;
    let module = project::free_test_module(plan, &resource.module);
    tests::remove_module(plan, &module, "RESOURCES")?;
    remove_model(plan, resource)?;
    contract::remove_unused(plan)?;
    web::remove_screen(plan, resource.name())?;
    plan.edit_if_there(docs::FILE, |text| Ok(docs::without_chapter_of(text, &resource.path)))?;
    plan.note(format!("the table {}Table of a deployed stack stays: it is retained", resource.store));
    let mentions = mentions::of_resource(plan, resource, &functions)?;
    left::note(plan, &mentions);
    Ok(())
}

/// The table, with all that names it: the variable, the parameter for another one with its condition and its
/// place in the settings, and the output.
fn remove_table(plan: &mut Plan, resource: &Resource) -> Result<(), Error> {
    plan.edit("template.yaml", |text| {
        let document = Document::parse(text)?;
        let variables = ["Globals", "Function", "Environment", "Variables"];
        let value = variables.iter().fold(document.root(), |value, key| &value[*key]);
        let value = value[&resource.variable].clone();
        // `!Ref Table`, or `!If [Own, !Ref Table, !Ref TableName]`.
        let choice = &value["Fn::If"];
        let table = value["Ref"].as_str().or(choice[1]["Ref"].as_str());
        let mut yaml = Yaml::parse(text)?;
        if let Some(outputs) = document.root()["Outputs"].as_object() {
            for (name, output) in outputs {
                if output["Value"] == value || table.is_some_and(|table| names(&output["Value"], table)) {
                    yaml.remove(&["Outputs", name])?;
                }
            }
        }
        yaml.remove(&[variables.as_slice(), &[resource.variable.as_str()]].concat())?;
        if let Some(table) = table {
            yaml.remove(&["Resources", table])?;
        }
        if let Some(condition) = choice[0].as_str() {
            yaml.remove(&["Conditions", condition])?;
        }
        if let Some(parameter) = choice[2]["Ref"].as_str() {
            yaml.remove(&["Parameters", parameter])?;
            let reference = format!("!Ref {parameter}");
            yaml.remove_items(&["Resources", "Settings", "Properties", "Values"], |item| item == reference)?;
        }
        Ok(yaml.text().to_owned())
    })
}

/// Whether a value refers to this resource.
fn names(value: &serde_json::Value, id: &str) -> bool {
    match value {
        serde_json::Value::Object(fields) => {
            fields.get("Ref").is_some_and(|other| other == id)
                || fields.values().any(|value| names(value, id))
        }
        serde_json::Value::Array(items) => items.iter().any(|value| names(value, id)),
        _ => false,
    }
}

/// The model and what ties it to its path, with their lines in the lists of modules.
fn remove_model(plan: &mut Plan, resource: &Resource) -> Result<(), Error> {
    plan.delete(format!("{SHARED}/resources/{}.rs", resource.module))?;
    plan.edit(format!("{SHARED}/resources/mod.rs"), |text| rust::remove_module(text, &resource.module))?;
    let Some(module) = model_module(plan, &resource.model)? else {
        plan.note(format!("the model {} is in no file of {SHARED}/models of its own", resource.model));
        return Ok(());
    };
    for folder in [format!("{SHARED}/models"), format!("{SHARED}/models/tests")] {
        let file = format!("{folder}/{module}.rs");
        if plan.has(&file) {
            plan.delete(file)?;
            plan.edit(format!("{folder}/mod.rs"), |text| rust::remove_module(text, &module))?;
        }
    }
    // Nobody is left to be helped by what the tests of models have in common.
    let helpers = format!("{SHARED}/models/tests/mod.rs");
    if plan.has(&helpers) && !rust::has_modules(&plan.read(&helpers)?)? {
        plan.delete(helpers)?;
        plan.edit(format!("{SHARED}/models/mod.rs"), |text| rust::remove_module(text, "tests"))?;
    }
    Ok(())
}

/// The file of a model, by its struct.
fn model_module(plan: &Plan, model: &str) -> Result<Option<String>, Error> {
    let definition = format!("pub struct {model} {{");
    for file in plan.files_in(format!("{SHARED}/models"))? {
        if plan.read(&file)?.contains(&definition) {
            return Ok(file.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
        }
    }
    Ok(None)
}
