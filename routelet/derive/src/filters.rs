//! The fields that a list can be filtered by: `#[model(filter)]`.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Result};

use crate::field::Field;

/// The query parameters of every list.
const OF_A_PAGE: [&str; 2] = ["limit", "cursor"];
/// The indexes that a table can have ("Quotas in Amazon DynamoDB", global secondary indexes).
const MOST: usize = 20;

/// The filters, as expressions of the type `Filter`, and what refuses to compile where one does not fit into
/// an index.
pub(crate) fn expand(fields: &[Field]) -> Result<(TokenStream, TokenStream)> {
    let (mut filters, mut checks) = (TokenStream::new(), TokenStream::new());
    for (number, (field, span)) in filtered(fields).enumerate() {
        check(fields, field, span)?;
        if number == MOST {
            return Err(Error::new(span, "a table has at most 20 indexes, and each filter needs one"));
        }
        let Field { name, value, .. } = field;
        filters.extend(quote! {
            ::routelet::model::Filter {
                name: #name,
                kind: <#value as ::routelet::model::Filterable>::KIND,
            },
        });
        checks.extend(bound(field, span)?);
    }
    Ok((filters, checks))
}

/// Refuses filters where there is no list.
pub(crate) fn none(fields: &[Field]) -> Result<()> {
    match filtered(fields).next() {
        Some((_, span)) => Err(Error::new(span, "`filter` is for a field of a model")),
        None => Ok(()),
    }
}

fn filtered(fields: &[Field]) -> impl Iterator<Item = (&Field, Span)> {
    fields.iter().filter_map(|field| Some((field, field.filter?)))
}

fn check(fields: &[Field], field: &Field, span: Span) -> Result<()> {
    let name = &field.name;
    if OF_A_PAGE.contains(&name.as_str()) {
        let message = format!("`?{name}=` is of the page: a filter needs another name");
        return Err(Error::new(span, message));
    }
    let key = format!("{name}Key");
    if fields.iter().any(|other| other.name == key) {
        let message = format!("the store keeps the copy that is filtered by as \"{key}\", which is a field");
        return Err(Error::new(span, message));
    }
    Ok(())
}

fn bound(field: &Field, span: Span) -> Result<TokenStream> {
    if !field.is_text() {
        return Ok(TokenStream::new());
    }
    let (characters, bytes) = (field.characters()?, &field.bytes);
    if characters.is_none() && bytes.is_none() {
        let message = "a text that a list is filtered by needs a bound: `#[validate(length(max = 512))]`";
        return Err(Error::new(span, message));
    }
    let [characters, bytes] = [characters.as_ref(), bytes.as_ref()]
        .map(|bound| bound.map_or(quote!(u64::MAX), |bound| quote!(#bound)));
    // An error of it stands at the attribute.
    Ok(quote_spanned!(span=> const _: () = ::routelet::model::derived::check_filter(#characters, #bytes);))
}
