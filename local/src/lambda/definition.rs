//! What Lambda needs to know of a function.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::binary::Binary;
use crate::{Limits, Log};

/// What Lambda needs to know of a function.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The function's name: in its environment and its ARN.
    pub name: String,
    /// What people call it: before its lines.
    pub label: String,
    /// The compiled function.
    pub binary: Binary,
    /// How long one invocation may take.
    pub timeout: Duration,
    /// Megabytes; told to the function, not enforced.
    pub memory_mb: u32,
    /// Variables besides Lambda's own. They win over Lambda's.
    pub environment: BTreeMap<String, String>,
    /// Times and numbers.
    pub limits: Limits,
    /// Where the function's output and faults go.
    pub log: Log,
}

impl Definition {
    /// Whether an instance of the one is as good as an instance of the other.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let parts = |definition: &Self| {
            let Self { name, label, binary, timeout, memory_mb, .. } = definition;
            (name.clone(), label.clone(), binary.path().to_owned(), *timeout, *memory_mb)
        };
        parts(self) == parts(other) && self.environment == other.environment
    }

    /// A function with Lambda's defaults: 3 s, 128 MB.
    pub fn new(name: impl Into<String>, binary: impl Into<PathBuf>) -> Self {
        let name = name.into();
        Self {
            label: name.clone(),
            name,
            binary: Binary::at(binary),
            timeout: Duration::from_secs(3),
            memory_mb: 128,
            environment: BTreeMap::new(),
            limits: Limits::default(),
            log: Log::default(),
        }
    }
}
