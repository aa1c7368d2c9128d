//! The routes of a SAM template, as `fallback` answers them.

use std::collections::{BTreeMap, BTreeSet};

use template::{Document, Error, Route};

/// The methods of a route for any.
const ANY: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// Each path with its methods in alphabetical order, as `Allow` lists them. `OPTIONS` is answered everywhere.
pub(crate) fn routes_of(template: &Document) -> Result<Vec<(String, String)>, Error> {
    let mut routes = BTreeMap::<String, BTreeSet<String>>::new();
    for route in template.routes()?.into_values().flatten() {
        if let Route::Path { method, path } = route {
            let methods = routes.entry(path).or_insert_with(|| BTreeSet::from(["OPTIONS".to_owned()]));
            match method {
                Some(method) => drop(methods.insert(method)),
                None => methods.extend(ANY.map(str::to_owned)),
            }
        }
    }
    let allow = |methods: BTreeSet<String>| methods.into_iter().collect::<Vec<_>>().join(", ");
    Ok(routes.into_iter().map(|(path, methods)| (path, allow(methods))).collect())
}

#[cfg(test)]
mod tests {
    use template::Document;

    use super::routes_of;

    /// A parameter without a default is nothing to a route.
    #[test]
    fn each_path_has_its_methods_and_options() {
        let template = "
            Parameters: { Needed: { Type: String } }
            Resources:
              Table: { Type: AWS::DynamoDB::Table, Properties: { Events: { A: { Type: HttpApi, Properties: { Path: /no } } } } }
              List:
                Type: AWS::Serverless::Function
                Properties:
                  Environment: { Variables: { NEEDED: !Ref Needed } }
                  Events:
                    Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /posts, Method: HEAD } }
                    Head: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /posts, Method: GET } }
              Create:
                Type: AWS::Serverless::Function
                Properties: { Events: { A: { Type: HttpApi, Properties: { Path: /posts, Method: post } } } }
              All:
                Type: AWS::Serverless::Function
                Properties: { Events: { A: { Type: HttpApi, Properties: { Path: /all, Method: ANY } } } }
              Default: { Type: AWS::Serverless::Function, Properties: { Events: { A: { Type: HttpApi } } } }
        ";
        let routes = routes_of(&Document::parse(template).unwrap()).unwrap();
        let expected = [
            ("/all", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
            ("/posts", "GET, HEAD, OPTIONS, POST"),
        ];
        assert_eq!(routes, expected.map(|(path, methods)| (path.to_owned(), methods.to_owned())));
    }
}
