//! The file that is checked in, and what differs from it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::stats::number;

const ABOUT: &str = "What each function weighs. `cargo bench -- --guard` compares, `cargo bench -- --renew` writes \
                     this file anew. Numbers of instructions are callgrind's.";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Baseline {
    about: String,
    /// Programs and libraries on which the figures depend.
    pub(super) counted_with: BTreeMap<String, String>,
    /// How far each figure may be off, either way.
    pub(super) tolerance_percent: Tolerance,
    pub(super) functions: BTreeMap<String, Figures>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Tolerance {
    file_bytes: f64,
    start_and_first: f64,
    warm: f64,
    /// Of each where the compiler, the C library or valgrind is another than the figures were counted with.
    elsewhere: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) file_bytes: u64,
    pub(super) start_and_first: u64,
    pub(super) warm: u64,
}

/// The name of a figure, the figure, and its tolerance.
type Part = (&'static str, fn(&Figures) -> u64, f64);

/// A figure that is not what it was.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    pub(super) function: String,
    pub(super) what: &'static str,
    /// Nothing where the function is new.
    pub(super) was: Option<u64>,
    /// Nothing where the function is gone.
    pub(super) is: Option<u64>,
}

impl Change {
    /// Whether there is nothing to compare with: the function is new.
    pub(super) fn is_new(&self) -> bool {
        self.was.is_none()
    }

    pub(super) fn percent(&self) -> Option<f64> {
        let (was, is) = self.was.zip(self.is)?;
        Some(100.0 * (number(is) - number(was)) / number(was))
    }
}

impl Baseline {
    pub(super) fn new(counted_with: BTreeMap<String, String>, functions: BTreeMap<String, Figures>) -> Self {
        // The spread of instructions from run to run is 0.3 %, also on a busy machine: the order of hash
        // maps, and the number of polls in which an answer arrives.
        let tolerance_percent =
            Tolerance { file_bytes: 2.0, start_and_first: 3.0, warm: 3.0, elsewhere: 10.0 };
        Self { about: ABOUT.to_owned(), counted_with, tolerance_percent, functions }
    }

    /// What is off by more than the tolerance, and every function that is only here or only there. What got
    /// lighter counts too: else the next one could take it back unnoticed.
    pub(super) fn changes(&self, now: &Self) -> Vec<Change> {
        let names: BTreeSet<_> = self.functions.keys().chain(now.functions.keys()).collect();
        let elsewhere = self.counted_with != now.counted_with;
        let mut changes = Vec::new();
        for name in names {
            let (was, is) = (self.functions.get(name), now.functions.get(name));
            for (what, of, tolerance) in self.parts() {
                let tolerance =
                    if elsewhere { tolerance.max(self.tolerance_percent.elsewhere) } else { tolerance };
                let change = Change { function: name.clone(), what, was: was.map(of), is: is.map(of) };
                if change.percent().is_none_or(|percent| percent.abs() > tolerance) {
                    changes.push(change);
                }
            }
        }
        changes
    }

    fn parts(&self) -> [Part; 3] {
        let tolerance = self.tolerance_percent;
        [
            ("bytes of the file", |one| one.file_bytes, tolerance.file_bytes),
            ("instructions, start and first answer", |one| one.start_and_first, tolerance.start_and_first),
            ("instructions, warm request", |one| one.warm, tolerance.warm),
        ]
    }

    /// JSON with a line for each function, for whoever reads the difference.
    pub(super) fn to_text(&self) -> Result<String> {
        let functions: Result<Vec<_>> = self
            .functions
            .iter()
            .map(|(name, one)| {
                Ok(format!("    {}: {}", serde_json::to_string(name)?, serde_json::to_string(one)?))
            })
            .collect();
        Ok(format!(
            "{{\n  \"about\": {},\n  \"counted_with\": {},\n  \"tolerance_percent\": {},\n  \"functions\": {{\n{}\n  }}\n}}\n",
            serde_json::to_string(&self.about)?,
            serde_json::to_string(&self.counted_with)?,
            serde_json::to_string(&self.tolerance_percent)?,
            functions?.join(",\n"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(functions: &[(&str, [u64; 3])]) -> Baseline {
        let figures =
            |&[file_bytes, start_and_first, warm]: &[u64; 3]| Figures { file_bytes, start_and_first, warm };
        let functions = functions.iter().map(|(name, numbers)| ((*name).to_owned(), figures(numbers)));
        Baseline::new(BTreeMap::new(), functions.collect())
    }

    fn told(was: &Baseline, is: &Baseline) -> Vec<(String, &'static str, Option<u64>, Option<u64>)> {
        was.changes(is).into_iter().map(|it| (it.function, it.what, it.was, it.is)).collect()
    }

    #[test]
    fn what_is_within_the_tolerance_passes() {
        let was = guard(&[("a", [1_000, 1_000, 1_000])]);
        assert_eq!(told(&was, &guard(&[("a", [1_020, 1_030, 970])])), []);
    }

    #[test]
    fn what_is_heavier_or_lighter_is_told() {
        let was = guard(&[("a", [1_000, 1_000, 1_000]), ("b", [1, 1, 1])]);
        let is = guard(&[("a", [1_021, 1_000, 969]), ("b", [1, 1, 1])]);
        let expected = [
            ("a".to_owned(), "bytes of the file", Some(1_000), Some(1_021)),
            ("a".to_owned(), "instructions, warm request", Some(1_000), Some(969)),
        ];
        assert_eq!(told(&was, &is), expected);
    }

    /// Another compiler is no reason to fail, and no reason to look away.
    #[test]
    fn elsewhere_the_tolerance_is_wider() {
        let was = guard(&[("a", [1_000, 1_000, 1_000])]);
        let elsewhere = |warm| {
            let mut guard = guard(&[("a", [1_000, 1_000, warm])]);
            guard.counted_with.insert("rustc".to_owned(), "rustc 2".to_owned());
            guard
        };
        assert_eq!(told(&was, &elsewhere(1_100)), []);
        assert_eq!(told(&was, &elsewhere(1_101)).len(), 1);
    }

    #[test]
    fn a_function_that_is_new_or_gone_is_told() {
        let (was, is) = (guard(&[("old", [1, 1, 1])]), guard(&[("new", [1, 1, 1])]));
        assert!(was.changes(&is).iter().all(|change| change.is_new() == (change.function == "new")));
        let told: Vec<_> = told(&was, &is).into_iter().map(|(name, _, was, is)| (name, was, is)).collect();
        let new = ("new".to_owned(), None, Some(1));
        let old = ("old".to_owned(), Some(1), None);
        assert_eq!(told, [vec![new; 3], vec![old; 3]].concat());
    }

    #[test]
    fn the_text_is_read_back() {
        let was = guard(&[("a", [1, 2, 3]), ("b", [4, 5, 6])]);
        let read: Baseline = serde_json::from_str(&was.to_text().unwrap()).unwrap();
        assert_eq!(read.functions, was.functions);
        assert_eq!(read.tolerance_percent, was.tolerance_percent);
    }
}
