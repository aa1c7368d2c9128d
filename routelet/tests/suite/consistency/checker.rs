//! What must hold of every history.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use super::{
    history::{Answered, Asked, Call, Fields, History, ORIGIN, Seen, Time},
    register::{self, Action, Op},
};

/// How long a killed function's last calls may still be answered with a 5xx: one that is handed an event in
/// the moment of its end.
const AFTERMATH: Duration = Duration::from_secs(2);

/// What a history was good for.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Judged {
    pub(super) calls: usize,
    pub(super) lost: usize,
    pub(super) items: usize,
    pub(super) unsure: usize,
}

/// All that is wrong with a history.
pub(super) fn check(history: &History) -> Result<Judged, Vec<String>> {
    let mut judge = Judge { history, creates: BTreeMap::new(), wrong: Vec::new() };
    judge.answers();
    judge.ids();
    judge.keys();
    judge.tags();
    judge.walks();
    let found = judge.items();
    if judge.wrong.is_empty() { Ok(found) } else { Err(judge.wrong) }
}

struct Judge<'a> {
    history: &'a History,
    /// The create that made each item, as far as its time is known.
    creates: BTreeMap<u64, Create>,
    wrong: Vec<String>,
}

struct Create {
    from: Time,
    to: Option<Time>,
    fields: Fields,
    tag: Option<String>,
}

impl<'a> Judge<'a> {
    fn calls(&self) -> impl Iterator<Item = &'a Call> + use<'a> {
        self.history.calls.iter()
    }

    fn wrong(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    /// Each answer is one that its request can have, and a 5xx has a killed function behind it.
    fn answers(&mut self) {
        for call in self.calls() {
            let is_possible = match (&call.asked, &call.answer) {
                (Asked::Create { key, .. }, Answered::Created { is_replay, .. }) => {
                    key.is_some() || !is_replay
                }
                (Asked::Create { key, .. }, Answered::KeyReused) => key.is_some(),
                (Asked::Change { id, .. }, Answered::Item(seen)) => *id == seen.id,
                // A change of nothing is no write.
                (Asked::Change { fields, .. }, Answered::Unsure) => {
                    self.history.is_lossy && !fields.is_empty()
                }
                (Asked::Change { fields, .. }, Answered::Unavailable) => {
                    self.history.is_lossy && fields.is_empty()
                }
                (Asked::Create { .. } | Asked::Delete { .. }, Answered::Unsure)
                | (Asked::Create { .. }, Answered::Unavailable) => self.history.is_lossy,
                (_, Answered::Lost)
                | (Asked::Change { .. } | Asked::Delete { .. } | Asked::Get { .. }, Answered::NotFound)
                | (Asked::Delete { .. }, Answered::Deleted(_))
                | (Asked::Page { .. }, Answered::Page { .. }) => true,
                (
                    Asked::Change { if_match, .. } | Asked::Delete { if_match, .. },
                    Answered::PreconditionFailed,
                ) => if_match.is_some(),
                (Asked::Get { id, if_none_match }, Answered::Item(seen)) => {
                    *id == seen.id && if_none_match.as_ref() != Some(&seen.tag)
                }
                (Asked::Get { if_none_match, .. }, Answered::NotModified) => if_none_match.is_some(),
                _ => false,
            };
            if !is_possible {
                self.wrong(format!("no answer to what was asked: {call:?}"));
            }
            let is_killed = self.history.kills.iter().any(|kill| {
                kill.function == call.function && kill.at <= call.to && call.from <= kill.at + AFTERMATH
            });
            if call.answer == Answered::Lost && !is_killed {
                self.wrong(format!("a 5xx, and no function was killed: {call:?}"));
            }
        }
    }

    /// One create an id, ids grow, and there is no item that nobody made.
    fn ids(&mut self) {
        let mut makers = HashMap::<u64, &Call>::new();
        for call in self.calls() {
            let (Asked::Create { fields, key }, Answered::Created { item, is_replay: false }) =
                (&call.asked, &call.answer)
            else {
                continue;
            };
            if let Some(other) = makers.insert(item.id, call) {
                self.wrong(format!("id {} was given twice: {other:?} and {call:?}", item.id));
            }
            if key.is_none() {
                let create = Create {
                    from: call.from,
                    to: Some(call.to),
                    fields: fields.clone(),
                    tag: Some(item.tag.clone()),
                };
                self.creates.insert(item.id, create);
            }
        }
        let mut makers: Vec<_> = makers.into_iter().collect();
        makers.sort_unstable_by_key(|(id, _)| *id);
        // Of all later ids the call that ended first must not have ended before an earlier id's began.
        let mut first_end: Option<&Call> = None;
        for (id, call) in makers.into_iter().rev() {
            if let Some(later) = first_end.filter(|later| later.is_before(call)) {
                self.wrong(format!("id {id} was given after a higher one: {call:?}, before it {later:?}"));
            }
            if first_end.is_none_or(|first| call.to < first.to) {
                first_end = Some(call);
            }
        }
    }

    /// A key makes one item, however often and with whatever it is sent.
    fn keys(&mut self) {
        let mut keys = BTreeMap::<&str, Vec<(&Fields, &Call)>>::new();
        for call in self.calls() {
            if let Asked::Create { fields, key: Some(key) } = &call.asked {
                keys.entry(key).or_default().push((fields, call));
            }
        }
        for (key, sent) in keys {
            self.key(key, &sent);
        }
    }

    fn key(&mut self, key: &str, sent: &[(&Fields, &Call)]) {
        let answered: Vec<_> = sent
            .iter()
            .filter_map(|(fields, call)| match &call.answer {
                Answered::Created { item, is_replay } => Some((*fields, *call, item, *is_replay)),
                _ => None,
            })
            .collect();
        let reused: Vec<_> = sent.iter().filter(|(_, call)| call.answer == Answered::KeyReused).collect();
        let Some((fields, _, item, _)) = answered.first() else {
            for (own, refused) in reused {
                let may_be_first = sent
                    .iter()
                    .any(|(fields, call)| fields != own && call.is_lost() && !refused.is_before(call));
                if !may_be_first {
                    self.wrong(format!("key {key} was refused as used, and nobody used it: {refused:?}"));
                }
            }
            return;
        };
        for (own, call, other, _) in &answered {
            if own != fields {
                self.wrong(format!("key {key} made two different items: {call:?}"));
            } else if other != item {
                self.wrong(format!("key {key} had two answers: {item:?} and {other:?}"));
            }
        }
        // The one that made it, or those without an answer that may have.
        let made: Vec<_> = answered.iter().filter(|(.., is_replay)| !is_replay).collect();
        let makers: Vec<&Call> = match made.as_slice() {
            [(_, call, ..)] => vec![*call],
            [] => {
                let lost = |(own, call): &&(&Fields, &Call)| own == fields && call.is_lost();
                sent.iter().filter(lost).map(|(_, call)| *call).collect()
            }
            _ => {
                self.wrong(format!("key {key} made an item more than once: {made:?}"));
                return;
            }
        };
        let Some(from) = makers.iter().map(|maker| maker.from).min() else {
            self.wrong(format!(
                "key {key} was answered as a replay, and no first request is there: {answered:?}"
            ));
            return;
        };
        for (_, call, ..) in &answered {
            if call.to < from {
                self.wrong(format!("key {key} was answered before its item was made: {call:?}"));
            }
        }
        for (own, call) in reused {
            if own == fields {
                self.wrong(format!("key {key} was refused with the body that it made its item of: {call:?}"));
            } else if call.to < from {
                self.wrong(format!("key {key} was refused as used before it was: {call:?}"));
            }
        }
        let to = answered.iter().map(|(_, call, ..)| call.to).min();
        let create = Create { from, to, fields: (*fields).clone(), tag: Some(item.tag.clone()) };
        self.creates.insert(item.id, create);
    }

    /// A tag is one state of one item, an answered write makes a new one, of two that name the same one wins,
    /// and a time of creation never changes.
    fn tags(&mut self) {
        let mut states = HashMap::<&str, &Seen>::new();
        let mut made = HashMap::<&str, &Call>::new();
        let mut used = HashMap::<&str, &Call>::new();
        let mut times = HashMap::<u64, &str>::new();
        for call in self.calls() {
            let (Answered::Created { item: seen, .. } | Answered::Item(seen)) = &call.answer else {
                continue;
            };
            if let Some(other) = states.insert(&seen.tag, seen).filter(|other| *other != seen) {
                self.wrong(format!("one tag, two states: {other:?} and {seen:?}"));
            }
            if let Some(other) = times.insert(seen.id, &seen.created_at).filter(|t| *t != seen.created_at) {
                self.wrong(format!("item {} was made at {other} and at {}", seen.id, seen.created_at));
            }
            let makes = match (&call.asked, &call.answer) {
                (Asked::Create { .. }, Answered::Created { is_replay, .. }) => !is_replay,
                (Asked::Change { fields, .. }, _) => !fields.is_empty(),
                _ => false,
            };
            if makes && let Some(other) = made.insert(&seen.tag, call) {
                self.wrong(format!("two writes made one tag: {other:?} and {call:?}"));
            }
        }
        for call in self.calls() {
            let tag = match (&call.asked, &call.answer) {
                (Asked::Change { if_match, fields, .. }, Answered::Item(_)) if !fields.is_empty() => if_match,
                (Asked::Delete { if_match, .. }, Answered::Deleted(_)) => if_match,
                _ => continue,
            };
            if let Some(tag) = tag
                && let Some(other) = used.insert(tag, call)
            {
                self.wrong(format!("a lost update, both named one tag: {other:?} and {call:?}"));
            }
        }
    }

    /// A walk of all pages is in id order, and has every item once that was there throughout.
    fn walks(&mut self) {
        let mut walks = BTreeMap::<usize, Vec<&Call>>::new();
        for call in self.calls() {
            if let (Asked::Page { walk, .. }, Answered::Page { .. }) = (&call.asked, &call.answer) {
                walks.entry(*walk).or_default().push(call);
            }
        }
        for (number, pages) in walks {
            let mut ids = Vec::new();
            let mut is_whole = false;
            for page in &pages {
                let (Asked::Page { limit, .. }, Answered::Page { items, has_next }) =
                    (&page.asked, &page.answer)
                else {
                    continue;
                };
                if items.len() > *limit {
                    self.wrong(format!("a page of more than {limit}: {page:?}"));
                }
                ids.extend(items.iter().map(|(id, _)| *id));
                is_whole = !has_next;
            }
            if !ids.is_sorted_by(|one, next| one < next) {
                self.wrong(format!("walk {number} is not in id order, each id once: {ids:?}"));
            }
            let (Some(first), Some(last)) = (pages.first(), pages.last()) else { continue };
            let is_there = |id: u64, create: &Create| {
                create.to.is_some_and(|made| made < first.from)
                    && !self.calls().any(|call| {
                        matches!(&call.asked, Asked::Delete { id: gone, .. } if *gone == id)
                            && (matches!(call.answer, Answered::Deleted(_)) || call.is_lost())
                            && call.from <= last.to
                    })
            };
            let ids: BTreeSet<_> = ids.into_iter().collect();
            let lacking: Vec<_> = self
                .creates
                .iter()
                .filter(|(id, create)| is_whole && is_there(**id, create) && !ids.contains(*id))
                .map(|(id, _)| *id)
                .collect();
            if !lacking.is_empty() {
                self.wrong(format!("walk {number} lacks items that were there throughout: {lacking:?}"));
            }
        }
    }

    /// Each item is a register.
    fn items(&mut self) -> Judged {
        let mut judged = Judged {
            calls: self.history.calls.len(),
            lost: self.calls().filter(|call| call.answer == Answered::Lost).count(),
            unsure: self.calls().filter(|call| call.answer == Answered::Unsure).count(),
            ..Judged::default()
        };
        for id in self.seen_ids() {
            let Some(create) = self.creates.get(&id).map(Create::op).or_else(|| self.lost_create(id)) else {
                if self.is_found(id) {
                    self.wrong(format!("item {id} was made by nobody"));
                }
                continue;
            };
            judged.items += 1;
            let mut ops = vec![create];
            ops.extend(self.calls().filter_map(|call| op(call, id)));
            if let Err(why) = register::explain(&ops) {
                self.wrong(format!("item {id}: {why}"));
            }
        }
        judged
    }

    /// Every id that was asked for or seen.
    fn seen_ids(&self) -> BTreeSet<u64> {
        let mut ids: BTreeSet<_> = self.creates.keys().copied().collect();
        for call in self.calls() {
            if let Asked::Change { id, .. } | Asked::Delete { id, .. } | Asked::Get { id, .. } = call.asked {
                ids.insert(id);
            }
            if let Answered::Page { items, .. } = &call.answer {
                ids.extend(items.iter().map(|(id, _)| *id));
            }
        }
        ids
    }

    /// All that was ever seen of an item's fields.
    fn sightings(&self, id: u64) -> impl Iterator<Item = &'a Fields> {
        self.calls().filter_map(move |call| match (&call.asked, &call.answer) {
            (_, Answered::Item(seen)) if seen.id == id => Some(&seen.fields),
            (Asked::Delete { id: own, .. }, Answered::Deleted(Some(fields))) if *own == id => Some(fields),
            (_, Answered::Page { items, .. }) => {
                items.iter().find(|(own, _)| *own == id).map(|(_, fields)| fields)
            }
            _ => None,
        })
    }

    fn is_answered(&self, key: &str) -> bool {
        self.calls().any(|call| {
            matches!(&call.asked, Asked::Create { key: Some(own), .. } if own == key)
                && matches!(call.answer, Answered::Created { .. })
        })
    }

    fn is_found(&self, id: u64) -> bool {
        self.sightings(id).next().is_some()
            || self.calls().any(|call| {
                call.asked.writes(id)
                    && matches!(call.answer, Answered::Deleted(_) | Answered::PreconditionFailed)
            })
    }

    /// The create without an answer that an item is from: each item is made with an `origin` of its own,
    /// which no change touches.
    fn lost_create(&self, id: u64) -> Option<Op> {
        let origin = origin(self.sightings(id).next()?)?;
        let (from, fields) = self
            .calls()
            .filter(|call| call.is_lost())
            .filter_map(|call| match &call.asked {
                // What a key made that has an answer is known already.
                Asked::Create { key: Some(key), .. } if self.is_answered(key) => None,
                Asked::Create { fields, .. } if self::origin(fields) == Some(origin) => {
                    Some((call.from, fields))
                }
                _ => None,
            })
            .min_by_key(|(from, _)| *from)?;
        // One item an origin: a key's retries are one create, any other create has an origin to itself.
        let is_first = !self.creates.values().any(|create| self::origin(&create.fields) == Some(origin))
            && self
                .seen_ids()
                .into_iter()
                .filter(|other| *other < id)
                .all(|other| self.sightings(other).next().and_then(self::origin) != Some(origin));
        is_first.then(|| Op { from, to: None, action: Action::Create { fields: fields.clone(), tag: None } })
    }
}

fn origin(fields: &Fields) -> Option<&str> {
    fields.get(ORIGIN)?.as_str()
}

impl Create {
    fn op(&self) -> Op {
        let action = Action::Create { fields: self.fields.clone(), tag: self.tag.clone() };
        Op { from: self.from, to: self.to, action }
    }
}

impl Asked {
    fn writes(&self, item: u64) -> bool {
        matches!(self, Self::Change { id, .. } | Self::Delete { id, .. } if *id == item)
    }
}

/// What a call means for one item; nothing where it does not concern it, or only reads and was lost.
fn op(call: &Call, item: u64) -> Option<Op> {
    let action = match (&call.asked, &call.answer) {
        (Asked::Change { id, fields, if_match }, answer) if *id == item => Action::Change {
            fields: fields.clone(),
            if_match: if_match.clone(),
            answer: match answer {
                Answered::Item(seen) => register::Outcome::Done((seen.tag.clone(), seen.fields.clone())),
                Answered::NotFound => register::Outcome::NotFound,
                Answered::PreconditionFailed => register::Outcome::PreconditionFailed,
                Answered::Lost | Answered::Unsure => register::Outcome::Lost,
                _ => return None,
            },
        },
        (Asked::Delete { id, if_match }, answer) if *id == item => Action::Delete {
            if_match: if_match.clone(),
            answer: match answer {
                Answered::Deleted(was) => register::Outcome::Done(was.clone()),
                Answered::NotFound => register::Outcome::NotFound,
                Answered::PreconditionFailed => register::Outcome::PreconditionFailed,
                Answered::Lost | Answered::Unsure => register::Outcome::Lost,
                _ => return None,
            },
        },
        (Asked::Get { id, if_none_match }, answer) if *id == item => match answer {
            Answered::Item(seen) => {
                Action::Found { fields: seen.fields.clone(), tag: Some(seen.tag.clone()) }
            }
            Answered::NotModified => Action::NotModified { tag: if_none_match.clone()? },
            Answered::NotFound => Action::NotFound,
            _ => return None,
        },
        (Asked::Page { after, .. }, Answered::Page { items, has_next }) => {
            // A page covers the ids up to its last item, and the last page all.
            let is_covered = !has_next || items.last().is_some_and(|(last, _)| item < *last);
            if let Some((_, fields)) = items.iter().find(|(id, _)| *id == item) {
                Action::Found { fields: fields.clone(), tag: None }
            } else if item > *after && is_covered {
                Action::NotFound
            } else {
                return None;
            }
        }
        _ => return None,
    };
    let is_lost = call.is_lost();
    Some(Op { from: call.from, to: (!is_lost).then_some(call.to), action })
}
