//! The results for a reader.

pub(crate) mod goals;
pub(crate) mod picture;
pub(crate) mod published;
pub(crate) mod table;
