//! What a command tells, on the standard output.

use std::io::{self, Write};

use crate::Error;

/// Prints the text. Whoever reads only its beginning, such as `head`, has seen enough, and that is no fault.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    print_to(&mut io::stdout().lock(), text)
}

fn print_to(output: &mut impl Write, text: &str) -> Result<(), Error> {
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that takes nothing.
    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_is_no_fault_and_a_full_disk_is_one() {
        assert!(print_to(&mut Closed(io::ErrorKind::BrokenPipe), "text").is_ok());
        assert!(print_to(&mut Closed(io::ErrorKind::StorageFull), "text").is_err());
    }
}
