//! Why nothing was written.

use std::{io, path::PathBuf};

/// Why nothing was written: one sentence that says what to do, or where to look.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{file}: {1}", file = .0.display())]
    File(PathBuf, io::Error),
    /// A file would be written over.
    #[error("{file} exists already, and is not written over", file = .0.display())]
    Exists(PathBuf),
    /// What went wrong in this file.
    #[error("{file}: {1}", file = .0.display())]
    In(PathBuf, Box<Error>),
    /// A file does not parse.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// A file lacks what an edit needs.
    #[error("{0}")]
    Missing(String),
    /// Something of this name is there already.
    #[error("there is a {0} already")]
    Taken(String),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Wrong(String),
    /// The template makes no sense.
    #[error(transparent)]
    Template(#[from] template::Error),
    /// Another program did not do its part.
    #[error("{0}")]
    Program(String),
    /// What was done cannot be told. Files are written before that.
    #[error("the standard output cannot be written to: {0}")]
    Output(io::Error),
}

impl Error {
    /// With the name of the file that it is about.
    pub(crate) fn within(self, path: impl Into<PathBuf>) -> Self {
        match self {
            Self::File(..) | Self::Exists(_) | Self::In(..) | Self::Wrong(_) => self,
            error => Self::In(path.into(), Box::new(error)),
        }
    }
}
