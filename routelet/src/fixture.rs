//! Resources for the unit tests of this crate.

use serde::{Deserialize, Serialize};

use crate::{
    model::{Attribute, Choice, Id, Model, Number, Object, Timestamp},
    resource::Resource,
};

/// A note, with filters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewNote, changes = NoteChanges)]
pub(crate) struct Note {
    id: Id,
    #[validate(length(min = 1, max = 100))]
    #[model(filter)]
    title: String,
    body: Option<String>,
    #[model(default, filter)]
    pinned: bool,
    created_at: Timestamp,
}

impl Resource for Note {
    const PATH: &'static str = "/notes";
    const NOT_FOUND: &'static str = "Note not found";
    const TABLE_VARIABLE: &'static str = "NOTES_TABLE";
}

/// A list beside the notes, without a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark(Note);

impl Model for Mark {
    const ATTRIBUTES: &'static [Attribute] = Note::ATTRIBUTES;

    type New = NewNote;
    type Changes = NoteChanges;

    fn create(id: Id, created_at: Timestamp, new: NewNote) -> Self {
        Self(Note::create(id, created_at, new))
    }

    fn id(&self) -> Id {
        self.0.id
    }
}

impl Resource for Mark {
    const PATH: &'static str = "/marks";
    const NOT_FOUND: &'static str = "Mark not found";
    const TABLE_VARIABLE: &'static str = "MARKS_TABLE";
}

/// A field of every type, with rules of every kind; model/testdata/zod.mjs has the same schema in Zod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = NewVenue, changes = VenueChanges)]
pub(crate) struct Venue {
    id: Id,
    #[validate(length(min = 1, max = 10))]
    name: String,
    #[validate(length(equal = 3))]
    code: String,
    open: bool,
    #[validate(range(min = 0, max = 100))]
    seats: i64,
    #[validate(range(min = 0, max = 5))]
    rating: Number,
    opens_at: Timestamp,
    kind: Kind,
    #[validate(length(min = 2, max = 3))]
    #[each(length(min = 2, max = 5))]
    tags: Vec<String>,
    address: Address,
    floor: Option<i64>,
    #[validate(range(exclusive_min = 0.5, exclusive_max = 1e21))]
    height: Option<Number>,
    #[validate(range(min = 1e-7, max = 1.5e22))]
    depth: Option<Number>,
    closes_at: Option<Timestamp>,
    only: Option<Only>,
    #[each(range(min = 0))]
    prices: Option<Vec<Number>>,
    #[validate(length(equal = 2))]
    #[each(range(min = 1, max = 7))]
    days: Option<Vec<i64>>,
    kinds: Option<Vec<Kind>>,
    dates: Option<Vec<Timestamp>>,
    flags: Option<Vec<bool>>,
    #[validate(length(max = 2))]
    rooms: Option<Vec<Room>>,
    #[validate(email)]
    email: Option<String>,
    #[validate(url)]
    site: Option<String>,
    #[validate(length(max = 5))]
    #[model(nullable)]
    note: Option<String>,
    created_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Club,
    ConcertHall,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Only {
    One,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
pub(crate) struct Address {
    #[validate(length(min = 1, max = 10))]
    street: String,
    #[validate(range(min = 1))]
    number: i64,
    #[validate(length(max = 5))]
    zip: Option<String>,
    #[validate(length(max = 2))]
    #[each(length(max = 3))]
    names: Option<Vec<String>>,
    country: Country,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
pub(crate) struct Country {
    #[validate(length(equal = 2))]
    code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
pub(crate) struct Room {
    #[validate(length(min = 1))]
    name: String,
    seats: Option<i64>,
}

impl Resource for Venue {
    const PATH: &'static str = "/venues";
    const NOT_FOUND: &'static str = "Venue not found";
    const TABLE_VARIABLE: &'static str = "VENUES_TABLE";
}

/// A venue with all its fields.
pub(crate) const VENUE: &[u8] = br#"{
    "name": "n", "code": "abc", "open": true, "seats": 100, "rating": 4.35, "opensAt": "2026-06-01T10:00:00Z",
    "kind": "concert-hall", "tags": ["ab", "cd"],
    "address": {"street": "s", "number": 1, "zip": "z", "names": ["a", ""], "country": {"code": "de"}},
    "floor": -9007199254740991, "height": 1.7976931348623157e20, "depth": 1.7976931348623157e-3,
    "closesAt": "2026-06-02T00:00:00.5Z", "only": "one", "prices": [0, 0.1, 1e100], "days": [1, 7], "kinds": ["club"],
    "dates": ["2026-06-01T10:00:00Z"], "flags": [true, false], "rooms": [{"name": "r"}, {"name": "r", "seats": 1}],
    "email": "a@example.com", "site": "https://example.com", "note": ""
}"#;
