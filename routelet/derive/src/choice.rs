//! `#[derive(Choice)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Result, spanned::Spanned};

use crate::attributes::{Serde, case};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "a choice is an `enum`"));
    };
    let case = case(&input.attrs)?;
    let (mut names, mut idents) = (Vec::new(), Vec::new());
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new(variant.fields.span(), "a value of a choice has no fields"));
        }
        let serde = Serde::new(&variant.attrs)?;
        let name = serde.rename.unwrap_or_else(|| case.of_variant(&variant.ident.to_string()));
        if names.contains(&name) {
            return Err(Error::new(variant.ident.span(), format!("there are two values \"{name}\"")));
        }
        names.push(name);
        idents.push(&variant.ident);
    }
    if names.is_empty() {
        return Err(Error::new(input.ident.span(), "a choice needs values"));
    }
    let choice = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl ::routelet::model::Field for #choice {
            const STORED: ::routelet::model::Stored = ::routelet::model::Stored::Text;

            fn read(
                input: ::routelet::model::Input<'_>,
                report: &mut ::routelet::model::Report,
            ) -> Option<Self> {
                ::routelet::model::derived::read_choice(input, report, &[#(#names),*], |name| match name {
                    #(#names => Some(Self::#idents),)*
                    _ => None,
                })
            }
        }

        #[automatically_derived]
        impl ::routelet::model::Filterable for #choice {
            const KIND: ::routelet::model::FilterKind = ::routelet::model::FilterKind::OneOf(&[#(#names),*]);
        }
    })
}
