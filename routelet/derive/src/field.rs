//! A field of a model or an object: its name, its type and its rules.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Error, Expr, GenericArgument, Ident, Meta, MetaNameValue, PathArguments, Result, Token, Type,
    Visibility, punctuated::Punctuated, spanned::Spanned,
};

use crate::{
    attributes::{Serde, named, parts},
    names::Case,
};

/// Rules of `validator` that have no meaning here, and why.
const NO_RULES: [(&str, &str); 4] = [
    ("nested", "the rules of an object hold without `nested`: it is judged as it is read"),
    ("required", "a field is required unless its type is an `Option`"),
    ("must_match", "`must_match` is not supported: fields are judged one by one"),
    ("skip", "`skip` is not supported: leave the rules out"),
];

pub(crate) struct Field {
    /// Its documentation, for the types that the derive makes.
    pub(crate) docs: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) ident: Ident,
    /// Its name in JSON.
    pub(crate) name: String,
    /// Its type without the `Option` around it.
    pub(crate) value: Type,
    pub(crate) presence: Presence,
    /// Rules that `validator` judges on the whole value: the parts of `#[validate(…)]`.
    pub(crate) rules: Vec<Meta>,
    /// The rule for the number of elements, where it is an array.
    pub(crate) length: Option<Meta>,
    /// The rules for each element, where it is an array: the parts of `#[each(…)]`.
    pub(crate) each: Vec<Meta>,
    /// The most bytes that a text may have: `#[model(bytes = …)]`.
    pub(crate) bytes: Option<Expr>,
    /// A list can be filtered by it: where `#[model(filter)]` says so.
    pub(crate) filter: Option<Span>,
    /// An item may be stored without it: `#[serde(default)]`.
    pub(crate) is_new: bool,
}

/// Whether a caller has to give a field.
pub(crate) enum Presence {
    Required,
    /// An `Option`. With `#[model(nullable)]` it may be `null` where a new item is read, too.
    Optional {
        nullable: bool,
    },
    /// `#[model(default)]`: what it is where it is left out.
    Default(TokenStream),
}

impl Field {
    pub(crate) fn new(field: &syn::Field, case: Case) -> Result<Self> {
        let ident = field.ident.clone().ok_or_else(|| Error::new(field.span(), "a field needs a name"))?;
        let serde = Serde::new(&field.attrs)?;
        let name = match serde.rename {
            Some(name) => name,
            None => case.of_field(ident.to_string().trim_start_matches("r#")),
        };
        check_name(&name, &ident)?;
        let (value, is_option) = match inner(&field.ty, "Option") {
            Some(value) => (value.clone(), true),
            None => (field.ty.clone(), false),
        };
        if is_option && inner(&value, "Option").is_some() {
            return Err(Error::new(field.ty.span(), "an `Option` in an `Option` is not supported"));
        }
        let mut rules = parts(&field.attrs, "validate")?;
        for rule in &rules {
            if let Some((_, why)) = NO_RULES.iter().find(|(name, _)| rule.path().is_ident(name)) {
                return Err(Error::new(rule.span(), why));
            }
        }
        let each = parts(&field.attrs, "each")?;
        let is_array = inner(&value, "Vec").is_some();
        if let Some(first) = each.first().filter(|_| !is_array) {
            return Err(Error::new(first.span(), "`each` is for the elements of a `Vec`"));
        }
        let length = rules.iter().position(|rule| rule.path().is_ident("length")).filter(|_| is_array);
        let length = length.map(|place| rules.remove(place));
        let mut this = Self {
            docs: named(&field.attrs, "doc").cloned().collect(),
            visibility: field.vis.clone(),
            ident,
            name,
            value,
            presence: if is_option { Presence::Optional { nullable: false } } else { Presence::Required },
            rules,
            length,
            each,
            bytes: None,
            filter: None,
            is_new: serde.default,
        };
        for option in parts(&field.attrs, "model")? {
            this.set(&option)?;
        }
        Ok(this)
    }

    /// A part of `#[model(…)]`.
    fn set(&mut self, option: &Meta) -> Result<()> {
        let error = |message| Err(Error::new(option.span(), message));
        let name = option.path().require_ident()?.to_string();
        match (name.as_str(), option) {
            ("default", _) if self.is_optional() => {
                return error("an `Option` that is left out is `None`: it has no other default");
            }
            ("default", Meta::Path(_)) => self.presence = Presence::Default(quote!(Default::default())),
            ("default", Meta::NameValue(MetaNameValue { value, .. })) => {
                self.presence = Presence::Default(value.to_token_stream());
            }
            ("nullable", Meta::Path(_)) if self.is_optional() => {
                self.presence = Presence::Optional { nullable: true };
            }
            ("nullable", _) => return error("`nullable` is for an `Option`"),
            ("bytes", Meta::NameValue(MetaNameValue { value, .. })) if self.is_text() => {
                self.bytes = Some(value.clone());
            }
            ("bytes", _) => return error("`bytes = …` is for a `String`"),
            ("filter", Meta::Path(_)) => self.filter = Some(option.span()),
            _ => return error("only `default`, `nullable`, `bytes` and `filter` are supported here"),
        }
        Ok(())
    }

    pub(crate) fn is_optional(&self) -> bool {
        matches!(self.presence, Presence::Optional { .. })
    }

    pub(crate) fn has_rules(&self) -> bool {
        !self.rules.is_empty() || self.bytes.is_some() || !matches!(self.presence, Presence::Required)
    }

    pub(crate) fn is_text(&self) -> bool {
        is_named(&self.value, "String")
    }

    /// The type of the elements, where it is an array.
    pub(crate) fn element(&self) -> Option<&Type> {
        inner(&self.value, "Vec")
    }

    /// What its attribute must be where it is stored: an expression of type `Stored`.
    pub(crate) fn stored(&self) -> Result<TokenStream> {
        let value = &self.value;
        Ok(if self.is_optional() || self.is_new {
            quote!(::routelet::model::Stored::Optional)
        } else if let Some(bytes) = &self.bytes {
            quote!(::routelet::model::Stored::text(#bytes))
        } else if let Some(characters) = self.characters()?.filter(|_| self.is_text()) {
            quote!(::routelet::model::Stored::text(4 * (#characters)))
        } else {
            quote!(<#value as ::routelet::model::Field>::STORED)
        })
    }

    /// The upper bound of its `length` rule.
    pub(crate) fn characters(&self) -> Result<Option<Expr>> {
        let Some(rule) = self.rules.iter().find(|rule| rule.path().is_ident("length")) else {
            return Ok(None);
        };
        let bounds =
            rule.require_list()?.parse_args_with(Punctuated::<MetaNameValue, Token![,]>::parse_terminated)?;
        let upper =
            bounds.into_iter().find(|bound| bound.path.is_ident("max") || bound.path.is_ident("equal"));
        Ok(upper.map(|bound| bound.value))
    }

    /// Whether it has numbers on its first level, which DynamoDB's time to live would take for times.
    pub(crate) fn is_number(&self) -> bool {
        is_named(&self.value, "i64") || is_named(&self.value, "Number")
    }
}

/// The store names attributes in expressions, where DynamoDB takes no other letters.
fn check_name(name: &str, ident: &Ident) -> Result<()> {
    let is_plain = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain {
        return Ok(());
    }
    let message = format!("\"{name}\" is no name for a field: a letter, then letters, digits and `_`");
    Err(Error::new(ident.span(), message))
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// The `T` of `Wrapper<T>`.
fn inner<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == wrapper)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
