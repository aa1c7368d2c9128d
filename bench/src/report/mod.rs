//! The results for a reader.

pub(crate) mod goals;
pub(crate) mod picture;
pub(crate) mod readme;
pub(crate) mod table;
