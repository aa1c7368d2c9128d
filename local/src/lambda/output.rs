//! A function's standard output and error, line by line.

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

use crate::Log;
use crate::log::Line;

/// Bytes after which a line without an end is cut, so that it cannot fill the memory.
const LINE: u64 = 256 * 1024;

/// Passes every line on until the function (and whoever inherited its output) closes it.
pub(super) async fn forward(output: impl AsyncRead + Unpin, function: String, log: Log) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while (&mut output).take(LINE).read_until(b'\n', &mut line).await.is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']).to_owned();
        log.write(Line::Output { function: function.clone(), text });
        line.clear();
    }
}
