//! A draft: the fields of a model or object as they were read, each of them perhaps missing.
//!
//! All rules are judged on the draft, so that a field that is missing or wrong hides no issue of the others.
//! What is made of it is made only if there is none.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DeriveInput, Error, Fields, Ident, Result, spanned::Spanned};

use crate::{
    attributes,
    field::{Field, Presence},
};

/// The fields of a struct.
pub(crate) fn fields(input: &DeriveInput) -> Result<Vec<Field>> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "only a struct can be derived so"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(data.fields.span(), "the fields need names"));
    };
    if let Some(parameter) = input.generics.params.first() {
        return Err(Error::new(parameter.span(), "a type with parameters is not supported"));
    }
    let case = attributes::case(&input.attrs)?;
    let fields = fields.named.iter().map(|field| Field::new(field, case)).collect::<Result<Vec<_>>>()?;
    for (place, field) in fields.iter().enumerate() {
        if fields[..place].iter().any(|other| other.name == field.name) {
            let message = format!("there are two fields \"{}\"", field.name);
            return Err(Error::new(field.ident.span(), message));
        }
    }
    Ok(fields)
}

/// How the fields of a body are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As those of a new item: what is required must be there.
    New,
    /// As a merge patch: each may be left out, `null` clears what is optional.
    Patch,
}

/// The draft's fields, with the rules that `validator` judges.
pub(crate) fn declarations(draft: &Ident, fields: &[Field], is_serialised: bool) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let Field { docs, visibility, ident, name, value, rules, .. } = field;
        let ty = if field.is_optional() { quote!(Option<Option<#value>>) } else { quote!(Option<#value>) };
        let bytes = field.bytes.is_some().then(|| {
            let function = format!("{draft}::{}", bytes_rule(ident));
            quote!(#[validate(custom(function = #function))])
        });
        let rules = (!rules.is_empty()).then(|| quote!(#[validate(#(#rules),*)]));
        let serde =
            is_serialised.then(|| quote!(#[serde(rename = #name, skip_serializing_if = "Option::is_none")]));
        quote!(#(#docs)* #rules #bytes #serde #visibility #ident: #ty)
    });
    quote!(#(#fields),*)
}

/// The draft's own functions: its names, what reads it, and what its fields need.
pub(crate) fn functions(fields: &[Field], readings: &[Reading]) -> TokenStream {
    let names = fields.iter().map(|field| {
        let (rust, json) = (field.ident.to_string(), &field.name);
        quote!((#rust, #json))
    });
    let parts = fields.iter().map(part);
    let readers = readings.iter().map(|reading| {
        let name = match reading {
            Reading::New => quote!(read_new),
            Reading::Patch => quote!(read_changes),
        };
        let fields = fields.iter().map(|field| {
            let ident = &field.ident;
            let value = read(field, *reading);
            quote!(#ident: #value)
        });
        quote! {
            fn #name(fields: &mut ::routelet::model::Fields<'_>) -> Self {
                Self { #(#fields),* }
            }
        }
    });
    quote! {
        /// The fields in the order of the schema: in Rust, and in JSON.
        const NAMES: &'static [(&'static str, &'static str)] = &[#(#names),*];
        #(#readers)*
        #(#parts)*
    }
}

/// The value of a field of the draft.
fn read(field: &Field, reading: Reading) -> TokenStream {
    let Field { name, value, .. } = field;
    let read = if field.element().is_some() {
        let array = array_reader(&field.ident);
        quote!(Self::#array)
    } else {
        quote!(<#value as ::routelet::model::Field>::read)
    };
    match (&field.presence, reading) {
        (Presence::Required, Reading::New) => quote!(fields.required(#name, #read)),
        (Presence::Required | Presence::Default(_), _) => quote!(fields.optional(#name, #read)),
        (Presence::Optional { nullable: false }, Reading::New) => {
            quote!(fields.optional(#name, #read).map(Some))
        }
        (Presence::Optional { .. }, _) => quote!(fields.clearable(#name, #read)),
    }
}

/// What a field needs beside it: the reader of an array with its rules, or the rule for the bytes of a text.
fn part(field: &Field) -> TokenStream {
    let Field { value, .. } = field;
    if let Some(bytes) = &field.bytes {
        let function = bytes_rule(&field.ident);
        return quote! {
            fn #function(text: &str) -> ::core::result::Result<(), ::routelet::model::validator::ValidationError> {
                ::routelet::model::derived::at_most_bytes(text, #bytes)
            }
        };
    }
    let Some(element) = field.element() else { return TokenStream::new() };
    let function = array_reader(&field.ident);
    let validate = quote! {
        #[derive(::routelet::model::validator::Validate)]
        #[validate(crate = "::routelet::model::validator")]
    };
    let (length, judge_length) = match &field.length {
        Some(rule) => (
            quote!(#validate struct Length { #[validate(#rule)] elements: ::routelet::model::derived::Count }),
            quote!(|elements| ::routelet::model::validator::Validate::validate(&Length { elements })),
        ),
        None => (TokenStream::new(), quote!(|_| Ok(()))),
    };
    let each = &field.each;
    let (elements, judge_element) = if each.is_empty() {
        (TokenStream::new(), quote!(|_: &#element| Ok(())))
    } else {
        (
            quote!(#validate struct Each<'a> { #[validate(#(#each),*)] element: &'a #element }),
            quote!(|element: &#element| ::routelet::model::validator::Validate::validate(&Each { element })),
        )
    };
    quote! {
        fn #function(
            input: ::routelet::model::Input<'_>,
            report: &mut ::routelet::model::Report,
        ) -> Option<#value> {
            #length
            #elements
            ::routelet::model::derived::read_array(input, report, #judge_length, #judge_element)
        }
    }
}

/// The fields of what is made of a draft in order. Nothing comes of it where one that must be there is not.
pub(crate) fn finished(fields: &[Field]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let ident = &field.ident;
        match &field.presence {
            Presence::Required => quote!(#ident: draft.#ident?),
            Presence::Optional { .. } => quote!(#ident: draft.#ident.flatten()),
            Presence::Default(default) => quote!(#ident: draft.#ident.unwrap_or_else(|| #default)),
        }
    });
    quote!(#(#fields),*)
}

fn array_reader(ident: &Ident) -> Ident {
    format_ident!("array_of_{ident}")
}

fn bytes_rule(ident: &Ident) -> Ident {
    format_ident!("{ident}_bytes")
}
