//! What the functions have to reach, beside the same in other languages.

use serde::Serialize;

use crate::{measured::Figures, stats::number};

/// A goal, and what was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    pub(crate) what: String,
    pub(crate) bound: Bound,
    pub(crate) measured: f64,
    pub(crate) unit: &'static str,
}

/// On which side of a figure the goal is.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bound {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Goal {
    pub(crate) fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtLeast(bound) => self.measured >= bound,
            Bound::AtMost(bound) => self.measured <= bound,
        }
    }
}

/// The peers' names.
pub(crate) const NODE: &str = "Node.js";
pub(crate) const PYTHON: &str = "Python";
pub(crate) const FLOOR: &str = "C, a constant";

/// The goals on which there are figures. The first of the peers is ours; `with_database` names the functions
/// that call DynamoDB.
pub(crate) fn goals(functions: &[Figures], peers: &[Figures], with_database: &[String]) -> Vec<Goal> {
    let mut goals = Vec::new();
    let peer = |name: &str| peers.iter().find(|figures| figures.name == name);
    if let Some(ours) = peers.first() {
        let mut times = |what: String, measured: f64, at_least: f64| {
            goals.push(Goal { what, bound: Bound::AtLeast(at_least), measured, unit: "times ours" });
        };
        for (name, cold) in [(NODE, 40.0), (PYTHON, 80.0)] {
            let Some(other) = peer(name) else { continue };
            let of_cold = other.answer_cpu_ms.p50 / ours.answer_cpu_ms.p50;
            times(format!("CPU time to the first answer, {name}"), of_cold, cold);
            times(format!("CPU time of a warm request, {name}"), other.warm_cpu_us / ours.warm_cpu_us, 5.0);
        }
        if let Some(floor) = peer(FLOOR) {
            goals.push(Goal {
                what: "time to the first answer, above the floor's".to_owned(),
                bound: Bound::AtMost(6.0),
                measured: ours.answer_wall_ms.p50 - floor.answer_wall_ms.p50,
                unit: "ms",
            });
        }
    }
    let megabytes = |bytes: u64| number(bytes) / 1e6;
    let most = |of: &dyn Fn(&Figures) -> Option<u64>, among: &dyn Fn(&str) -> bool| {
        functions.iter().filter(|figures| among(&figures.name)).filter_map(of).max().map(megabytes)
    };
    let database = |name: &str| with_database.iter().any(|own| own == name);
    let sizes = [
        (
            "peak memory, the highest of all functions",
            most(&|one| Some(one.peak_memory_bytes), &|_| true),
            12.0,
        ),
        ("zip, the largest with DynamoDB", most(&|one| one.zip_bytes, &database), 2.2),
        ("zip of hello", most(&|one| one.zip_bytes, &|name| name == "hello"), 0.9),
    ];
    for (what, measured, at_most) in sizes {
        let goal =
            |measured| Goal { what: what.to_owned(), bound: Bound::AtMost(at_most), measured, unit: "MB" };
        goals.extend(measured.map(goal));
    }
    goals
}
