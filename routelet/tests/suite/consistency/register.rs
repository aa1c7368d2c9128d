//! Whether the calls that concern one item can be put in an order that explains every answer: each call takes
//! effect at one moment between its start and its end (linearizability), and the item is a register that is
//! not yet there, then there, then gone for good.
//!
//! The search is the one of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993) with Lowe's
//! memory of configurations seen before. Items are independent of each other, so each is searched for itself.

use std::{collections::HashSet, fmt::Write};

use super::history::{Fields, Time};

/// What a call did to the item, or saw of it.
#[derive(Debug, Clone)]
pub(super) struct Op {
    pub(super) from: Time,
    /// Nothing where no answer came: it may take effect at any later moment, or never.
    pub(super) to: Option<Time>,
    pub(super) action: Action,
}

#[derive(Debug, Clone)]
pub(super) enum Action {
    /// The entity tag is unknown where no answer came.
    Create {
        fields: Fields,
        tag: Option<String>,
    },
    /// The answer is the entity tag and the fields after the change.
    Change {
        fields: Fields,
        if_match: Option<String>,
        answer: Outcome<(String, Fields)>,
    },
    /// The answer has the item as it was, where the route tells.
    Delete {
        if_match: Option<String>,
        answer: Outcome<Option<Fields>>,
    },
    /// It was there with these fields, and this entity tag where the route tells.
    Found {
        fields: Fields,
        tag: Option<String>,
    },
    NotFound,
    /// It was there with this tag.
    NotModified {
        tag: String,
    },
}

/// What a change or a delete came to.
#[derive(Debug, Clone)]
pub(super) enum Outcome<T> {
    Done(T),
    NotFound,
    PreconditionFailed,
    Lost,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum ItemState {
    NotYet,
    /// The tag is unknown while nobody has seen what a lost write left.
    There {
        fields: Fields,
        tag: Option<String>,
    },
    Gone,
}

/// More configurations than any honest history of a few hundred calls needs.
const MAX_CONFIGURATIONS: usize = 2_000_000;

/// Says why the calls cannot be explained.
pub(super) fn explain(ops: &[Op]) -> Result<(), String> {
    let mut ops = ops.to_vec();
    ops.sort_by_key(|op| op.from);
    let tags = ops.iter().filter_map(|op| op.action.made()).map(str::to_owned).collect();
    let mut search = Search { ops: &ops, tags, seen: HashSet::new(), best: None };
    let mut done = Done(vec![0; ops.len().div_ceil(64)]);
    if search.run(&mut done, &ItemState::NotYet) {
        return Ok(());
    }
    assert!(search.seen.len() < MAX_CONFIGURATIONS, "{} calls are too many to judge", ops.len());
    Err(search.report())
}

struct Search<'a> {
    ops: &'a [Op],
    /// Those of answered writes: a lost one made none of them.
    tags: HashSet<String>,
    seen: HashSet<(Done, ItemState)>,
    /// The configuration that explained most.
    best: Option<(usize, Done, ItemState)>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Done(Vec<u64>);

impl Done {
    fn has(&self, index: usize) -> bool {
        self.0[index / 64] >> (index % 64) & 1 == 1
    }

    fn set(&mut self, index: usize, value: bool) {
        let bit = 1 << (index % 64);
        if value {
            self.0[index / 64] |= bit;
        } else {
            self.0[index / 64] &= !bit;
        }
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

impl Search<'_> {
    fn run(&mut self, done: &mut Done, state: &ItemState) -> bool {
        // What leaves the state as it is can come first without harm to what follows: no choice, no branch.
        let mut taken = Vec::new();
        while let Some(index) = self.candidates(done).into_iter().find(|&index| {
            self.ops[index].to.is_some() && self.step(state, &self.ops[index]).as_ref() == Some(state)
        }) {
            done.set(index, true);
            taken.push(index);
        }
        let explained = self.branch(done, state);
        for index in taken {
            done.set(index, false);
        }
        explained
    }

    fn branch(&mut self, done: &mut Done, state: &ItemState) -> bool {
        let is_finished = self.ops.iter().enumerate().all(|(index, op)| op.to.is_none() || done.has(index));
        if is_finished {
            return true;
        }
        if self.seen.len() >= MAX_CONFIGURATIONS || !self.seen.insert((done.clone(), state.clone())) {
            return false;
        }
        if self.best.as_ref().is_none_or(|(count, ..)| done.count() > *count) {
            self.best = Some((done.count(), done.clone(), state.clone()));
        }
        for index in self.candidates(done) {
            if let Some(next) = self.step(state, &self.ops[index]).filter(|next| next != state) {
                done.set(index, true);
                if self.run(done, &next) {
                    return true;
                }
                done.set(index, false);
            }
        }
        false
    }

    /// The calls that may be next: those that began before any that is still to be explained had ended.
    fn candidates(&self, done: &Done) -> Vec<usize> {
        let open = || self.ops.iter().enumerate().filter(|(index, _)| !done.has(*index));
        let horizon = open().filter_map(|(_, op)| op.to).min();
        open()
            .take_while(|(_, op)| horizon.is_none_or(|horizon| op.from <= horizon))
            .map(|(index, _)| index)
            .collect()
    }

    /// The state after the call, where its answer agrees with the state before. A lost call that has no
    /// effect is left out instead.
    fn step(&self, state: &ItemState, op: &Op) -> Option<ItemState> {
        let there = match state {
            ItemState::There { fields, tag } => Some((fields, tag)),
            ItemState::NotYet | ItemState::Gone => None,
        };
        // Whether the item has this tag; where its tag is unknown it is one that no other write made.
        let has_tag = |own: &Option<String>, wanted: &String| match own {
            Some(tag) => tag == wanted,
            None => !self.tags.contains(wanted),
        };
        // An `If-Match` names a tag that somebody saw before, so the state that has it is known by it.
        let is_expected =
            |if_match: &Option<String>| there.is_some_and(|(_, tag)| if_match.is_none() || if_match == tag);
        let found = |fields: &Fields, tag: Option<&String>| {
            let (own, own_tag) = there?;
            if own != fields || tag.is_some_and(|tag| !has_tag(own_tag, tag)) {
                return None;
            }
            Some(ItemState::There { fields: own.clone(), tag: tag.or(own_tag.as_ref()).cloned() })
        };
        match &op.action {
            Action::Create { fields, tag } => (*state == ItemState::NotYet)
                .then(|| ItemState::There { fields: fields.clone(), tag: tag.clone() }),
            Action::Change { fields: changes, if_match, answer } => match answer {
                Outcome::NotFound => there.is_none().then(|| state.clone()),
                Outcome::PreconditionFailed => {
                    (there.is_some() && if_match.is_some() && !is_expected(if_match)).then(|| state.clone())
                }
                Outcome::Done(_) | Outcome::Lost if !is_expected(if_match) => None,
                Outcome::Done((tag, after)) if changes.is_empty() => found(after, Some(tag)),
                Outcome::Done((tag, after)) => {
                    let fields = with(there?.0, changes);
                    (fields == *after && there?.1.as_ref() != Some(tag))
                        .then(|| ItemState::There { fields, tag: Some(tag.clone()) })
                }
                Outcome::Lost if changes.is_empty() => None,
                Outcome::Lost => Some(ItemState::There { fields: with(there?.0, changes), tag: None }),
            },
            Action::Delete { if_match, answer } => match answer {
                Outcome::NotFound => there.is_none().then(|| state.clone()),
                Outcome::PreconditionFailed => {
                    (there.is_some() && if_match.is_some() && !is_expected(if_match)).then(|| state.clone())
                }
                Outcome::Done(Some(was)) if there.is_some_and(|(fields, _)| fields != was) => None,
                Outcome::Done(_) | Outcome::Lost => is_expected(if_match).then_some(ItemState::Gone),
            },
            Action::Found { fields, tag } => found(fields, tag.as_ref()),
            Action::NotFound => there.is_none().then(|| state.clone()),
            Action::NotModified { tag } => found(there?.0, Some(tag)),
        }
    }

    fn report(&self) -> String {
        let Some((_, done, state)) = &self.best else { return "nothing explains the first call".to_owned() };
        let mut text =
            format!("no order explains all calls; the best one comes to {state:?} and cannot go on\n");
        for (index, op) in self.ops.iter().enumerate() {
            let mark = match (done.has(index), op.to) {
                (true, _) => "explained",
                (false, None) => "may have been",
                (false, Some(_)) => "STUCK",
            };
            let _ = writeln!(text, "  {mark:>13} {:?} to {:?}: {:?}", op.from, op.to, op.action);
        }
        text
    }
}

fn with(fields: &Fields, changes: &Fields) -> Fields {
    let mut fields = fields.clone();
    fields.extend(changes.clone());
    fields
}

impl Action {
    /// The entity tag of the state that this call made.
    fn made(&self) -> Option<&str> {
        match self {
            Self::Create { tag, .. } => tag.as_deref(),
            Self::Change { fields, answer: Outcome::Done((tag, _)), .. } if !fields.is_empty() => Some(tag),
            _ => None,
        }
    }
}
