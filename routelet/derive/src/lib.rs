//! The derives of `routelet::model`, which documents them.
//!
//! Each turns a type into token streams and says what it does not support at the place where it stands.

mod attributes;
mod choice;
mod draft;
mod field;
mod filters;
mod model;
mod names;
mod object;

use proc_macro::TokenStream;
use syn::{DeriveInput, Error, Result, parse_macro_input};

/// `#[derive(Model)]`: see `routelet::model`.
#[proc_macro_derive(Model, attributes(model, validate, each))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    tokens(model::expand(&input))
}

/// `#[derive(Object)]`: see `routelet::model`.
#[proc_macro_derive(Object, attributes(model, validate, each))]
pub fn derive_object(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    tokens(object::expand(&input))
}

/// `#[derive(Choice)]`: see `routelet::model`.
#[proc_macro_derive(Choice)]
pub fn derive_choice(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    tokens(choice::expand(&input))
}

fn tokens(expanded: Result<proc_macro2::TokenStream>) -> TokenStream {
    expanded.unwrap_or_else(Error::into_compile_error).into()
}

#[cfg(test)]
mod tests;
