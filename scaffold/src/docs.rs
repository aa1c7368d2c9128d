//! The table of routes in `docs/api.md`.

use crate::{Error, Plan};

/// Where it is.
pub(crate) const FILE: &str = "docs/api.md";

/// Adds a row, behind the last one whose path begins as this one does.
pub(crate) fn add_route(plan: &mut Plan, route: &str, function: &str, answer: &str) -> Result<(), Error> {
    let row = format!("| `{route}` | `{function}` | {answer} |");
    plan.edit_if_there(FILE, |text| Ok(with_row(text, route, &row)))
}

/// The text without the rows of these routes, such as `GET /api/posts`.
pub(crate) fn without_routes(text: &str, is_unwanted: impl Fn(&str) -> bool) -> String {
    let is_gone = |line: &&str| path_of(line).is_some_and(&is_unwanted);
    text.split_inclusive('\n').filter(|line| !is_gone(line)).collect()
}

/// The text without the chapter of a path of the API, whose heading is the path's last word.
pub(crate) fn without_chapter_of(text: &str, path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name_of = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    let chapters = text.lines().filter(|line| line.starts_with('#') && name_of(line) == name).count();
    // What others link to is about something else: `/api/tokens` may come and go, and the tokens stay.
    if chapters == 1 && text.contains(&format!("(#{name})")) {
        return text.to_owned();
    }
    without_chapter(text, &name.replace('-', " "))
}

/// The text without the first chapter of this heading, up to the next one of its level.
pub(crate) fn without_chapter(text: &str, heading: &str) -> String {
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    let mut gone = None;
    let mut is_found = false;
    let mut is_code = false;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        is_code ^= line.starts_with("```");
        if line.starts_with('#') && !is_code {
            let is_ended = gone.is_some_and(|gone| level(line) <= gone);
            if is_ended {
                gone = None;
            }
            if !is_found && line.trim_start_matches('#').trim().eq_ignore_ascii_case(heading) {
                gone = Some(level(line));
                is_found = true;
            }
        }
        if gone.is_none() {
            kept.push_str(line);
        }
    }
    kept
}

fn with_row(text: &str, route: &str, row: &str) -> String {
    let path = route.split(' ').nth(1).unwrap_or_default();
    let shared = |line: &str| {
        let other = path_of(line).and_then(|other| other.split(' ').nth(1)).unwrap_or_default();
        path.split('/').zip(other.split('/')).take_while(|(own, other)| own == other).count()
    };
    let lines: Vec<_> = text.lines().collect();
    let rows = || (0..lines.len()).filter(|at| path_of(lines[*at]).is_some());
    let nearest = rows().max_by_key(|at| shared(lines[*at])).filter(|at| shared(lines[*at]) > 2);
    // The table ends with what is no route of the API.
    let last = rows().rfind(|at| lines[*at].contains("/api/"));
    let Some(place) = nearest.or(last) else { return text.to_owned() };
    let (before, after) = lines.split_at(place + 1);
    [before, &[row], after].concat().join("\n") + "\n"
}

/// `GET /api/posts` of a row.
fn path_of(line: &str) -> Option<&str> {
    let cell = line.strip_prefix("| `")?.split('`').next()?;
    let (method, path) = cell.split_once(' ')?;
    (path.starts_with('/') && method.chars().all(|letter| letter.is_ascii_uppercase())).then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| route | function | answers |
|---|---|---|
| `GET /api/hello` | `hello` | 200 a greeting |
| `GET /api/posts` | `list-posts` | 200 posts |
| `GET /api/posts/{id}` | `get-post` | 200 a post |
| `GET /`, `/posts` | `page` | the page |
| everything else | `fallback` | 404 |

Text.
";

    #[test]
    fn a_row_goes_beside_its_neighbours_and_out_again() {
        let row = "| `GET /api/posts/count` | `count-posts` | 200 how many |";
        let more = with_row(TABLE, "GET /api/posts/count", row);
        let place = "| 200 a post |\n";
        assert_eq!(more, TABLE.replace(place, &format!("{place}{row}\n")));
        assert_eq!(without_routes(&more, |route| route == "GET /api/posts/count"), TABLE);
        let other = with_row(TABLE, "GET /api/status", "| `GET /api/status` | `s` | 200 |");
        assert_eq!(other, TABLE.replace(place, &format!("{place}| `GET /api/status` | `s` | 200 |\n")));
        assert_eq!(with_row("Text.\n", "GET /a", "| |"), "Text.\n");
    }

    #[test]
    fn a_chapter_goes_with_what_is_below_it() {
        let text = "# A\n\n## Notes\n\n```\n# no heading\n```\n\n### More\n\n## Others\n\nNotes.\n";
        assert_eq!(without_chapter(text, "notes"), "# A\n\n## Others\n\nNotes.\n");
        assert_eq!(without_chapter(text, "none"), text);
    }

    #[test]
    fn a_chapter_of_something_else_stays() {
        let text = "# A\n\n[Keys](#tokens).\n\n## Line items\n\nText.\n\n## Tokens\n\nKeys.\n";
        let without_items = "# A\n\n[Keys](#tokens).\n\n## Tokens\n\nKeys.\n";
        assert_eq!(without_chapter_of(text, "/api/line-items"), without_items);
        assert_eq!(without_chapter_of(text, "/api/tokens"), text);
    }
}
