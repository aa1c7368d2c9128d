//! What is refused, and in which words: an author of a model reads them where the mistake is.

use quote::quote;
use syn::{DeriveInput, Result, parse2};

use crate::{choice, model, object};

fn refusal(expanded: Result<proc_macro2::TokenStream>) -> String {
    expanded.expect_err("it is refused").to_string()
}

fn model(field: &proc_macro2::TokenStream) -> Result<proc_macro2::TokenStream> {
    let input: DeriveInput = parse2(quote! {
        #[serde(rename_all = "camelCase")]
        #[model(new = NewNote, changes = NoteChanges)]
        struct Note { id: Id, #field, created_at: Timestamp }
    })
    .expect("it is a struct");
    model::expand(&input)
}

#[test]
fn a_field_with_rules_is_taken() {
    for field in [
        quote!(title: String),
        quote!(#[validate(length(min = 1, max = Note::LENGTH), custom(function = "f"))] title: String),
        quote!(#[validate(length(max = 3))] #[each(length(max = 3), custom(function = "f"))] tags: Vec<String>),
        quote!(#[model(default = Priority::Low)] priority: Priority),
        quote!(#[model(nullable)] #[serde(rename = "due", default)] due_at: Option<Timestamp>),
        quote!(#[model(bytes = 300_000)] body: std::option::Option<String>),
        quote!(#[model(filter)] #[validate(length(max = 512))] author: String),
        quote!(#[model(filter, bytes = 1_000)] author: Option<String>),
        quote!(#[model(default = Priority::Low, filter)] priority: Priority),
        quote!(#[model(filter)] pages: Option<i64>),
        quote!(r#type: String),
        quote!(expires_at: Timestamp),
    ] {
        assert!(model(&field).is_ok(), "{field}");
    }
}

#[test]
fn what_a_field_cannot_be_is_said() {
    for (field, message) in [
        (quote!(title: Option<Option<String>>), "an `Option` in an `Option` is not supported"),
        (quote!(#[model(nullable)] title: String), "`nullable` is for an `Option`"),
        (
            quote!(#[model(default)] title: Option<String>),
            "an `Option` that is left out is `None`: it has no other default",
        ),
        (quote!(#[model(bytes = 5)] size: i64), "`bytes = …` is for a `String`"),
        (
            quote!(#[model(unique)] title: String),
            "only `default`, `nullable`, `bytes` and `filter` are supported here",
        ),
        (quote!(#[each(length(max = 3))] title: String), "`each` is for the elements of a `Vec`"),
        (
            quote!(#[validate(nested)] address: Address),
            "the rules of an object hold without `nested`: it is judged as it is read",
        ),
        (
            quote!(#[validate(required)] title: Option<String>),
            "a field is required unless its type is an `Option`",
        ),
        (
            quote!(#[validate(length(max = Self::LENGTH))] title: String),
            "name the type: in a rule `Self` is another one",
        ),
        (quote!(#[serde(flatten)] rest: Rest), "only `rename` and `default` are supported here"),
        (
            quote!(#[serde(rename = "due-date")] due: Timestamp),
            "\"due-date\" is no name for a field: a letter, then letters, digits and `_`",
        ),
        (quote!(#[serde(rename = "id")] number: i64), "there are two fields \"id\""),
        (
            quote!(#[model(filter = "author")] author: String),
            "only `default`, `nullable`, `bytes` and `filter` are supported here",
        ),
        (
            quote!(#[model(filter)] #[validate(length(min = 1))] author: String),
            "a text that a list is filtered by needs a bound: `#[validate(length(max = 512))]`",
        ),
        (quote!(#[model(filter)] limit: i64), "`?limit=` is of the page: a filter needs another name"),
        (
            quote!(#[model(filter)] author: bool, author_key: bool),
            "the store keeps the copy that is filtered by as \"authorKey\", which is a field",
        ),
        (quote!(version: String), "\"version\" is an attribute of the store's own: choose another name"),
        (
            quote!(expires_at: Option<i64>),
            "\"expiresAt\" is an attribute of the store's own: choose another name",
        ),
    ] {
        assert_eq!(refusal(model(&field)), message, "{field}");
    }
}

#[test]
fn what_a_model_lacks_is_said() {
    for (input, message) in [
        (
            quote!(
                struct Note {
                    id: Id,
                    created_at: Timestamp,
                }
            ),
            "a model needs `#[model(new = …, changes = …)]`: the names of two more types",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                struct Note {
                    title: String,
                }
            ),
            "a model has a field `id: Id`, which its creation sets",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                struct Note {
                    id: Id,
                    created_at: Timestamp,
                }
            ),
            "the store needs this as \"createdAt\": #[serde(rename_all = \"camelCase\")]",
        ),
        (
            quote! {
                #[model(new = A, changes = B)]
                struct Note { #[model(default)] id: Id, #[serde(rename = "createdAt")] created_at: Timestamp }
            },
            "no caller gives `id`, so it has no rules",
        ),
        (
            quote! {
                #[model(new = A, changes = B)]
                struct Note { #[model(filter)] id: Id, #[serde(rename = "createdAt")] created_at: Timestamp }
            },
            "no caller gives `id`, so it has no rules",
        ),
        (
            quote!(
                #[model(new = A, changes = B, by_hand(create))]
                struct Note {
                    id: Id,
                }
            ),
            "the readers are `read`, `read_put` and `read_patch`",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                enum Note {
                    A,
                }
            ),
            "only a struct can be derived so",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                struct Note(Id);
            ),
            "the fields need names",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                struct Note<T> {
                    id: T,
                }
            ),
            "a type with parameters is not supported",
        ),
        (
            quote!(
                #[model(new = A, changes = B)]
                #[serde(rename_all = "Train-Case")]
                struct Note {
                    id: Id,
                }
            ),
            "rename_all = \"Train-Case\" is not supported",
        ),
    ] {
        assert_eq!(refusal(model::expand(&parse2(input.clone()).unwrap())), message, "{input}");
    }
    for (field, message) in [
        (quote!(#[model(nullable)] street: String), "`nullable` is for an `Option`"),
        (quote!(#[model(filter)] number: i64), "`filter` is for a field of a model"),
    ] {
        let input = parse2(quote!(struct Address { #field })).unwrap();
        assert_eq!(refusal(object::expand(&input)), message);
    }
    let fields = (0..21).map(|number| quote::format_ident!("f{number}"));
    let many = model(&quote!(#(#[model(filter)] #fields: bool),*));
    assert_eq!(refusal(many), "a table has at most 20 indexes, and each filter needs one");
}

#[test]
fn what_a_choice_cannot_be_is_said() {
    for (input, message) in [
        (
            quote!(
                struct Priority;
            ),
            "a choice is an `enum`",
        ),
        (
            quote!(
                enum Priority {}
            ),
            "a choice needs values",
        ),
        (
            quote!(
                enum Priority {
                    Low(i64),
                }
            ),
            "a value of a choice has no fields",
        ),
        (
            quote!(
                #[serde(rename_all = "lowercase")]
                enum Priority {
                    Low,
                    LOW,
                }
            ),
            "there are two values \"low\"",
        ),
    ] {
        assert_eq!(refusal(choice::expand(&parse2(input).unwrap())), message);
    }
}

/// As serde writes them, which reads what was stored.
#[test]
fn names_are_serdes() {
    use crate::names::Case;

    assert_eq!(Case::Camel.of_field("created_at"), "createdAt");
    assert_eq!(Case::AsIs.of_field("created_at"), "created_at");
    for (case, name) in [
        (Case::AsIs, "InReview"),
        (Case::Lower, "inreview"),
        (Case::Upper, "INREVIEW"),
        (Case::Camel, "inReview"),
        (Case::Snake, "in_review"),
        (Case::Kebab, "in-review"),
        (Case::ScreamingSnake, "IN_REVIEW"),
    ] {
        assert_eq!(case.of_variant("InReview"), name);
    }
}
