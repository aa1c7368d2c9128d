//! The name of a project.

use template::Document;

use crate::Error;

/// Lambda's limit for the name of a function, which is `<name>-prod-<function>` here.
const FUNCTION_CHARACTERS: usize = 64;
const STAGE: &str = "-prod-";
/// What is left for functions that are yet to come, at least. It also leaves a stack's name within the 28
/// characters that `deploy/role.yaml` takes: this limits a name to 20, and `-staging` is eight.
const ROOM: usize = 38;

/// A name that stacks, functions, buckets' prefixes and packages can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn new(text: &str) -> Result<Self, Error> {
        let is_plain = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        let is_name = text.chars().all(is_plain)
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--");
        if !is_name {
            return Err(Error::Wrong(format!(
                "the name `{text}` must be lower-case letters, digits and single hyphens, and begin with a letter: \
                 stacks, functions and packages are called so; choose one with --name"
            )));
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether every function of this template, and some that are yet to come, can be called after it.
    pub(crate) fn leaves_room_for_functions(&self, template: &str) -> Result<(), Error> {
        let document = Document::parse(template)?;
        let names = document.ids("AWS::Serverless::Function").filter_map(|id| {
            document.resource(id)["Metadata"]["BuildProperties"]["Binary"].as_str().map(str::len)
        });
        let room = names.max().unwrap_or_default().max(ROOM);
        let most = FUNCTION_CHARACTERS - STAGE.len() - room.min(FUNCTION_CHARACTERS - STAGE.len());
        if self.0.len() > most {
            return Err(Error::Wrong(format!(
                "the name `{}` has {} characters, and at most {most} leave enough for {}{STAGE}<function>, of which \
                 Lambda takes {FUNCTION_CHARACTERS}; choose one with --name",
                self.0,
                self.0.len(),
                self.0
            )));
        }
        Ok(())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The name for people: `my-api` is "My API".
    pub(crate) fn title(&self) -> String {
        let words = self.0.split('-').map(|word| {
            if word == "api" {
                return "API".to_owned();
            }
            let (first, rest) = word.split_at(word.len().min(1));
            format!("{}{rest}", first.to_uppercase())
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A title that can stand as it is in YAML, JSON, HTML and TypeScript.
pub(crate) fn title(text: &str) -> Result<String, Error> {
    let is_plain = |character: char| character.is_alphanumeric() || " .-".contains(character);
    let is_title = text.chars().all(is_plain)
        && text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && text.chars().count() <= 60
        && !["true", "false", "null"].contains(&text.to_lowercase().as_str());
    if !is_title {
        return Err(Error::Wrong(format!(
            "the title `{text}` must be at most 60 letters, digits, spaces, dots and hyphens, and begin with a letter; \
             choose one with --title"
        )));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_stacks_functions_and_packages_take() {
        for name in ["a", "my-api", "orders2", "a-1"] {
            assert_eq!(Name::new(name).unwrap().as_str(), name);
        }
        for name in ["", "My-API", "my_api", "my api", "2nd", "-a", "a-", "a--b", "bücher", "a.b"] {
            assert!(Name::new(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_function_of_production_fits_into_64_characters() {
        let template = |binary: &str| {
            format!(
                "Resources: {{ A: {{ Type: AWS::Serverless::Function, \
                 Metadata: {{ BuildProperties: {{ Binary: {binary} }} }} }} }}"
            )
        };
        let fits = |length: usize, binary: &str| {
            Name::new(&"a".repeat(length)).unwrap().leaves_room_for_functions(&template(binary)).is_ok()
        };
        assert!(fits(20, "get"));
        assert!(!fits(21, "get"), "functions that are yet to come need room, too");
        let long = "f".repeat(40);
        assert!(fits(64 - "-prod-".len() - long.len(), &long));
        assert!(!fits(64 - "-prod-".len() - long.len() + 1, &long));
        assert!(!fits(1, &"f".repeat(80)), "no name is short enough");
    }

    #[test]
    fn a_title_reads_like_one() {
        let title_of = |name| Name::new(name).unwrap().title();
        assert_eq!(title_of("my-api"), "My API");
        assert_eq!(title_of("orders"), "Orders");
        assert_eq!(title_of("a-2-b"), "A 2 B");
        assert_eq!(title("Acme Orders 2.0").unwrap(), "Acme Orders 2.0");
        for text in ["", "a: b", "\"a\"", "<b>", "{{ a }}", "1st", "a ", "null", "True", &"a".repeat(61)] {
            assert!(title(text).is_err(), "{text}");
        }
    }
}
