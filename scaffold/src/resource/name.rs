//! What a resource is called, in every form that the project writes its name in.

use heck::{ToPascalCase as _, ToShoutySnakeCase as _, ToSnakeCase as _};

use super::words::{KEYWORDS, TAKEN_TYPES, TAKEN_VARIABLES, is_name, with_article};

/// The names of a resource: of all its items, and of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) many: Name,
    pub(crate) one: Name,
}

/// A name, in every form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// `blog-post`: in paths, binaries and file names.
    pub(crate) kebab: String,
    /// `blog_post`: modules.
    pub(crate) snake: String,
    /// `BlogPost`: types, and resources of the template.
    pub(crate) pascal: String,
    /// `BLOG_POST`: variables.
    pub(crate) shout: String,
    /// `blog post`
    pub(crate) words: String,
    /// `Blog post`
    pub(crate) sentence: String,
    /// `a blog post`
    pub(crate) article: String,
}

impl Names {
    /// The names of the resource `many`, such as `blog-posts`. Its item is the singular, unless `one` is
    /// given. Else a sentence that says what is wrong.
    pub(crate) fn new(many: &str, one: Option<&str>) -> Result<Self, String> {
        let many = checked(many)?;
        let one = match one {
            Some(one) if one == many.kebab => {
                return Err(format!("`--item {one}` must differ from the name of the resource"));
            }
            Some(one) => checked(one)?,
            None => singular(&many)?,
        };
        if KEYWORDS.contains(&one.snake.as_str()) || KEYWORDS.contains(&many.snake.as_str()) {
            let keyword = if KEYWORDS.contains(&one.snake.as_str()) { &one } else { &many };
            return Err(format!(
                "`{}` is a keyword of Rust and can't name a module; give the item another name with `--item`",
                keyword.snake
            ));
        }
        if let Some(taken) = [&one, &many].into_iter().find(|name| TAKEN_TYPES.contains(&&*name.pascal)) {
            return Err(format!(
                "the code around it has a type `{}` already; choose another name, such as `my-{}`",
                taken.pascal, many.kebab
            ));
        }
        if let Some(taken) = [&one, &many].into_iter().find(|name| TAKEN_VARIABLES.contains(&&*name.snake)) {
            return Err(format!(
                "the code around it has a variable `{}` already; choose another name, such as `my-{}`",
                taken.snake, many.kebab
            ));
        }
        Ok(Self { many, one })
    }
}

impl Name {
    fn new(kebab: &str) -> Self {
        let words = kebab.replace('-', " ");
        let sentence = words[..1].to_uppercase() + &words[1..];
        Self {
            kebab: kebab.to_owned(),
            snake: kebab.to_snake_case(),
            pascal: kebab.to_pascal_case(),
            shout: kebab.to_shouty_snake_case(),
            article: with_article(&words),
            sentence,
            words,
        }
    }
}

fn checked(kebab: &str) -> Result<Name, String> {
    if !is_name(kebab, '-') {
        return Err(format!(
            "`{kebab}` is no name of a resource: write words of small letters and digits with `-` between \
             them, such as `blog-posts`"
        ));
    }
    if kebab.len() > 30 {
        return Err(format!(
            "`{kebab}` is too long: with 30 letters at most, the names of its functions have room for the stack's"
        ));
    }
    Ok(Name::new(kebab))
}

/// `blog-post` of `blog-posts`: the last word is the one that has a plural.
fn singular(many: &Name) -> Result<Name, String> {
    let (before, last) = many
        .kebab
        .rsplit_once('-')
        .map_or(("", &*many.kebab), |(before, last)| (&many.kebab[..=before.len()], last));
    let (one, plural) = (pluralizer::pluralize(last, 1, false), pluralizer::pluralize(last, 2, false));
    if one == plural {
        return Err(format!(
            "`{last}` is singular and plural in one: name an item with `--item`, such as `--item {before}{last}-item`"
        ));
    }
    if one == last {
        return Err(format!("`{}` is one item: name the resource `{before}{plural}`", many.kebab));
    }
    checked(&format!("{before}{one}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn one(many: &str) -> String {
        Names::new(many, None).unwrap().one.kebab
    }

    #[test]
    fn every_form_of_a_name() {
        let names = Names::new("blog-posts", None).unwrap();
        assert_eq!(
            names.one,
            Name {
                kebab: "blog-post".into(),
                snake: "blog_post".into(),
                pascal: "BlogPost".into(),
                shout: "BLOG_POST".into(),
                words: "blog post".into(),
                sentence: "Blog post".into(),
                article: "a blog post".into(),
            }
        );
        assert_eq!(names.many.pascal, "BlogPosts");
        assert_eq!(names.many.shout, "BLOG_POSTS");
    }

    #[test]
    fn the_singular_is_found_or_given() {
        for (many, expected) in [
            ("notes", "note"),
            ("people", "person"),
            ("categories", "category"),
            ("statuses", "status"),
            ("movies", "movie"),
            ("sales-people", "sales-person"),
            ("addresses", "address"),
        ] {
            assert_eq!(one(many), expected);
        }
        assert_eq!(Names::new("sheep", Some("lamb")).unwrap().one.pascal, "Lamb");
    }

    #[test]
    fn what_is_wrong_is_one_sentence() {
        for (many, item, expected) in [
            ("note", None, "`note` is one item: name the resource `notes`"),
            ("blog-post", None, "`blog-post` is one item: name the resource `blog-posts`"),
            (
                "sheep",
                None,
                "`sheep` is singular and plural in one: name an item with `--item`, such as `--item sheep-item`",
            ),
            ("notes", Some("notes"), "`--item notes` must differ from the name of the resource"),
            (
                "Notes",
                None,
                "`Notes` is no name of a resource: write words of small letters and digits with `-` between them, such as `blog-posts`",
            ),
            (
                "types",
                None,
                "`type` is a keyword of Rust and can't name a module; give the item another name with `--item`",
            ),
            (
                "answers",
                None,
                "the code around it has a type `Answer` already; choose another name, such as `my-answers`",
            ),
            (
                "changes",
                None,
                "the code around it has a variable `changes` already; choose another name, such as `my-changes`",
            ),
        ] {
            assert_eq!(Names::new(many, item).unwrap_err(), expected);
        }
        assert!(Names::new(&"notes".repeat(7), None).is_err(), "too long");
        for name in ["", "-notes", "notes-", "my--notes", "my_notes", "1notes", "nötes", "notes/x"] {
            assert!(Names::new(name, None).is_err(), "{name}");
        }
    }
}
