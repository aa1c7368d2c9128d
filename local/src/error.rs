/// Why `local` did not start: one sentence for the person at the terminal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl From<template::Error> for Error {
    fn from(error: template::Error) -> Self {
        Self(error.to_string())
    }
}
