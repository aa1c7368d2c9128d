//! Writes the routes of template.yaml as Rust, for `fallback`: each path with the value of `Allow`.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write,
    fs,
    path::Path,
};

use yaml_serde::Value;

const TEMPLATE: &str = "../template.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={TEMPLATE}");
    let template: Value = yaml_serde::from_str(&fs::read_to_string(TEMPLATE)?)?;
    let mut code = "const ROUTES: &[(&str, &str)] = &[\n".to_owned();
    for (path, methods) in routes(&template) {
        let methods: Vec<_> = methods.into_iter().collect();
        writeln!(code, "    ({path:?}, {:?}),", methods.join(", "))?;
    }
    code += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR")?).join("routes.rs"), code)?;
    Ok(())
}

/// The methods of each path, in alphabetical order. `OPTIONS` is answered everywhere.
fn routes(template: &Value) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut routes = BTreeMap::<&str, BTreeSet<&str>>::new();
    let resources = template["Resources"].as_mapping().into_iter().flatten();
    for (_, resource) in resources.filter(|(_, resource)| resource["Type"] == "AWS::Serverless::Function") {
        for (_, event) in resource["Properties"]["Events"].as_mapping().into_iter().flatten() {
            let properties = &event["Properties"];
            if let (Some(path), Some(method)) = (properties["Path"].as_str(), properties["Method"].as_str()) {
                routes.entry(path).or_insert_with(|| BTreeSet::from(["OPTIONS"])).insert(method);
            }
        }
    }
    routes
}
