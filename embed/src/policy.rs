//! The content security policy of an HTML file that holds all it needs.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use sha2::{Digest as _, Sha256};

/// What a page may do beyond its own scripts and styles, which is little:
///
/// - pictures from this host or written into the page, for icons;
/// - requests to this host: the API;
/// - no `<base>`, which would send relative links elsewhere, no form that is sent by the browser itself, and
///   no frame around the page, for a click in it could be somebody else's idea.
const REST: &str =
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The value of `Content-Security-Policy`. A script or a style runs if its hash is here: what gets into the
/// page by an error, such as a post with markup in it, has none.
pub(crate) fn policy(html: &str) -> String {
    let mut directives = vec!["default-src 'none'".to_owned()];
    for element in ["script", "style"] {
        let hashes: Vec<_> = inline(html, element).iter().map(|text| hash(text)).collect();
        if !hashes.is_empty() {
            directives.push(format!("{element}-src {}", hashes.join(" ")));
        }
    }
    directives.push(REST.to_owned());
    directives.join("; ")
}

/// A source expression as browsers compare it (CSP Level 3, section 2.3.1).
fn hash(text: &[u8]) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// The texts of all elements of this name, as a browser finds them. A text search would not: in a script,
/// `<!--` and `<script` change where it ends.
fn inline(html: &str, element: &str) -> Vec<Vec<u8>> {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let (mut texts, mut is_open) = (Vec::new(), false);
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if **tag.name == *element.as_bytes() => {
                is_open = true;
                texts.push(Vec::new());
            }
            Token::EndTag(tag) if **tag.name == *element.as_bytes() => is_open = false,
            Token::String(text) if is_open => {
                texts.last_mut().into_iter().for_each(|last| last.extend_from_slice(&text));
            }
            _ => {}
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::{inline, policy};

    #[track_caller]
    fn assert_scripts(html: &str, expected: &[&str]) {
        let texts = inline(html, "script");
        let texts: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text)).collect();
        assert_eq!(texts, expected, "{html}");
    }

    #[test]
    fn scripts_end_where_a_browser_ends_them() {
        assert_scripts("<p>a</p>", &[]);
        assert_scripts(
            "<script>a &amp; b</script><p>c</p><SCRIPT type=module>d</SCRIPT >",
            &["a &amp; b", "d"],
        );
        assert_scripts("<script>'<style>a</style><b>'</script>", &["'<style>a</style><b>'"]);
        assert_scripts("<!-- <script>a</script> --><script>b</script>", &["b"]);
        assert_scripts(
            "<script><!-- '<script>' </script> --> c</script>",
            &["<!-- '<script>' </script> --> c"],
        );
        assert_scripts("<script>a\r\nb</script>", &["a\nb"]);
        assert_scripts("<title><script>a</script></title><textarea><script>b</script></textarea>", &[]);
    }

    /// The hashes are those of `printf %s "$text" | openssl dgst -sha256 -binary | base64`.
    #[test]
    fn only_what_is_in_the_page_runs() {
        let html = "<style>a{}</style><script>1</script><script>2</script>";
        let expected = "default-src 'none'; \
            script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=' \
            'sha256-1HNeOiZeFu7gP1lxi5tdAwGcB9i2xR+Q2jpmbuwTqzU='; \
            style-src 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='; \
            img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        assert_eq!(policy(html), expected);
        assert!(policy("<p>").starts_with("default-src 'none'; img-src"));
    }
}
