//! What is wrong with a body, collected while it is read.

use std::fmt::Write;

use validator::{ValidationErrors, ValidationErrorsKind};

use super::issue::{Invalid, Issue, Step};

/// The most issues that are told. An array of a million wrong elements would else be answered with more than
/// a function has memory for.
const MAX_ISSUES: usize = 100;

/// What is wrong with a value, found while it was read.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order of the schema.
    issues: Vec<Issue>,
    /// The first string that is JSON and no text.
    broken: Option<Broken>,
}

#[derive(Debug)]
struct Broken {
    path: Vec<Step>,
    /// In which line and column of the body.
    place: (usize, usize),
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.issues.is_empty() && self.broken.is_none()
    }

    /// Whether there is no room for more issues.
    pub(super) fn is_full(&self) -> bool {
        self.issues.len() >= MAX_ISSUES
    }

    /// One thing more, about the value that is being read.
    pub fn add(&mut self, issue: Issue) {
        if !self.is_full() {
            self.issues.push(issue);
        }
    }

    /// The value is a string with half of a surrogate pair at this line and column of the body.
    pub(super) fn add_broken(&mut self, place: (usize, usize)) {
        self.broken.get_or_insert(Broken { path: Vec::new(), place });
    }

    /// Reads a part of the value: what it reports is about that part.
    pub(super) fn within<T>(&mut self, step: &Step, read: impl FnOnce(&mut Self) -> T) -> T {
        let (known, was_broken) = (self.issues.len(), self.broken.is_some());
        let value = read(self);
        for issue in &mut self.issues[known..] {
            issue.path.insert(0, step.clone());
        }
        if let Some(broken) = self.broken.as_mut().filter(|_| !was_broken) {
            broken.path.insert(0, step.clone());
        }
        value
    }

    /// And all that another one says.
    pub(super) fn append(&mut self, other: Self) {
        for issue in other.issues {
            self.add(issue);
        }
        if self.broken.is_none() {
            self.broken = other.broken;
        }
    }

    /// And the rules of fields that are broken, each after what is known of its field. `names` are the fields
    /// in the order of the schema: as the rules name them, and as the caller does.
    pub(super) fn add_rules(&mut self, rules: &ValidationErrors, names: &[(&'static str, &'static str)]) {
        let mut known = std::mem::take(&mut self.issues).into_iter().peekable();
        for (rust, name) in names {
            while let Some(issue) = known.next_if(|issue| issue.is_about(name)) {
                self.add(issue);
            }
            if let Some(ValidationErrorsKind::Field(errors)) = rules.errors().get(*rust) {
                for error in errors {
                    self.add(Issue::from_rule(error).at(name));
                }
            }
        }
    }

    /// Whether there is too much of something.
    pub(super) fn is_too_big(&self) -> bool {
        self.issues.iter().any(Issue::is_too_big)
    }

    /// And the rules that the value itself breaks.
    pub(super) fn add_own_rules(&mut self, rules: &ValidationErrors) {
        for errors in rules.errors().values() {
            if let ValidationErrorsKind::Field(errors) = errors {
                for error in errors {
                    self.add(Issue::from_rule(error));
                }
            }
        }
    }
}

impl From<Report> for Invalid {
    fn from(report: Report) -> Self {
        match report.broken {
            None => Self::Issues(report.issues),
            Some(Broken { path, place: (line, column) }) => {
                let mut text = String::new();
                for step in path {
                    let _ = match step {
                        Step::Name(name) if text.is_empty() => write!(text, "{name}"),
                        Step::Name(name) => write!(text, ".{name}"),
                        Step::Index(index) => write!(text, "[{index}]"),
                    };
                }
                let _ = write!(text, " has half of a surrogate pair at line {line} column {column}");
                Self::Text(text)
            }
        }
    }
}
