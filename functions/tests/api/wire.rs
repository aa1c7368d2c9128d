//! HTTP/1.1 messages, as far as DynamoDB and its SDK speak it: a head and a body with a length.

use std::io::BufRead;

/// A request or a response as it was on the wire.
pub(crate) struct Message {
    pub(crate) bytes: Vec<u8>,
    /// DynamoDB's operation, where it is a request.
    pub(crate) operation: Option<String>,
}

/// Reads one message; nothing where the connection ends.
pub(crate) fn read(reader: &mut impl BufRead) -> Option<Message> {
    let mut message = Message { bytes: Vec::new(), operation: None };
    let mut length = 0;
    loop {
        let start = message.bytes.len();
        if reader.read_until(b'\n', &mut message.bytes).ok()? == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&message.bytes[start..]).trim_end().to_owned();
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?;
            }
            Some((name, value)) if name.eq_ignore_ascii_case("x-amz-target") => {
                message.operation = value.rsplit('.').next().map(str::to_owned);
            }
            None if line.is_empty() => break,
            _ => {}
        }
    }
    let start = message.bytes.len();
    message.bytes.resize(start + length, 0);
    reader.read_exact(&mut message.bytes[start..]).ok()?;
    Some(message)
}
