//! What stands in `#[serde(…)]`, `#[model(…)]` and `#[validate(…)]`.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Error, LitStr, Meta, Result, Token, punctuated::Punctuated};

use crate::names::Case;

/// The `#[serde(…)]` of a type: `rename_all`, or nothing.
pub(crate) fn case(attributes: &[Attribute]) -> Result<Case> {
    let mut case = Case::default();
    for attribute in named(attributes, "serde") {
        attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("rename_all") {
                return Err(meta.error("only `rename_all` is supported here"));
            }
            let name: LitStr = meta.value()?.parse()?;
            case = Case::new(&name.value(), name.span())?;
            Ok(())
        })?;
    }
    Ok(case)
}

/// The `#[serde(…)]` of a field or variant.
#[derive(Default)]
pub(crate) struct Serde {
    /// `rename = "…"`
    pub(crate) rename: Option<String>,
    /// `default`: an item that is stored without it can still be read.
    pub(crate) default: bool,
}

impl Serde {
    pub(crate) fn new(attributes: &[Attribute]) -> Result<Self> {
        let mut serde = Self::default();
        for attribute in named(attributes, "serde") {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    serde.rename = Some(meta.value()?.parse::<LitStr>()?.value());
                } else if meta.path.is_ident("default") && !meta.input.peek(Token![=]) {
                    serde.default = true;
                } else {
                    return Err(meta.error("only `rename` and `default` are supported here"));
                }
                Ok(())
            })?;
        }
        Ok(serde)
    }
}

/// The parts of `#[name(part, part)]`, of all attributes of this name.
pub(crate) fn parts(attributes: &[Attribute], name: &str) -> Result<Vec<Meta>> {
    let mut parts = Vec::new();
    for attribute in named(attributes, name) {
        let list = attribute.meta.require_list()?;
        parts.extend(list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?);
    }
    for part in &parts {
        no_self(part.to_token_stream())?;
    }
    Ok(parts)
}

/// The attributes of this name.
pub(crate) fn named<'a>(attributes: &'a [Attribute], name: &str) -> impl Iterator<Item = &'a Attribute> {
    attributes.iter().filter(move |attribute| attribute.path().is_ident(name))
}

/// A rule moves to a type that the derive makes, where `Self` would be that one.
fn no_self(tokens: TokenStream) -> Result<()> {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                return Err(Error::new(ident.span(), "name the type: in a rule `Self` is another one"));
            }
            TokenTree::Group(group) => no_self(group.stream())?,
            _ => {}
        }
    }
    Ok(())
}
