//! Files of this repository as constants of the one function that uses them.
//!
//! A build script of `functions` could prepare them, too, but cargo would then build all functions anew when
//! one of the files changes. A macro is expanded in the binary that names the file, and in no other. The
//! `include_bytes!` in its expansion makes cargo watch the file.
//!
//! A path is relative to the package that names it, as in a build script. What a macro expands to is made as
//! text, which needs no library and can be tested without a compiler.

mod compressed;
mod policy;
mod routes;
mod source;

use proc_macro::TokenStream;
use template::Document;
use yaml_serde::Value;

use self::{compressed::file, policy::policy, routes::routes_of, source::Source};

/// An HTML file as a `routelet::http::File`, with the content security policy that its inline scripts and
/// styles need.
#[proc_macro]
pub fn html(path: TokenStream) -> TokenStream {
    expand(&path, |source| {
        file("text/html; charset=utf-8", Some(&policy(source.text()?)), source.text()?.as_bytes())
    })
}

/// A YAML file as a `routelet::http::File` of JSON. Keys keep their order.
#[proc_macro]
pub fn json(path: TokenStream) -> TokenStream {
    expand(&path, |source| {
        let yaml: Value = yaml_serde::from_str(source.text()?).map_err(|error| error.to_string())?;
        let json = serde_json::to_string(&yaml).map_err(|error| error.to_string())?;
        file("application/json", None, json.as_bytes())
    })
}

/// The routes of a SAM template as `[(path, methods)]`: the methods as `Allow` lists them.
#[proc_macro]
pub fn routes(path: TokenStream) -> TokenStream {
    expand(&path, |source| {
        let template = Document::parse(source.text()?).map_err(|error| error.to_string())?;
        let routes = routes_of(&template).map_err(|error| error.to_string())?;
        Ok(format!("{routes:?}"))
    })
}

/// The value that `make` gives as Rust text, or one sentence as an error of the compiler.
fn expand(argument: &TokenStream, make: impl FnOnce(&Source) -> Result<String, String>) -> TokenStream {
    let value = Source::read(&argument.to_string()).and_then(|source| {
        let value = make(&source).map_err(|error| format!("{}: {error}", source.name()))?;
        // The compiler reads the file, too, and so knows when to expand this again.
        let file = format!("const _: &[u8] = include_bytes!({:?});", source.path()?);
        Ok(["{", &file, &value, "}"].join(" "))
    });
    let code = value.unwrap_or_else(|error| format!("::core::compile_error!({error:?})"));
    code.parse().unwrap_or_default()
}
