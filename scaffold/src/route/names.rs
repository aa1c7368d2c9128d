//! What a route is called.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::path::{Method, Path};
use crate::Error;

/// A function's name is the stack's, a hyphen and this: 64 characters in all ("`CreateFunction`",
/// `FunctionName`).
const LONGEST: usize = 40;

/// Names of folders in `target` and of other binaries, which cargo refuses or confuses with this one.
const TAKEN: [&str; 13] = [
    "bench",
    "build",
    "core",
    "deps",
    "doc",
    "examples",
    "incremental",
    "local",
    "main",
    "misbehave",
    "scaffold",
    "std",
    "test",
];

/// The name of a route's binary, in its forms.
#[derive(Debug)]
pub(crate) struct Names {
    /// Such as `count-posts`.
    pub(crate) binary: String,
    /// Such as `CountPosts`: each word capitalised.
    pub(crate) logical: String,
    /// Such as `count posts`.
    pub(crate) words: String,
    /// Such as `count_posts`.
    pub(crate) snake: String,
}

impl Names {
    /// The method and the path's words, such as `get-post-author`, where no name is given.
    pub(crate) fn of(method: Method, path: &Path, given: Option<&str>) -> Result<Self, Error> {
        let words = || {
            let words = [method.name().to_lowercase()]
                .into_iter()
                .chain(path.subject().map(|word| word.replace('.', "-")));
            words.collect::<Vec<_>>().join("-")
        };
        let binary = given.map_or_else(words, str::to_owned);
        let is_name = binary.split('-').all(|word| {
            !word.is_empty()
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        });
        if !is_name || !binary.starts_with(|first: char| first.is_ascii_lowercase()) {
            return Err(Error::Wrong(format!(
                "{binary:?} is no name of a function: it is lower-case words with hyphens, such as count-posts"
            )));
        }
        if TAKEN.contains(&binary.as_str()) {
            return Err(Error::Wrong(format!(
                "{binary:?} is a name that cargo or this project uses: give another with --name"
            )));
        }
        if binary.len() > LONGEST {
            return Err(Error::Wrong(format!(
                "{binary:?} is longer than {LONGEST} characters: give a shorter one with --name"
            )));
        }
        // As the rules of the house have it: word by word, also where one begins with a digit.
        let logical = binary.split('-').map(ToUpperCamelCase::to_upper_camel_case).collect();
        Ok(Self { logical, words: binary.replace('-', " "), snake: binary.to_snake_case(), binary })
    }

    /// With a capital at the beginning.
    pub(crate) fn sentence(&self) -> String {
        super::capitalized(&self.words)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn names(route: &str, given: Option<&str>) -> Result<Names, Error> {
        let (method, path) = route.split_once(' ').unwrap();
        Names::of(method.parse().unwrap(), &path.parse().unwrap(), given)
    }

    #[test]
    fn a_name_comes_from_the_route_or_is_given() {
        let own = names("GET /api/posts/{id}/next.json", None).unwrap();
        assert_eq!(own.binary, "get-post-next-json");
        assert_eq!(own.logical, "GetPostNextJson");
        assert_eq!(own.sentence(), "Get post next json");
        let given = names("GET /api/posts/count", Some("count-posts")).unwrap();
        assert_eq!((given.logical.as_str(), given.snake.as_str()), ("CountPosts", "count_posts"));
    }

    #[test]
    fn a_name_that_lambda_or_cargo_would_refuse_is_refused() {
        for name in ["", "Count", "count_posts", "-a", "a-", "a--b", "1a", "deps", "local", &"a".repeat(41)] {
            assert!(names("GET /api/posts/count", Some(name)).is_err(), "{name}");
        }
    }
}
