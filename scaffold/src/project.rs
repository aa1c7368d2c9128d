//! What there is in a project.

use std::collections::BTreeMap;

use syn::{Expr, ImplItem, Item, Lit, Type};
use template::{Document, Route};

use crate::{Error, Plan};

/// What the first function that wants a token defines in the template, and the others use.
pub(crate) const TOKENS: &str = "&tokens
  Variables:
    AUTH_JWKS: !If [WithTokens, !Ref AuthJwks, \"\"]
    AUTH_ISSUER: !Ref AuthIssuer
    AUTH_AUDIENCE: !Ref AuthAudience";

/// A resource: a file of `shared/src/resources`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    /// The name of its files, such as `blog_posts`.
    pub(crate) module: String,
    /// Such as `BlogPost`.
    pub(crate) model: String,
    /// Such as `BlogPosts`.
    pub(crate) store: String,
    /// Such as `/api/blog-posts`.
    pub(crate) path: String,
    /// Such as `BLOG_POSTS_TABLE`.
    pub(crate) variable: String,
    /// Such as `Blog post not found`.
    pub(crate) not_found: String,
}

impl Resource {
    /// The end of its path, such as `blog-posts`.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Whether a path of the API is the collection's or below it.
    pub(crate) fn has(&self, path: &str) -> bool {
        path.strip_prefix(&self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// All resources.
pub(crate) fn resources(plan: &Plan) -> Result<Vec<Resource>, Error> {
    let files = plan.files_in("shared/src/resources")?;
    let mut resources = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("mod.rs")) {
        let module = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let text = plan.read(path)?;
        resources.extend(resource(module, &text).map_err(|error| error.within(path))?);
    }
    Ok(resources)
}

/// What a file says in `pub type Posts<A> = Store<Post, A>` and `impl Resource for Post`.
fn resource(module: &str, text: &str) -> Result<Option<Resource>, Error> {
    let file = syn::parse_file(text).map_err(|error| Error::Unreadable(error.to_string()))?;
    let mut store = None;
    let mut model = None;
    let mut texts = BTreeMap::new();
    for item in file.items {
        match item {
            Item::Type(item) => store = Some(item.ident.to_string()),
            Item::Impl(item) => {
                if let Type::Path(path) = &*item.self_ty {
                    model = path.path.get_ident().map(ToString::to_string);
                }
                texts.extend(item.items.iter().filter_map(constant));
            }
            _ => {}
        }
    }
    let mut text = |name: &str| texts.remove(name);
    Ok((|| {
        Some(Resource {
            module: module.to_owned(),
            model: model?,
            store: store?,
            path: text("PATH")?,
            variable: text("TABLE_VARIABLE")?,
            not_found: text("NOT_FOUND")?,
        })
    })())
}

fn constant(item: &ImplItem) -> Option<(String, String)> {
    let ImplItem::Const(constant) = item else { return None };
    let Expr::Lit(literal) = &constant.expr else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    Some((constant.ident.to_string(), text.value()))
}

/// The folder of the tests over HTTP.
pub(crate) const TESTS: &str = "functions/tests/api";

/// The module with the tests of a path: its resource's, or that of its first part below `/api`.
pub(crate) fn test_module(plan: &Plan, path: &str) -> Result<String, Error> {
    let resource = resources(plan)?.into_iter().find(|resource| resource.has(path));
    let first = path.split('/').filter(|part| !part.is_empty()).find(|part| *part != "api").unwrap_or("root");
    let first = first.trim_matches(['{', '}']).replace(['-', '.'], "_");
    let name = resource.map_or(first, |resource| resource.module);
    Ok(free_test_module(plan, &name))
}

/// A name for a module of tests that is no word of the language, and no module that tests something else.
pub(crate) fn free_test_module(plan: &Plan, name: &str) -> String {
    /// Modules of routes that are named by what they are.
    const OTHERS: [&str; 4] = ["fallback", "main", "page", "web"];
    let is_word = syn::parse_str::<syn::Ident>(name).is_ok();
    let of_routes = |text: String| {
        ["const ROUTE: Route", "const RESOURCE: Resource"].iter().any(|line| text.contains(line))
    };
    let is_other = plan.read(format!("{TESTS}/{name}.rs")).is_ok_and(|text| !of_routes(text))
        || plan.has(format!("{TESTS}/{name}/mod.rs"));
    if is_word && !is_other && !OTHERS.contains(&name) {
        name.to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("routes_{name}")
    } else {
        format!("{name}_routes")
    }
}

/// A function of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    /// The logical id, such as `GetPost`.
    pub(crate) id: String,
    /// The name of its binary, such as `get-post`.
    pub(crate) binary: String,
    /// Method and path of each of its routes; none for `$default`.
    pub(crate) routes: Vec<(String, String)>,
}

/// Whether one of these functions has a route of this path.
pub(crate) fn has_path(functions: &[Function], path: &str) -> bool {
    functions.iter().any(|function| function.routes.iter().any(|(_, own)| own == path))
}

/// The functions of the template, in its order.
pub(crate) fn functions(plan: &Plan) -> Result<Vec<Function>, Error> {
    const FILE: &str = "template.yaml";
    functions_of(&plan.read(FILE)?).map_err(|error| error.within(FILE))
}

fn functions_of(template: &str) -> Result<Vec<Function>, Error> {
    let document = Document::parse(template)?;
    let mut routes = document.routes()?;
    let order = crate::edit::yaml::Yaml::parse(template)?;
    let functions = order.keys(&["Resources"]).into_iter().filter_map(|id| {
        let routes = routes.remove(id)?;
        let binary = &document.resource(id)["Metadata"]["BuildProperties"]["Binary"];
        let routes = routes.into_iter().filter_map(|route| match route {
            Route::Path { method, path } => Some((method.unwrap_or_else(|| "ANY".to_owned()), path)),
            Route::Default => None,
        });
        Some(Function {
            id: id.to_owned(),
            binary: binary.as_str().unwrap_or(id).to_owned(),
            routes: routes.collect(),
        })
    });
    Ok(functions.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_read_from_its_file() {
        let text = r#"
            pub type BlogPosts<A> = Store<BlogPost, A>;

            impl Resource for BlogPost {
                const PATH: &'static str = "/api/blog-posts";
                const NOT_FOUND: &'static str = "Blog post not found";
                const TABLE_VARIABLE: &'static str = "BLOG_POSTS_TABLE";
            }
        "#;
        let resource = resource("blog_posts", text).unwrap().unwrap();
        assert_eq!(resource.model, "BlogPost");
        assert_eq!(resource.store, "BlogPosts");
        assert_eq!(resource.name(), "blog-posts");
        assert_eq!(resource.variable, "BLOG_POSTS_TABLE");
        assert!(resource.has("/api/blog-posts") && resource.has("/api/blog-posts/{id}"));
        assert!(!resource.has("/api/blog-posts-2") && !resource.has("/api"));
    }

    #[test]
    fn a_file_without_a_resource_is_none() {
        assert_eq!(resource("mod", "pub mod a;").unwrap(), None);
        assert!(resource("mod", "pub mod").is_err());
    }
}
