//! A client that does random things, and writes down what it did and saw.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use fastrand::Rng;
use serde_json::{Value, json};
use testkit::Api;

use super::history::{Answered, Asked, Call, Fields, ORIGIN, Seen};
use crate::app::whole_book;

const PATH: &str = "/books";

/// The functions behind the routes.
pub(super) const FUNCTIONS: [&str; 6] = [
    "fixture-create-book",
    "fixture-put-book",
    "fixture-patch-book",
    "fixture-delete-book",
    "fixture-get-book",
    "fixture-list-books",
];

const CREATE: usize = 0;
const PUT: usize = 1;
const PATCH: usize = 2;
const DELETE: usize = 3;
const GET: usize = 4;
const LIST: usize = 5;

/// The newest items, which everybody works on.
const HOT: usize = 5;
/// How often a create with a key is sent, at most, until it is answered.
const RETRIES: usize = 6;

/// What all clients know.
#[derive(Default)]
pub(super) struct Board {
    /// Every item ever seen, with the tag that was seen last.
    tags: Mutex<BTreeMap<u64, String>>,
    key: AtomicUsize,
    walk: AtomicUsize,
    value: AtomicUsize,
}

pub(super) struct Client<'a> {
    api: &'a Api,
    board: &'a Board,
    started: Instant,
    random: Rng,
    pub(super) calls: Vec<Call>,
}

impl<'a> Client<'a> {
    pub(super) fn new(api: &'a Api, board: &'a Board, started: Instant, seed: u64) -> Self {
        Self { api, board, started, random: Rng::with_seed(seed), calls: Vec::new() }
    }

    /// Does one thing.
    pub(super) fn act(&mut self) {
        match self.random.u32(0..100) {
            0..10 => drop(self.create(None)),
            10..25 => self.create_with_key(),
            25..60 => self.change(),
            60..70 => self.delete(),
            70..90 => self.get(),
            _ => {
                let limit = self.random.usize(1..=9);
                self.walk(limit);
            }
        }
    }

    /// When nobody else does anything: gets every item, walks every page, and sends every key once more.
    pub(super) fn look_at_everything(&mut self) {
        let keys = 0..=self.board.key.load(Ordering::SeqCst);
        for key in keys {
            let fields = self.fields_of_key(key, false);
            self.create(Some((key, fields)));
        }
        self.walk(7);
        let ids: BTreeSet<_> = self.board.tags.lock().unwrap().keys().copied().collect();
        for id in ids {
            self.call(GET, Asked::Get { id, if_none_match: None });
        }
    }

    /// A value that nothing had before.
    fn value(&self, what: &str) -> String {
        format!("{what}-{}", self.board.value.fetch_add(1, Ordering::SeqCst))
    }

    fn new_fields(&self, origin: &str) -> Fields {
        let mut fields = whole_book().as_object().unwrap().clone();
        fields.insert("title".to_owned(), self.value("title").into());
        fields.insert(ORIGIN.to_owned(), origin.into());
        fields
    }

    /// The body that goes with a key, or another one.
    fn fields_of_key(&self, key: usize, is_other: bool) -> Fields {
        let text = format!("key-{key}-{is_other}");
        let mut fields = self.new_fields(&text);
        fields.insert("title".to_owned(), text.into());
        fields
    }

    fn create(&mut self, key: Option<(usize, Fields)>) -> Answered {
        let (key, fields) = match key {
            Some((key, fields)) => (Some(format!("key-{key}")), fields),
            None => (None, self.new_fields(&self.value("origin"))),
        };
        self.call(CREATE, Asked::Create { fields, key })
    }

    /// Uses the key that others use too, or the next one, and sends it until there is an answer and sometimes
    /// after.
    fn create_with_key(&mut self) {
        let last = self.board.key.load(Ordering::SeqCst);
        let key = match self.random.u32(0..10) {
            0..5 => self.board.key.fetch_add(1, Ordering::SeqCst) + 1,
            5..9 => last,
            _ => self.random.usize(0..=last),
        };
        let is_other = self.random.u32(0..8) == 0;
        for _ in 0..RETRIES {
            let answer = self.create(Some((key, self.fields_of_key(key, is_other))));
            if !answer.is_lost() && self.random.u32(0..4) > 0 {
                return;
            }
        }
    }

    /// An item that others work on too, seldom any other, very seldom one that is not there yet.
    fn id(&mut self) -> u64 {
        let ids: Vec<_> = self.board.tags.lock().unwrap().keys().copied().collect();
        let last = ids.last().copied().unwrap_or(1);
        match self.random.u32(0..20) {
            0 => last + self.random.u64(1..3),
            1..4 => self.random.choice(ids).unwrap_or(last),
            _ => self.random.choice(ids.into_iter().rev().take(HOT)).unwrap_or(last),
        }
    }

    /// Half of the time the tag that was seen last, by whomever.
    fn tag(&mut self, id: u64) -> Option<String> {
        let tag = self.board.tags.lock().unwrap().get(&id).cloned();
        tag.filter(|_| self.random.bool())
    }

    fn change(&mut self) {
        let id = self.id();
        let if_match = self.tag(id);
        let title = ("title", json!(self.value("title")));
        let author = ("author", json!(self.value("author")));
        let other = match self.random.u32(0..3) {
            0 => ("available", json!(self.random.bool())),
            1 => ("tags", json!([self.value("tag"), self.value("tag")])),
            _ => ("publisher", json!({"name": self.value("publisher"), "city": "Rome"})),
        };
        // `PUT` needs a title and an author.
        let (function, fields) = match self.random.u32(0..10) {
            0..2 => (PUT, vec![title, author]),
            2..4 => (PUT, vec![title, author, other]),
            4..6 => (PATCH, vec![title]),
            6..8 => (PATCH, vec![author]),
            8 => (PATCH, vec![other]),
            _ => (PATCH, vec![]),
        };
        let asked = Asked::Change { id, fields: object(&fields), if_match };
        if self.call(function, asked.clone()).is_lost() && self.random.bool() {
            self.call(function, asked);
        }
    }

    fn delete(&mut self) {
        let id = self.id();
        let asked = Asked::Delete { id, if_match: self.tag(id) };
        if self.call(DELETE, asked.clone()).is_lost() {
            self.call(DELETE, asked);
        }
    }

    fn get(&mut self) {
        let id = self.id();
        let if_none_match = self.tag(id);
        self.call(GET, Asked::Get { id, if_none_match });
    }

    fn walk(&mut self, limit: usize) {
        let walk = self.board.walk.fetch_add(1, Ordering::SeqCst);
        let mut after = 0;
        let mut target = format!("{PATH}?limit={limit}");
        loop {
            let (answer, link) = self.send(LIST, "GET", &target, Asked::Page { walk, after, limit });
            match answer {
                Answered::Page { items, .. } => after = items.last().map_or(after, |(id, _)| *id),
                Answered::Lost => continue,
                _ => return,
            }
            let Some(next) = link else { return };
            target = next;
        }
    }

    fn call(&mut self, function: usize, asked: Asked) -> Answered {
        let method = ["POST", "PUT", "PATCH", "DELETE", "GET", "GET"][function];
        let target = match &asked {
            Asked::Change { id, .. } | Asked::Delete { id, .. } | Asked::Get { id, .. } => {
                format!("{PATH}/{id}")
            }
            Asked::Create { .. } | Asked::Page { .. } => PATH.to_owned(),
        };
        self.send(function, method, &target, asked).0
    }

    /// Sends a request and writes it down; its answer, and the target of the next page.
    fn send(
        &mut self,
        function: usize,
        method: &str,
        target: &str,
        asked: Asked,
    ) -> (Answered, Option<String>) {
        let (header, body) = match &asked {
            Asked::Create { fields, key } => {
                (key.as_ref().map(|key| ("idempotency-key", key)), json!(fields).to_string())
            }
            Asked::Change { fields, if_match, .. } => {
                (if_match.as_ref().map(|tag| ("if-match", tag)), json!(fields).to_string())
            }
            Asked::Delete { if_match, .. } => (if_match.as_ref().map(|tag| ("if-match", tag)), String::new()),
            Asked::Get { if_none_match, .. } => {
                (if_none_match.as_ref().map(|tag| ("if-none-match", tag)), String::new())
            }
            Asked::Page { .. } => (None, String::new()),
        };
        let headers: Vec<_> = header.into_iter().map(|(name, value)| (name, value.as_str())).collect();
        let from = self.started.elapsed();
        let raw = self.api.request(method, target, &headers, body);
        let to = self.started.elapsed();
        let answer = understood(&raw, &asked).unwrap_or_else(|| Answered::Odd(format!("{raw:?}")));
        if let Answered::Created { item: seen, .. } | Answered::Item(seen) = &answer {
            self.board.tags.lock().unwrap().insert(seen.id, seen.tag.clone());
        }
        if let Answered::Page { items, .. } = &answer {
            let mut tags = self.board.tags.lock().unwrap();
            for (id, _) in items {
                tags.entry(*id).or_insert_with(|| "\"never-given\"".to_owned());
            }
        }
        let link = raw.next_page();
        let function = FUNCTIONS[function].to_owned();
        self.calls.push(Call { from, to, function, asked, answer: answer.clone() });
        (answer, link)
    }
}

fn object(fields: &[(&str, Value)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// The answer as the model knows it.
fn understood(raw: &testkit::Answer, asked: &Asked) -> Option<Answered> {
    // A 304 has no body.
    let body = serde_json::from_str(&raw.body).unwrap_or(Value::Null);
    let is_error = |text: &str| body == json!({"error": text});
    let seen = || {
        let (id, created_at, fields) = item(&body)?;
        Some(Seen { id, tag: raw.header("etag")?.to_owned(), created_at, fields })
    };
    match (raw.status, asked) {
        (201, Asked::Create { .. }) => {
            let is_replay = match raw.header("idempotency-replayed") {
                None => false,
                Some(value) => (value == "true").then_some(true)?,
            };
            Some(Answered::Created { item: seen()?, is_replay })
        }
        (200, Asked::Change { .. } | Asked::Get { .. }) => seen().map(Answered::Item),
        (200, Asked::Delete { .. }) => {
            let (.., fields) = item(body.get("deleted")?)?;
            Some(Answered::Deleted(Some(fields)))
        }
        (200, Asked::Page { .. }) => {
            let items = body.as_array()?.iter().map(|one| item(one).map(|(id, _, fields)| (id, fields)));
            Some(Answered::Page {
                items: items.collect::<Option<_>>()?,
                has_next: raw.header("link").is_some(),
            })
        }
        (304, Asked::Get { .. }) => Some(Answered::NotModified),
        (404, _) if is_error("Book not found") => Some(Answered::NotFound),
        (412, _) if is_error("Precondition failed") => Some(Answered::PreconditionFailed),
        (422, _) => Some(Answered::KeyReused),
        (503, Asked::Create { .. } | Asked::Change { .. } | Asked::Delete { .. })
            if is_error("The change may or may not have been made") =>
        {
            Some(Answered::Unsure)
        }
        (503, Asked::Create { .. } | Asked::Change { .. }) if is_error("Temporarily unavailable") => {
            Some(Answered::Unavailable)
        }
        // In the gateway's words: the function had none.
        (500, _) if body == json!({"message": "Internal Server Error"}) => Some(Answered::Lost),
        (503, _) if body == json!({"message": "Service Unavailable"}) => Some(Answered::Lost),
        _ => None,
    }
}

fn item(body: &Value) -> Option<(u64, String, Fields)> {
    let mut fields = body.as_object()?.clone();
    let id = fields.remove("id")?.as_u64()?;
    let created_at = fields.remove("createdAt")?.as_str()?.to_owned();
    Some((id, created_at, fields))
}
