//! `#[derive(Model)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Ident, Result, Token, punctuated::Punctuated};

use crate::{
    attributes::named,
    draft::{self, Reading},
    field::{Field, Presence},
    filters,
};

/// The model's own fields, which no caller gives.
const ID: &str = "id";
const CREATED_AT: &str = "created_at";
/// What the store keeps beside a model's fields.
const OF_THE_STORE: [&str; 2] = ["pk", "version"];
/// The attribute by which DynamoDB removes what has expired ("Using time to live in DynamoDB").
const TIME_TO_LIVE: &str = "expiresAt";

/// `#[model(new = NewBook, changes = BookChanges, by_hand(read, read_put))]`
struct Options {
    new: Ident,
    changes: Ident,
    /// The readers that the model's author writes.
    by_hand: Vec<Ident>,
}

impl Options {
    fn parse(input: &DeriveInput) -> Result<Self> {
        let (mut new, mut changes, mut by_hand) = (None, None, Vec::new());
        for attribute in named(&input.attrs, "model") {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("new") {
                    new = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("changes") {
                    changes = Some(meta.value()?.parse()?);
                } else if meta.path.is_ident("by_hand") {
                    let names;
                    syn::parenthesized!(names in meta.input);
                    by_hand.extend(Punctuated::<Ident, Token![,]>::parse_terminated(&names)?);
                } else {
                    return Err(meta.error("only `new`, `changes` and `by_hand` are supported here"));
                }
                Ok(())
            })?;
        }
        for name in &by_hand {
            if !["read", "read_put", "read_patch"].iter().any(|reader| name == reader) {
                return Err(Error::new(name.span(), "the readers are `read`, `read_put` and `read_patch`"));
            }
        }
        let (Some(new), Some(changes)) = (new, changes) else {
            let message = "a model needs `#[model(new = …, changes = …)]`: the names of two more types";
            return Err(Error::new(input.ident.span(), message));
        };
        Ok(Self { new, changes, by_hand })
    }

    fn is_generated(&self, reader: &str) -> bool {
        !self.by_hand.iter().any(|name| name == reader)
    }
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let options = Options::parse(input)?;
    let all = draft::fields(input)?;
    let attributes = attributes(&all)?;
    let (own, fields): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|field| field.ident == ID || field.ident == CREATED_AT);
    check_own(input, &own)?;
    check_others(&fields)?;
    let (filters, filter_checks) = filters::expand(&fields)?;

    let new = expand_new(input, &options, &fields);
    let changes = expand_changes(input, &options, &fields);
    let model = &input.ident;
    let Options { new: new_name, changes: changes_name, .. } = &options;
    let values = fields.iter().map(|field| &field.value);
    let moved = fields.iter().map(|field| {
        let ident = &field.ident;
        quote!(#ident: new.#ident)
    });
    Ok(quote! {
        #new
        #changes

        #[automatically_derived]
        impl ::routelet::model::Model for #model {
            const ATTRIBUTES: &'static [::routelet::model::Attribute] = &[#attributes];
            const FILTERS: &'static [::routelet::model::Filter] = &[#filters];

            type New = #new_name;
            type Changes = #changes_name;

            fn create(
                id: ::routelet::model::Id,
                created_at: ::routelet::model::Timestamp,
                new: #new_name,
            ) -> Self {
                Self { id, created_at, #(#moved),* }
            }

            fn id(&self) -> ::routelet::model::Id {
                self.id
            }
        }

        #filter_checks
        const _: () = ::routelet::model::derived::check_depths(&[#(<#values as ::routelet::model::Field>::DEPTH),*]);
    })
}

/// What a new item is made from.
fn expand_new(input: &DeriveInput, options: &Options, fields: &[Field]) -> TokenStream {
    let (visibility, model) = (&input.vis, &input.ident);
    let Options { new, changes, .. } = options;
    let doc = format!("What a new [`{model}`] is made from.");
    let declarations = fields.iter().map(|field| {
        let Field { docs, visibility, ident, value, presence, .. } = field;
        if matches!(presence, Presence::Optional { .. }) {
            quote!(#(#docs)* #visibility #ident: Option<#value>)
        } else {
            quote!(#(#docs)* #visibility #ident: #value)
        }
    });
    let finished = draft::finished(fields);
    let read = options.is_generated("read").then(|| {
        quote! {
            /// Reads the body of a `POST`.
            ///
            /// # Errors
            /// An issue for each broken rule.
            #visibility fn read(json: ::routelet::model::Json<'_>) -> ::core::result::Result<Self, ::routelet::model::Invalid> {
                Self::from_fields(json.fields()?)
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
        #visibility struct #new { #(#declarations),* }

        #[automatically_derived]
        impl #new {
            #read

            /// Reads the fields of a new item.
            ///
            /// # Errors
            /// An issue for each broken rule.
            #visibility fn from_fields(
                mut fields: ::routelet::model::Fields<'_>,
            ) -> ::core::result::Result<Self, ::routelet::model::Invalid> {
                let draft = #changes::read_new(&mut fields);
                fields.finish(draft, #changes::NAMES, |draft| Some(Self { #finished }))
            }
        }
    }
}

/// What changes an item; the draft, too.
fn expand_changes(input: &DeriveInput, options: &Options, fields: &[Field]) -> TokenStream {
    let (visibility, model, changes) = (&input.vis, &input.ident, &options.changes);
    let doc = format!(
        "The fields of a [`{model}`] that change. Those left out keep their value, an optional one of \
         `Some(None)` is cleared."
    );
    let declarations = draft::declarations(changes, fields, true);
    let functions = draft::functions(fields, &[Reading::New, Reading::Patch]);
    let reader = |name: &str, doc: &str, from: TokenStream| {
        let (name, generated) = (quote::format_ident!("{name}"), options.is_generated(name));
        generated.then(|| {
            quote! {
                #[doc = #doc]
                ///
                /// # Errors
                /// An issue for each broken rule.
                #visibility fn #name(
                    json: ::routelet::model::Json<'_>,
                ) -> ::core::result::Result<Self, ::routelet::model::Invalid> {
                    #from(json.fields()?)
                }
            }
        })
    };
    let read_put = reader(
        "read_put",
        "Reads the body of a `PUT`, which has the rules of a new item. What may be left out keeps its value.",
        quote!(Self::put_from_fields),
    );
    let read_patch = reader(
        "read_patch",
        "Reads a JSON Merge Patch (RFC 7396): every field may be left out, `null` clears an optional one. \
         Arrays and objects are replaced as a whole.",
        quote!(Self::patch_from_fields),
    );
    quote! {
        #[doc = #doc]
        #[derive(
            Debug, Clone, Default, PartialEq, ::serde::Serialize, ::routelet::model::validator::Validate,
        )]
        #[validate(crate = "::routelet::model::validator")]
        #visibility struct #changes { #declarations }

        #[automatically_derived]
        impl #changes {
            #functions
            #read_put
            #read_patch

            /// Reads the fields of a `PUT`.
            ///
            /// # Errors
            /// An issue for each broken rule.
            #visibility fn put_from_fields(
                mut fields: ::routelet::model::Fields<'_>,
            ) -> ::core::result::Result<Self, ::routelet::model::Invalid> {
                let draft = Self::read_new(&mut fields);
                fields.finish(draft, Self::NAMES, Some)
            }

            /// Reads the fields of a merge patch.
            ///
            /// # Errors
            /// An issue for each broken rule.
            #visibility fn patch_from_fields(
                mut fields: ::routelet::model::Fields<'_>,
            ) -> ::core::result::Result<Self, ::routelet::model::Invalid> {
                let draft = Self::read_changes(&mut fields);
                fields.finish(draft, Self::NAMES, Some)
            }
        }
    }
}

/// The attributes of a stored item beside its id: an array's elements.
fn attributes(fields: &[Field]) -> Result<TokenStream> {
    let mut attributes = TokenStream::new();
    for field in fields.iter().filter(|field| field.ident != ID) {
        let (name, stored) = (&field.name, field.stored()?);
        attributes.extend(quote!(::routelet::model::Attribute::new(#name, #stored),));
    }
    Ok(attributes)
}

fn check_own(input: &DeriveInput, own: &[Field]) -> Result<()> {
    for (ident, json, ty) in [(ID, "id", "Id"), (CREATED_AT, "createdAt", "Timestamp")] {
        let Some(field) = own.iter().find(|field| field.ident == ident) else {
            let message = format!("a model has a field `{ident}: {ty}`, which its creation sets");
            return Err(Error::new(input.ident.span(), message));
        };
        if field.name != json {
            let message = format!("the store needs this as \"{json}\": #[serde(rename_all = \"camelCase\")]");
            return Err(Error::new(field.ident.span(), message));
        }
        if field.has_rules() || field.filter.is_some() {
            let message = format!("no caller gives `{ident}`, so it has no rules");
            return Err(Error::new(field.ident.span(), message));
        }
    }
    Ok(())
}

fn check_others(fields: &[Field]) -> Result<()> {
    for field in fields {
        let name = field.name.as_str();
        if OF_THE_STORE.contains(&name) || (name == TIME_TO_LIVE && field.is_number()) {
            let message = format!("\"{name}\" is an attribute of the store's own: choose another name");
            return Err(Error::new(field.ident.span(), message));
        }
    }
    Ok(())
}
