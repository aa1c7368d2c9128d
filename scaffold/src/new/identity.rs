//! The project's names: those of stacks, of the API, of the page and of the client.

use std::path::Path;

use toml_edit::{Document, Item};

use super::{Project, npm};
use crate::{Error, edit::yaml::Yaml, plan::Plan};

/// The names that the template has.
struct Template {
    stack: String,
    title: String,
    client: String,
}

/// Gives the project its names wherever the template's are.
pub(crate) fn put(plan: &mut Plan, project: &Project) -> Result<(), Error> {
    let template = Template::read(plan)?;
    let name = project.name.as_str();
    plan.edit("openapi.yaml", |text| {
        let mut document = Yaml::parse(text)?;
        document.set(&["info", "title"], &project.title)?;
        if document.get(&["info", "summary"]).is_some() {
            document.set(&["info", "summary"], "A REST API in Rust on AWS Lambda.")?;
        }
        Ok(document.text().to_owned())
    })?;
    plan.edit("template.yaml", |text| {
        let mut document = Yaml::parse(text)?;
        let description =
            format!("{} as Rust on AWS Lambda, one small binary per route, on DynamoDB.", project.title);
        document.set(&["Description"], &description)?;
        Ok(document.text().to_owned())
    })?;
    for (path, text) in plan.texts()? {
        // What it says of projects is about any of them.
        if path.starts_with("scaffold") {
            continue;
        }
        let named = template.replaced(&path, &text, project, name);
        if named != text {
            plan.edit(path, |_| Ok(named))?;
        }
    }
    // For Bruno: the name of the collection, and its folder.
    plan.edit_if_there("docs/development.md", |text| Ok(word(text, &template.title, name)))?;
    plan.edit_if_there(".gitignore", |text| Ok(word(text, &template.title, name)))
}

impl Template {
    fn read(plan: &Plan) -> Result<Self, Error> {
        let samconfig: Document<String> =
            plan.read("samconfig.toml")?.parse().map_err(|error: toml_edit::TomlError| {
                Error::Unreadable(error.to_string()).within("samconfig.toml")
            })?;
        let stack = ["global", "parameters", "stack_name"]
            .iter()
            .try_fold(samconfig.get("default"), |item, key| Some(item?.get(key)))
            .flatten()
            .and_then(Item::as_str)
            .and_then(|name| name.strip_suffix("-dev"));
        let Some(stack) = stack else {
            let missing = Error::Missing("its default stack_name does not end with -dev".to_owned());
            return Err(missing.within("samconfig.toml"));
        };
        let openapi = Yaml::parse(&plan.read("openapi.yaml")?)?;
        let title = openapi.get(&["info", "title"]).and_then(|title| title.as_str());
        let title =
            title.ok_or_else(|| Error::Missing("it has no title".to_owned()).within("openapi.yaml"))?;
        Ok(Self { stack: stack.to_owned(), title: title.to_owned(), client: npm::client(plan)? })
    }

    fn replaced(&self, path: &Path, text: &str, project: &Project, name: &str) -> String {
        let mut text = word(text, &self.stack, name);
        let folder = self.client.trim_end_matches("-client");
        text = text.replace(&format!("../{folder}/web/client"), &format!("../{name}/web/client"));
        text = text.replace(&self.client, &format!("{name}-client"));
        if path.starts_with("web") {
            text = word(&text, &format!("{} API", self.title), &api_title(&project.title));
            text = word(&text, &self.title, &project.title);
        }
        text
    }
}

/// What the API is called: "My API" says already that it is one.
fn api_title(title: &str) -> String {
    let is_api = title.split(' ').next_back().is_some_and(|word| word.eq_ignore_ascii_case("api"));
    if is_api { title.to_owned() } else { format!("{title} API") }
}

/// The text with this word replaced wherever it stands for itself. The template's names are no words of
/// everyday.
fn word(text: &str, old: &str, new: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(old) {
        let (before, found) = rest.split_at(start);
        let behind = &found[old.len()..];
        let is_part = before.ends_with(char::is_alphanumeric) || behind.starts_with(char::is_alphanumeric);
        replaced += before;
        replaced += if is_part { old } else { new };
        rest = behind;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::{api_title, word};

    #[test]
    fn a_title_says_once_that_it_is_an_api() {
        assert_eq!(
            ["My API", "API", "Orders", "Rapi"].map(api_title),
            ["My API", "API", "Orders API", "Rapi API"]
        );
    }

    #[test]
    fn a_name_is_replaced_where_it_stands_for_itself() {
        let text = "Kit, `Kit`, kit, Kits, MyKit, Kit-dev, <b>Kit</b>";
        assert_eq!(
            word(text, "Kit", "My API"),
            "My API, `My API`, kit, Kits, MyKit, My API-dev, <b>My API</b>"
        );
        assert_eq!(word("", "Kit", "a"), "");
    }
}
