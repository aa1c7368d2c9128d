//! A file in each coding that it is served in.

use std::io::Write as _;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};

/// The longest body that Lambda passes on, in base64 and beside the headers: an answer ends at 6,291,556
/// bytes ("Lambda quotas").
const MAX_BYTES: usize = (6_291_556 - 16 * 1024) / 4 * 3;

/// The most that costs a debug build, too, less than a second: of 1.9 MB it makes 415 KB (gzip 486), 11 would
/// make 379 of it in 18 seconds.
const BROTLI_QUALITY: i32 = 9;
/// 4 MiB: a file of that size is looked through from end to end.
const BROTLI_WINDOW: i32 = 22;

/// Bytes of a hash that an entity tag has: no two files share so many by accident.
const TAG_BYTES: usize = 16;

/// A `routelet::http::File` as Rust text. The same content gives the same text, so that `ETag`s outlive a
/// deployment.
pub(crate) fn file(content_type: &str, policy: Option<&str>, content: &[u8]) -> Result<String, String> {
    if content.len() > MAX_BYTES {
        return Err(format!("{} bytes are more than the {MAX_BYTES} that Lambda answers", content.len()));
    }
    let brotli = brotli(content).map_err(|error| error.to_string())?;
    let gzip = gzip(content).map_err(|error| error.to_string())?;
    let (identity, brotli, gzip) = (representation(content), representation(&brotli), representation(&gzip));
    Ok(format!(
        "::routelet::http::File {{ content_type: {content_type:?}, policy: {policy:?}, \
         identity: {identity}, brotli: {brotli}, gzip: {gzip} }}"
    ))
}

fn representation(body: &[u8]) -> String {
    let tag = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(body)[..TAG_BYTES]);
    format!("::routelet::http::Representation {{ body: b\"{}\", tag: {tag:?} }}", body.escape_ascii())
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Without a time or a file name in its header.
fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, file};

    #[test]
    fn a_file_is_rust_text_with_a_tag_for_each_coding() {
        let text = file("text/plain", Some("default-src 'none'"), b"caf\xC3\xA9 \"\\").unwrap_or_default();
        let start = r#"::routelet::http::File { content_type: "text/plain", policy: Some("default-src 'none'"), identity: ::routelet::http::Representation { body: b"caf\xc3\xa9 \"\\", tag: ""#;
        assert!(text.starts_with(start), "{text}");
        let mut tags: Vec<_> = text.split("tag: ").skip(1).map(|rest| &rest[..24]).collect();
        tags.dedup();
        assert_eq!(tags.len(), 3, "{text}");
        assert_eq!(file("text/plain", Some("default-src 'none'"), b"caf\xC3\xA9 \"\\"), Ok(text));
    }

    #[test]
    fn what_lambda_cannot_answer_is_told_before_it_is_deployed() {
        let told = file("text/plain", None, &vec![b'a'; MAX_BYTES + 1]);
        assert_eq!(told, Err("4706380 bytes are more than the 4706379 that Lambda answers".to_owned()));
    }
}
