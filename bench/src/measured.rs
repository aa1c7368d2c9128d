//! What was measured of one function.

use serde::Serialize;

use crate::stats::Spread;

/// What was measured of one function. Megabytes are 10^6 bytes wherever they are shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figures {
    pub(crate) name: String,
    /// From the start of the process to its first poll.
    pub(crate) init_wall_ms: Spread,
    pub(crate) init_cpu_ms: Spread,
    /// From the start of the process to the end of its first answer.
    pub(crate) answer_wall_ms: Spread,
    pub(crate) answer_cpu_ms: Spread,
    /// From the event to the end of the answer, warm.
    pub(crate) warm_wall_us: Spread,
    /// A warm invocation's, the median of five rounds.
    pub(crate) warm_cpu_us: f64,
    /// After all warm invocations.
    pub(crate) peak_memory_bytes: u64,
    /// What is deployed, where that is one file.
    pub(crate) file_bytes: Option<u64>,
    pub(crate) zip_bytes: Option<u64>,
}
