//! A resource as it is asked for, checked as a whole.

use std::collections::BTreeSet;

use heck::ToPascalCase as _;

use super::{
    fields::{Field, Kind, STRING_CHARACTERS},
    name::Names,
};

/// Bytes that the fields of an item may take together. DynamoDB's limit is 400 KB ("Constraints in Amazon
/// DynamoDB"), of which the id, the time, the version and the record of an idempotent create take some.
const ITEM_BYTES: u64 = 400_000;
/// Characters that a text may have: the most with which the longest item can be stored.
const TEXT_CHARACTERS: [u32; 6] = [50_000, 20_000, 10_000, 5_000, 2_000, 1_000];

/// A resource that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spec {
    pub(crate) names: Names,
    pub(crate) fields: Vec<Field>,
    pub(crate) has_put: bool,
    /// Characters that each text may have.
    pub(crate) text_characters: u32,
}

impl Spec {
    /// The resource, or a sentence that says what is wrong with it.
    pub(crate) fn new(
        names: Names,
        fields: &[String],
        filters: &[String],
        has_put: bool,
    ) -> Result<Self, String> {
        let mut fields = fields.iter().map(|field| field.parse()).collect::<Result<Vec<Field>, _>>()?;
        if fields.is_empty() {
            return Err(format!(
                "an item needs a field: `cargo scaffold resource {} title:string`",
                names.many.kebab
            ));
        }
        for filter in filters {
            set_filter(&mut fields, filter)?;
        }
        check_names(&names, &fields)?;
        let text_characters = text_characters(&fields)?;
        Ok(Self { names, fields, has_put, text_characters })
    }

    /// Characters that a string or text of this field may have.
    pub(crate) fn characters(&self, field: &Field) -> Option<u32> {
        match field.kind {
            Kind::String => Some(STRING_CHARACTERS),
            Kind::Text => Some(self.text_characters),
            _ => None,
        }
    }

    pub(crate) fn filters(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_filter)
    }

    /// `NoteTags`: the schema of a field.
    pub(crate) fn schema(&self, field: &Field) -> String {
        format!("{}{}", self.names.one.pascal, field.pascal())
    }

    /// `NoteTag`: the type of an enumeration.
    pub(crate) fn enumeration(&self, field: &Field) -> String {
        enumeration(&self.names, field)
    }
}

fn enumeration(names: &Names, field: &Field) -> String {
    let words =
        if field.is_array() { pluralizer::pluralize(&field.name, 1, false) } else { field.name.clone() };
    format!("{}{}", names.one.pascal, words.to_pascal_case())
}

fn set_filter(fields: &mut [Field], given: &str) -> Result<(), String> {
    let Some(field) = fields.iter_mut().find(|field| field.name == given || field.json() == given) else {
        return Err(format!("`--index {given}` names no field"));
    };
    if field.is_array() || matches!(field.kind, Kind::Text | Kind::Number | Kind::Timestamp) {
        return Err(format!(
            "`--index {given}`: a list is filtered by a string, a bool, an integer or an enumeration"
        ));
    }
    if ["limit", "cursor"].contains(&given) {
        return Err(format!("`--index {given}`: `?{given}=` is for pages; give the field another name"));
    }
    field.is_filter = true;
    Ok(())
}

/// Refuses names that mean something else already.
fn check_names(names: &Names, fields: &[Field]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for field in fields {
        let json = field.json();
        if !seen.insert(json.to_lowercase()) {
            return Err(format!("there are two fields `{json}`"));
        }
        if let Some(filter) =
            fields.iter().find(|other| other.is_filter && format!("{}Key", other.json()) == json)
        {
            return Err(format!(
                "`{json}` is where the store keeps what `--index {}` compares; give the field another name",
                filter.json()
            ));
        }
        if json == "expiresAt" && [Kind::Integer, Kind::Number].contains(&field.kind) && !field.is_array() {
            return Err(
                "a number `expiresAt` would be the time at which DynamoDB removes the item; give the field another name"
                    .to_owned(),
            );
        }
        // `NotePatch` is the schema of a patch, and `NoteChanges` a type.
        if ["patch", "changes"].contains(&field.name.as_str()) {
            return Err(format!(
                "`{}{}` is a name of the resource's own; give the field another name",
                names.one.pascal,
                field.pascal()
            ));
        }
    }
    let enumerations = fields.iter().filter(|field| matches!(field.kind, Kind::Enum(_)));
    let mut types = BTreeSet::new();
    for field in enumerations {
        let name = enumeration(names, field);
        if !types.insert(name.clone()) {
            return Err(format!("two fields would have the type `{name}`; give one of them another name"));
        }
    }
    Ok(())
}

fn text_characters(fields: &[Field]) -> Result<u32, String> {
    let bytes = |text| fields.iter().map(|field| longest(field, text)).sum::<u64>();
    TEXT_CHARACTERS.into_iter().find(|text| bytes(*text) <= ITEM_BYTES).ok_or_else(|| {
        format!(
            "the longest item would have {} KB, and DynamoDB stores 400: make arrays shorter, or fewer",
            bytes(1_000).div_ceil(1_000)
        )
    })
}

/// The most bytes that a field takes, as DynamoDB counts them ("DynamoDB item sizes and formats").
fn longest(field: &Field, text_characters: u32) -> u64 {
    let name = field.json().len() as u64;
    let value = match &field.kind {
        Kind::String => 4 * u64::from(STRING_CHARACTERS),
        Kind::Text => 4 * u64::from(text_characters),
        Kind::Bool => 1,
        Kind::Integer | Kind::Number => 21,
        Kind::Timestamp => 24,
        Kind::Enum(choice) => choice.values.iter().map(|value| value.len() as u64).max().unwrap_or_default(),
    };
    let all = field.most.map_or(value, |most| 3 + u64::from(most) * (value + 1));
    // The index has a copy.
    let copy = if field.is_filter { name + 3 + value } else { 0 };
    name + all + copy
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(super) mod tests {
    use super::*;

    pub(crate) fn spec(fields: &[&str], filters: &[&str]) -> Result<Spec, String> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Spec::new(Names::new("notes", None).unwrap(), &owned(fields), &owned(filters), true)
    }

    #[test]
    fn texts_are_as_long_as_an_item_can_hold() {
        for (fields, expected) in [
            (&["a:text"][..], 50_000),
            (&["a:text", "b:text"], 20_000),
            (&["a:text[10]"], 5_000),
            (&["a:text[20]", "b:string[100]"], 2_000),
            (&["a:bool"], 50_000),
        ] {
            assert_eq!(spec(fields, &[]).unwrap().text_characters, expected, "{fields:?}");
        }
        assert_eq!(
            spec(&["a:string[500]"], &[]).unwrap_err(),
            "the longest item would have 511 KB, and DynamoDB stores 400: make arrays shorter, or fewer"
        );
    }

    #[test]
    fn what_is_wrong_with_the_whole_is_one_sentence() {
        for (fields, filters, expected) in [
            (&[][..], &[][..], "an item needs a field: `cargo scaffold resource notes title:string`"),
            (&["a:string", "a:text"], &[], "there are two fields `a`"),
            (&["due_at:string", "dueAt:text"], &[], "there are two fields `dueAt`"),
            (&["a:string"], &["b"], "`--index b` names no field"),
            (
                &["a:text"],
                &["a"],
                "`--index a`: a list is filtered by a string, a bool, an integer or an enumeration",
            ),
            (
                &["a:string[2]"],
                &["a"],
                "`--index a`: a list is filtered by a string, a bool, an integer or an enumeration",
            ),
            (
                &["limit:string"],
                &["limit"],
                "`--index limit`: `?limit=` is for pages; give the field another name",
            ),
            (
                &["a:string", "aKey:string"],
                &["a"],
                "`aKey` is where the store keeps what `--index a` compares; give the field another name",
            ),
            (
                &["expiresAt:integer"],
                &[],
                "a number `expiresAt` would be the time at which DynamoDB removes the item; give the field another name",
            ),
            (
                &["label:enum(a,b)", "labels:enum(a,b)[2]"],
                &[],
                "two fields would have the type `NoteLabel`; give one of them another name",
            ),
            (
                &["patch:string"],
                &[],
                "`NotePatch` is a name of the resource's own; give the field another name",
            ),
        ] {
            assert_eq!(spec(fields, filters).unwrap_err(), expected);
        }
        let limit = spec(&["limit:integer"], &[]);
        assert!(limit.is_ok(), "only a filter is a parameter");
    }
}
