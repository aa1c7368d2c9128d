//! What several commands leave to do, in the same words.

/// The types of the client follow openapi.yaml by a tool that not everybody has.
pub(crate) const TYPES: &str =
    "`npm --prefix web ci && npm --prefix web run types` writes the types of the client";

/// So do the figures of the guard.
pub(crate) const FIGURES: &str =
    "`cargo bench -- --renew` records the size and instructions of the new functions (needs valgrind)";
