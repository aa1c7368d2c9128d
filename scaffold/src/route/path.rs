//! A route as it is asked for: `GET /api/posts/{id}/author`.

use std::str::FromStr;

use crate::Error;

/// What the gateway routes and a handler's file is named by. `HEAD` comes with `GET`, and `fallback` answers
/// `OPTIONS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Get, "GET"),
        (Self::Post, "POST"),
        (Self::Put, "PUT"),
        (Self::Patch, "PATCH"),
        (Self::Delete, "DELETE"),
    ];

    /// In capitals.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(method, _)| *method == self).map_or("GET", |(_, name)| name)
    }

    /// Whether it changes something, and so wants a token where keys are configured.
    pub(crate) fn is_change(self) -> bool {
        self != Self::Get
    }
}

impl FromStr for Method {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let upper = text.to_ascii_uppercase();
        match Self::ALL.iter().find(|(_, name)| *name == upper) {
            Some((method, _)) => Ok(*method),
            None if upper == "HEAD" => Err(Error::Wrong("HEAD comes with GET: add a GET".to_owned())),
            None if upper == "OPTIONS" => {
                Err(Error::Wrong("OPTIONS is answered by the function `fallback`".to_owned()))
            }
            None => Err(Error::Wrong(format!("{text} is no method: GET, POST, PUT, PATCH or DELETE"))),
        }
    }
}

/// A path of the API, with its parameters in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Word(String),
    Parameter(String),
}

impl FromStr for Path {
    type Err = Error;

    /// Reads a path; Next.js's `[id]` is `{id}`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |reason: &str| Error::Wrong(format!("{text:?} is no path of a route: {reason}"));
        let rest = text.strip_prefix('/').ok_or_else(|| wrong("it must begin with /"))?;
        let segments = rest.split('/').map(|segment| {
            let parameter = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
                .or_else(|| segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
            match parameter {
                Some(name) if is_parameter(name) => Ok(Segment::Parameter(name.to_owned())),
                Some(_) => Err(wrong("a parameter is letters and digits in braces, such as {id}")),
                None if segment.is_empty() => Err(wrong("it has an empty part")),
                None if is_word(segment) => Ok(Segment::Word(segment.to_owned())),
                None => {
                    Err(wrong("a part is lower-case letters, digits, dots and hyphens, such as blog-posts"))
                }
            }
        });
        let path = Self(segments.collect::<Result<_, _>>()?);
        if path.words().next().is_none() {
            return Err(wrong("it needs a part of its own, such as /api/status"));
        }
        let parameters: Vec<_> = path.parameters().collect();
        if parameters.iter().enumerate().any(|(at, name)| parameters[..at].contains(name)) {
            return Err(wrong("two parameters have the same name"));
        }
        Ok(path)
    }
}

impl Path {
    /// As the template writes it.
    pub(crate) fn text(&self) -> String {
        self.written(|name| format!("{{{name}}}"))
    }

    /// As the folders of `functions` are named.
    pub(crate) fn folder(&self) -> String {
        self.written(|name| format!("[{name}]")).trim_start_matches('/').to_owned()
    }

    /// With something in the place of each parameter.
    pub(crate) fn with(&self, value: &str) -> String {
        self.written(|_| value.to_owned())
    }

    /// What the gateway cannot tell from another: a parameter may have any name.
    pub(crate) fn shape(&self) -> String {
        self.with("{}")
    }

    /// The names of its parameters.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name.as_str()),
            Segment::Word(_) => None,
        })
    }

    /// Its parts that are no parameters, without the `api` at the beginning.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.words_and_next().map(|(word, _)| word)
    }

    /// What it is about: `/api/posts/{id}/author` is `post author`.
    pub(crate) fn subject(&self) -> impl Iterator<Item = String> {
        self.words_and_next().map(|(word, next)| match next {
            Some(Segment::Parameter(_)) => pluralizer::pluralize(word, 1, false),
            _ => word.to_owned(),
        })
    }

    fn words_and_next(&self) -> impl Iterator<Item = (&str, Option<&Segment>)> {
        self.0.iter().enumerate().filter_map(|(at, segment)| match segment {
            Segment::Word(word) if at > 0 || word != "api" => Some((word.as_str(), self.0.get(at + 1))),
            _ => None,
        })
    }

    /// How many parts it has in common with another, from the beginning.
    pub(crate) fn shared_parts(&self, other: &str) -> usize {
        let (own, text) = (self.text(), other);
        own.split('/').zip(text.split('/')).take_while(|(own, other)| own == other).count()
    }

    fn written(&self, parameter: impl Fn(&str) -> String) -> String {
        let segments = self.0.iter().map(|segment| match segment {
            Segment::Word(word) => format!("/{word}"),
            Segment::Parameter(name) => format!("/{}", parameter(name)),
        });
        segments.collect()
    }
}

fn is_parameter(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

fn is_word(text: &str) -> bool {
    let is_end = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-.".contains(letter))
        && is_end(text.chars().next())
        && is_end(text.chars().next_back())
        && !text.contains("..")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_the_template_or_as_next_js_writes_it() {
        for text in ["/api/posts/{id}/author", "/api/posts/[id]/author"] {
            let path: Path = text.parse().unwrap();
            assert_eq!(path.text(), "/api/posts/{id}/author");
            assert_eq!(path.folder(), "api/posts/[id]/author");
            assert_eq!(path.with("1"), "/api/posts/1/author");
            assert_eq!(path.shape(), "/api/posts/{}/author");
            assert_eq!(path.parameters().collect::<Vec<_>>(), ["id"]);
            assert_eq!(path.words().collect::<Vec<_>>(), ["posts", "author"]);
            assert_eq!(path.subject().collect::<Vec<_>>(), ["post", "author"]);
            assert_eq!(path.shared_parts("/api/posts/{id}"), 4);
        }
        assert_eq!("/api/feed.xml".parse::<Path>().unwrap().text(), "/api/feed.xml");
        assert_eq!("/status".parse::<Path>().unwrap().words().collect::<Vec<_>>(), ["status"]);
    }

    #[test]
    fn what_no_folder_and_no_gateway_takes_is_refused() {
        for text in [
            "",
            "/",
            "api/posts",
            "/api//posts",
            "/api/posts/",
            "/api/Posts",
            "/api/po sts",
            "/api/{id",
            "/api/{}",
            "/api/{Id}",
            "/api/{proxy+}",
            "/api/{a-b}",
            "/api/../x",
            "/api/a..b",
            "/api/-a",
            "/api/.a",
            "/api/ü",
            "/api/{id}/x/{id}",
            "/api/a?b",
            "/api/a%20b",
            "/api/[...all]",
            "/api",
            "/{id}",
            "/api/{id}",
        ] {
            assert!(text.parse::<Path>().is_err(), "{text}");
        }
    }

    #[test]
    fn methods_are_those_with_a_handler() {
        assert_eq!("get".parse::<Method>().unwrap(), Method::Get);
        assert_eq!("DELETE".parse::<Method>().unwrap().name(), "DELETE");
        for text in ["HEAD", "OPTIONS", "FETCH", ""] {
            assert!(text.parse::<Method>().is_err(), "{text}");
        }
        assert!(!Method::Get.is_change() && Method::Patch.is_change());
    }
}
