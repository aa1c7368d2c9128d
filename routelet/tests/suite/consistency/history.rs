//! What clients did and saw, and when.

use std::time::Duration;

use serde_json::{Map, Value};

/// Since the start of the run.
pub(super) type Time = Duration;
/// The field that tells an item from all others, whoever made it: it is given once and never changed.
pub(super) const ORIGIN: &str = "content";
/// The fields of an item that clients set: all but `id` and `createdAt`.
pub(super) type Fields = Map<String, Value>;

/// Everything that happened in a run.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) calls: Vec<Call>,
    pub(super) kills: Vec<Kill>,
    /// Whether answers of the database got lost.
    pub(super) is_lossy: bool,
}

/// One request, from before it was sent until its answer was read.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) from: Time,
    pub(super) to: Time,
    /// The function behind its route.
    pub(super) function: String,
    pub(super) asked: Asked,
    pub(super) answer: Answered,
}

/// All instances of a function were killed.
#[derive(Debug, Clone)]
pub(super) struct Kill {
    pub(super) at: Time,
    pub(super) function: String,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    Create {
        fields: Fields,
        key: Option<String>,
    },
    /// `PUT` or `PATCH`; both set the fields that they name.
    Change {
        id: u64,
        fields: Fields,
        if_match: Option<String>,
    },
    Delete {
        id: u64,
        if_match: Option<String>,
    },
    Get {
        id: u64,
        if_none_match: Option<String>,
    },
    /// A page of a walk: at most `limit` items with ids above `after`.
    Page {
        walk: usize,
        after: u64,
        limit: usize,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answered {
    Created {
        item: Seen,
        is_replay: bool,
    },
    /// 200 of a get or a change.
    Item(Seen),
    /// 200 of a delete, with the item as it was if the route tells.
    Deleted(Option<Fields>),
    Page {
        items: Vec<(u64, Fields)>,
        has_next: bool,
    },
    NotModified,
    NotFound,
    PreconditionFailed,
    KeyReused,
    /// The gateway's own 5xx: no function answered.
    Lost,
    /// The function's own 503: a write that may or may not have been made.
    Unsure,
    /// The function's other 503: nothing was done.
    Unavailable,
    /// Anything else, which is wrong.
    Odd(String),
}

impl Answered {
    /// Whether it leaves open what happened.
    pub(super) fn is_lost(&self) -> bool {
        matches!(self, Self::Lost | Self::Unsure)
    }
}

/// An item with its entity tag.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) id: u64,
    pub(super) tag: String,
    pub(super) created_at: String,
    pub(super) fields: Fields,
}

impl Call {
    /// Whether this one had ended before the other began.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        self.to < other.from
    }

    pub(super) fn is_lost(&self) -> bool {
        self.answer.is_lost()
    }
}
