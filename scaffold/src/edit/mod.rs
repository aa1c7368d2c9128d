//! Edits of files at places that are found by parsing them. What an edit does not touch stays as it was
//! written: comments, order, and how lines are broken.

pub(crate) mod manifest;
pub(crate) mod rust;
pub(crate) mod yaml;
