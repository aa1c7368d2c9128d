//! The routes of a SAM template.

use std::collections::{BTreeMap, BTreeSet};

use yaml_serde::Value;

/// Each path with its methods in alphabetical order, as `Allow` lists them. `OPTIONS` is answered everywhere.
pub(crate) fn routes_of(template: &Value) -> Vec<(&str, String)> {
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
    let allow = |methods: BTreeSet<&str>| methods.into_iter().collect::<Vec<_>>().join(", ");
    routes.into_iter().map(|(path, methods)| (path, allow(methods))).collect()
}

#[cfg(test)]
mod tests {
    use super::routes_of;

    #[test]
    fn each_path_has_its_methods_and_options() {
        let template = "
            Resources:
              Table: { Type: AWS::DynamoDB::Table, Properties: { Events: { A: { Properties: { Path: /no, Method: GET } } } } }
              List:
                Type: AWS::Serverless::Function
                Properties:
                  Events:
                    Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /posts, Method: HEAD } }
                    Head: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /posts, Method: GET } }
              Create: { Type: AWS::Serverless::Function, Properties: { Events: { A: { Properties: { Path: /posts, Method: POST } } } } }
              Default: { Type: AWS::Serverless::Function, Properties: { Events: { A: { Type: HttpApi } } } }
        ";
        let template = yaml_serde::from_str(template).unwrap_or_default();
        assert_eq!(routes_of(&template), [("/posts", "GET, HEAD, OPTIONS, POST".to_owned())]);
    }
}
