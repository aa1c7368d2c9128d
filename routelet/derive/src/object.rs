//! `#[derive(Object)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Result};

use crate::{
    draft::{self, Reading},
    filters,
};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let fields = draft::fields(input)?;
    filters::none(&fields)?;
    let draft = format_ident!("Draft");
    let declarations = draft::declarations(&draft, &fields, false);
    let functions = draft::functions(&fields, &[Reading::New]);
    let finished = draft::finished(&fields);
    let object = &input.ident;
    let values = fields.iter().map(|field| &field.value);
    Ok(quote! {
        const _: () = {
            #[derive(::routelet::model::validator::Validate)]
            #[validate(crate = "::routelet::model::validator")]
            struct #draft { #declarations }

            impl #draft {
                #functions
            }

            #[automatically_derived]
            impl ::routelet::model::Field for #object {
                const STORED: ::routelet::model::Stored = ::routelet::model::Stored::Object;
                const DEPTH: usize =
                    ::routelet::model::derived::deeper(&[#(<#values as ::routelet::model::Field>::DEPTH),*]);

                fn read(
                    input: ::routelet::model::Input<'_>,
                    report: &mut ::routelet::model::Report,
                ) -> Option<Self> {
                    let mut fields = input.fields(report)?;
                    let draft = #draft::read_new(&mut fields);
                    fields.finish_in(report, draft, #draft::NAMES, |draft| Some(Self { #finished }))
                }
            }
        };
    })
}
