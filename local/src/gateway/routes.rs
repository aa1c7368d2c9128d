//! Which function a request goes to.
//! Source: "Create routes for HTTP APIs in API Gateway", routing API requests.

use std::borrow::Cow;
use std::cmp::Ordering;

use hyper::Method;
use percent_encoding::percent_decode_str;

/// The key of the route for what no other takes.
pub(super) const DEFAULT: &str = "$default";

/// All routes, the most specific first.
#[derive(Debug)]
pub(super) struct Routes<F> {
    paths: Vec<PathRoute<F>>,
    default: Option<F>,
}

#[derive(Debug)]
struct PathRoute<F> {
    /// `GET /api/books/{id}`.
    key: String,
    /// None for `ANY`.
    method: Option<Method>,
    segments: Vec<Segment>,
    function: F,
}

/// In order of precedence.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Static(String),
    /// `{name}`: one segment of at least one character.
    Parameter(String),
    /// `{name+}`: the rest of the path, at least one character.
    Greedy(String),
}

/// The route that a request takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Match<'r, F> {
    pub(super) key: &'r str,
    pub(super) function: &'r F,
    /// Decoded, in the order of the path.
    pub(super) parameters: Vec<(&'r str, String)>,
}

impl<F> Routes<F> {
    /// Adds up the routes of all functions; two of one method and path are a fault of the template.
    pub(super) fn new(routes: impl IntoIterator<Item = (template::Route, F)>) -> Result<Self, String> {
        let mut all = Self { paths: Vec::new(), default: None };
        for (route, function) in routes {
            match route {
                template::Route::Default if all.default.is_some() => {
                    return Err("two functions have the route $default".to_owned());
                }
                template::Route::Default => all.default = Some(function),
                template::Route::Path { method, path } => {
                    let key = format!("{} {path}", method.as_deref().unwrap_or("ANY"));
                    let method = method.map(|method| Method::from_bytes(method.as_bytes())).transpose();
                    let method = method.map_err(|_| format!("the route {key} has no HTTP method"))?;
                    let segments = segments(&path).ok_or_else(|| {
                        format!("the route {key} has a segment that is neither text, {{name}} nor a last {{name+}}")
                    })?;
                    all.paths.push(PathRoute { key, method, segments, function });
                }
            }
        }
        all.paths.sort_by(PathRoute::precedence);
        let same = all.paths.windows(2).find(|pair| pair[0].precedence(&pair[1]) == Ordering::Equal);
        same.map_or(Ok(()), |pair| Err(format!("two functions have the route {}", pair[0].key)))?;
        Ok(all)
    }

    /// The key and the function of each route that has a path.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &F)> {
        self.paths.iter().map(|route| (route.key.as_str(), &route.function))
    }

    /// The route of a request. `path` is as received, still encoded.
    pub(super) fn find(&self, method: &Method, path: &str) -> Option<Match<'_, F>> {
        let path: Vec<_> = path.strip_prefix('/').unwrap_or(path).split('/').map(decode).collect();
        let path_match = self.paths.iter().find_map(|route| {
            let takes_method = route.method.as_ref().is_none_or(|own| own == method);
            let parameters = if takes_method { parameters(&route.segments, &path) } else { None }?;
            Some(Match { key: &route.key, function: &route.function, parameters })
        });
        path_match.or_else(|| {
            let function = self.default.as_ref()?;
            Some(Match { key: DEFAULT, function, parameters: Vec::new() })
        })
    }
}

impl<F> PathRoute<F> {
    /// Routes without a greedy parameter first, then static segments before parameters from left to right,
    /// then a method before `ANY`. Parameters compare equal whatever their name.
    fn precedence(&self, other: &Self) -> Ordering {
        let rank = |route: &Self| {
            let greedy = matches!(route.segments.last(), Some(Segment::Greedy(_)));
            let segments: Vec<_> = route.segments.iter().map(Segment::rank).collect();
            (greedy, segments, route.method.is_none())
        };
        let texts = |route: &Self| {
            let texts: Vec<_> = route.segments.iter().map(|segment| segment.text().to_owned()).collect();
            (texts, route.method.as_ref().map(|method| method.as_str().to_owned()))
        };
        rank(self).cmp(&rank(other)).then_with(|| texts(self).cmp(&texts(other)))
    }
}

impl Segment {
    fn rank(&self) -> u8 {
        match self {
            Self::Static(_) => 0,
            Self::Parameter(_) => 1,
            Self::Greedy(_) => 2,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Parameter(_) | Self::Greedy(_) => "",
        }
    }
}

/// A path of the template in segments.
fn segments(path: &str) -> Option<Vec<Segment>> {
    let texts: Vec<_> = path.strip_prefix('/')?.split('/').collect();
    let last = texts.len() - 1;
    let segment = |(at, text): (usize, &&str)| match text.strip_prefix('{').map(|text| text.strip_suffix('}'))
    {
        None => (!text.contains(['{', '}'])).then(|| Segment::Static((*text).to_owned())),
        Some(name) => match name?.strip_suffix('+') {
            None => name.filter(|name| !name.is_empty()).map(|name| Segment::Parameter(name.to_owned())),
            Some(name) => (at == last && !name.is_empty()).then(|| Segment::Greedy(name.to_owned())),
        },
    };
    texts.iter().enumerate().map(segment).collect()
}

/// The parameters of a path that the segments match.
fn parameters<'r>(segments: &'r [Segment], path: &[Cow<'_, str>]) -> Option<Vec<(&'r str, String)>> {
    let mut parameters = Vec::new();
    let greedy = matches!(segments.last(), Some(Segment::Greedy(_)));
    if path.len() < segments.len() || (path.len() > segments.len() && !greedy) {
        return None;
    }
    for (at, segment) in segments.iter().enumerate() {
        match segment {
            Segment::Static(text) if *text == path[at] => {}
            Segment::Static(_) => return None,
            Segment::Parameter(_) if path[at].is_empty() => return None,
            Segment::Parameter(name) => parameters.push((name.as_str(), path[at].clone().into_owned())),
            Segment::Greedy(name) => {
                let rest = path[at..].join("/");
                if rest.is_empty() {
                    return None;
                }
                parameters.push((name, rest));
            }
        }
    }
    Some(parameters)
}

/// Percent-decodes; bytes that are not UTF-8 are replaced.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use hyper::Method;

    use super::Routes;
    use template::Route;

    fn routes(keys: &[&'static str]) -> Routes<&'static str> {
        let routes = keys.iter().map(|key| match key.split_once(' ') {
            None => (Route::Default, *key),
            Some((method, path)) => {
                let method = (method != "ANY").then(|| method.to_owned());
                (Route::Path { method, path: path.to_owned() }, *key)
            }
        });
        Routes::new(routes).unwrap()
    }

    fn find(keys: &[&'static str], request: &str) -> Option<&'static str> {
        let (method, path) = request.split_once(' ').unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        routes(keys).find(&method, path).map(|found| *found.function)
    }

    /// The example of the AWS page named at the top.
    #[test]
    fn the_documented_example() {
        let keys =
            ["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"];
        for order in [keys.to_vec(), keys.iter().rev().copied().collect()] {
            assert_eq!(find(&order, "GET /pets/dog/1"), Some("GET /pets/dog/1"));
            assert_eq!(find(&order, "GET /pets/dog/2"), Some("GET /pets/dog/{id}"));
            assert_eq!(find(&order, "GET /pets/cat/1"), Some("GET /pets/{proxy+}"));
            assert_eq!(find(&order, "POST /test/5"), Some("ANY /{proxy+}"));
            assert_eq!(find(&order, "GET /"), Some("$default"));
        }
    }

    #[test]
    fn a_full_match_beats_a_greedy_one_and_static_segments_win_from_left_to_right() {
        assert_eq!(find(&["ANY /a/b/{rest+}", "GET /a/{x}/c"], "GET /a/b/c"), Some("GET /a/{x}/c"));
        assert_eq!(find(&["GET /a/{x}/c", "GET /a/b/{y}"], "GET /a/b/c"), Some("GET /a/b/{y}"));
    }

    #[test]
    fn a_method_beats_any_and_a_missing_method_falls_to_less_specific_routes() {
        let keys = ["ANY /a", "GET /a", "POST /{x}", "$default"];
        assert_eq!(find(&keys, "GET /a"), Some("GET /a"));
        assert_eq!(find(&keys, "PUT /a"), Some("ANY /a"));
        assert_eq!(find(&["GET /a", "POST /{x}", "$default"], "POST /a"), Some("POST /{x}"));
        assert_eq!(find(&["GET /a", "$default"], "DELETE /a"), Some("$default"));
        assert_eq!(find(&["GET /a"], "DELETE /a"), None);
        assert_eq!(find(&["GET /a", "$default"], "HEAD /a"), Some("$default"));
    }

    #[test]
    fn a_trailing_slash_is_another_path_and_a_parameter_is_never_empty() {
        let keys = ["GET /posts", "GET /posts/{id}", "GET /all/{rest+}"];
        for path in ["/posts/", "//posts", "/posts/1/", "/all/", "/all", "*", ""] {
            assert_eq!(find(&keys, &format!("GET {path}")), None, "{path}");
        }
        assert_eq!(find(&keys, "GET /all/a/"), Some("GET /all/{rest+}"));
    }

    #[test]
    fn segments_are_split_before_they_are_decoded() {
        let routes = routes(&["GET /posts/{id}", "GET /caf\u{e9}/{rest+}"]);
        let parameters = |path| routes.find(&Method::GET, path).map(|found| found.parameters);
        assert_eq!(parameters("/posts/a%2Fb%20c"), Some(vec![("id", "a/b c".to_owned())]));
        assert_eq!(parameters("/posts/%FF"), Some(vec![("id", "\u{fffd}".to_owned())]));
        assert_eq!(parameters("/posts/100%"), Some(vec![("id", "100%".to_owned())]));
        assert_eq!(parameters("/caf%C3%A9/x/y%2Fz"), Some(vec![("rest", "x/y/z".to_owned())]));
    }

    #[test]
    fn a_route_twice_is_a_fault() {
        let path = |path: &str| Route::Path { method: Some("GET".to_owned()), path: path.to_owned() };
        let fault =
            |routes: Vec<Route>| Routes::new(routes.into_iter().map(|route| (route, ()))).unwrap_err();
        assert!(fault(vec![path("/a/{x}"), path("/a/{y}")]).contains("GET /a/{x}"));
        assert!(fault(vec![Route::Default, Route::Default]).contains("$default"));
        assert!(fault(vec![path("/a/{x+}/b")]).contains("/a/{x+}/b"));
    }
}
