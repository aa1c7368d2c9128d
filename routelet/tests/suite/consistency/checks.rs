//! The checker can fail: histories made by hand, each with one flaw, and beside it the one that is fine.

use std::time::Duration;

use serde_json::json;

use super::{
    checker::{Judged, check},
    history::{Answered, Asked, Call, Fields, History, Kill, ORIGIN, Seen, Time},
};

fn at(time: u64) -> Time {
    Duration::from_millis(time)
}

fn fields(title: &str) -> Fields {
    let fields = json!({"title": title, ORIGIN: "origin"});
    fields.as_object().unwrap().clone()
}

fn title(title: &str) -> Fields {
    json!({"title": title}).as_object().unwrap().clone()
}

fn seen(id: u64, tag: &str, title: &str) -> Seen {
    Seen { id, tag: tag.to_owned(), created_at: "then".to_owned(), fields: fields(title) }
}

fn call((from, to): (u64, u64), asked: Asked, answer: Answered) -> Call {
    Call { from: at(from), to: at(to), function: "f".to_owned(), asked, answer }
}

/// A create that made an item.
fn made(time: (u64, u64), id: u64, tag: &str) -> Call {
    let mut fields = fields("new");
    fields.insert(ORIGIN.to_owned(), format!("origin-{id}").into());
    let item = Seen { fields: fields.clone(), ..seen(id, tag, "new") };
    call(time, Asked::Create { fields, key: None }, Answered::Created { item, is_replay: false })
}

fn created(time: (u64, u64), key: Option<&str>, answer: Answered) -> Call {
    call(time, Asked::Create { fields: fields("new"), key: key.map(str::to_owned) }, answer)
}

fn first(id: u64, tag: &str) -> Answered {
    Answered::Created { item: seen(id, tag, "new"), is_replay: false }
}

fn replay(id: u64, tag: &str) -> Answered {
    Answered::Created { item: seen(id, tag, "new"), is_replay: true }
}

fn changed(time: (u64, u64), text: &str, if_match: Option<&str>, answer: Answered) -> Call {
    call(time, Asked::Change { id: 1, fields: title(text), if_match: if_match.map(str::to_owned) }, answer)
}

fn deleted(time: (u64, u64), if_match: Option<&str>, answer: Answered) -> Call {
    call(time, Asked::Delete { id: 1, if_match: if_match.map(str::to_owned) }, answer)
}

fn got(time: (u64, u64), answer: Answered) -> Call {
    call(time, Asked::Get { id: 1, if_none_match: None }, answer)
}

fn page(time: (u64, u64), walk: usize, after: u64, ids: &[u64], has_next: bool) -> Call {
    let item = |id: u64| {
        let mut fields = fields("new");
        fields.insert(ORIGIN.to_owned(), format!("origin-{id}").into());
        (id, fields)
    };
    let items = ids.iter().map(|id| item(*id)).collect();
    call(time, Asked::Page { walk, after, limit: 2 }, Answered::Page { items, has_next })
}

fn item(tag: &str, title: &str) -> Answered {
    Answered::Item(seen(1, tag, title))
}

fn killed(time: u64) -> Kill {
    Kill { at: at(time), function: "f".to_owned() }
}

fn history(calls: &[Call], kills: &[Kill]) -> History {
    History { calls: calls.to_vec(), kills: kills.to_vec(), is_lossy: false }
}

#[track_caller]
fn assert_fine(calls: &[Call], kills: &[Kill]) -> Judged {
    check(&history(calls, kills)).unwrap_or_else(|wrong| panic!("{}", wrong.join("\n")))
}

#[track_caller]
fn assert_wrong(calls: &[Call], kills: &[Kill], why: &str) {
    let wrong = check(&history(calls, kills)).expect_err("a flaw that was not found").join("\n");
    assert!(wrong.contains(why), "{wrong}");
}

const UNEXPLAINED: &str = "no order explains all calls";

#[test]
fn an_honest_history_is_fine() {
    let judged = assert_fine(
        &[
            got((0, 1), Answered::NotFound),
            created((2, 3), None, first(1, "a")),
            got((4, 9), item("b", "x")), // it may see a change that has not been answered
            changed((5, 8), "x", Some("a"), item("b", "x")),
            changed((5, 9), "y", Some("a"), Answered::PreconditionFailed),
            changed((10, 14), "y", None, item("d", "y")),
            changed((10, 14), "z", None, item("c", "z")), // in the order that the next read tells
            got((15, 16), item("d", "y")),
            deleted((17, 18), Some("c"), Answered::PreconditionFailed),
            deleted((19, 20), Some("d"), Answered::Deleted(Some(fields("y")))),
            got((21, 22), Answered::NotFound),
            deleted((21, 22), None, Answered::NotFound),
        ],
        &[],
    );
    assert_eq!(judged, Judged { calls: 12, lost: 0, items: 1, unsure: 0 });
}

#[test]
fn a_lost_update_is_found() {
    let both = [
        created((0, 1), None, first(1, "a")),
        changed((2, 5), "x", Some("a"), item("b", "x")),
        changed((3, 6), "y", Some("a"), item("c", "y")),
    ];
    assert_wrong(&both, &[], "a lost update, both named one tag");
    assert_wrong(&both, &[], UNEXPLAINED);
    let deletes_too = [
        created((0, 1), None, first(1, "a")),
        changed((2, 5), "x", Some("a"), item("b", "x")),
        deleted((3, 6), Some("a"), Answered::Deleted(None)),
    ];
    assert_wrong(&deletes_too, &[], "a lost update, both named one tag");
    let outdated = [
        created((0, 1), None, first(1, "a")),
        changed((2, 3), "x", None, item("b", "x")),
        changed((4, 5), "y", Some("a"), item("c", "y")),
    ];
    assert_wrong(&outdated, &[], UNEXPLAINED);
}

/// Two changes of different fields both last.
#[test]
fn a_field_that_was_overwritten_by_a_change_of_another_is_found() {
    let other = |time, answer| {
        let fields = json!({"available": true}).as_object().unwrap().clone();
        call(time, Asked::Change { id: 1, fields, if_match: None }, answer)
    };
    let mut both = seen(1, "c", "x");
    both.fields.insert("available".to_owned(), true.into());
    let mut only_other = seen(1, "c", "new");
    only_other.fields.insert("available".to_owned(), true.into());
    let create = created((0, 1), None, first(1, "a"));
    let change = changed((2, 5), "x", None, item("b", "x"));
    assert_fine(&[create.clone(), change.clone(), other((3, 6), Answered::Item(both))], &[]);
    assert_wrong(&[create, change, other((3, 6), Answered::Item(only_other))], &[], UNEXPLAINED);
}

#[test]
fn a_refusal_without_a_reason_is_found() {
    let refused = |answer| [created((0, 1), None, first(1, "a")), changed((2, 3), "x", Some("a"), answer)];
    assert_wrong(&refused(Answered::PreconditionFailed), &[], UNEXPLAINED);
    assert_wrong(&refused(Answered::NotFound), &[], UNEXPLAINED);
    let refused =
        [created((0, 1), None, first(1, "a")), changed((2, 3), "x", None, Answered::PreconditionFailed)];
    assert_wrong(&refused, &[], "no answer to what was asked");
}

#[test]
fn a_write_that_was_refused_and_made_all_the_same_is_found() {
    let calls = [
        created((0, 1), None, first(1, "a")),
        changed((2, 3), "x", None, item("b", "x")),
        changed((4, 5), "y", Some("a"), Answered::PreconditionFailed),
        got((6, 7), item("c", "y")),
    ];
    assert_wrong(&calls, &[], UNEXPLAINED);
}

#[test]
fn a_stale_read_is_found() {
    let read =
        |read: Call| [created((0, 1), None, first(1, "a")), changed((2, 3), "x", None, item("b", "x")), read];
    assert_fine(&read(got((3, 5), item("a", "new"))), &[]);
    assert_wrong(&read(got((4, 5), item("a", "new"))), &[], UNEXPLAINED);
    assert_wrong(&read(got((4, 5), Answered::NotFound)), &[], UNEXPLAINED);
    let mut list = page((4, 5), 1, 0, &[1], false);
    if let Answered::Page { items, .. } = &mut list.answer {
        items[0].1 = fields("new");
    }
    assert_wrong(&read(list), &[], UNEXPLAINED);
    let not_modified = |tag: &str| {
        read(call((4, 5), Asked::Get { id: 1, if_none_match: Some(tag.to_owned()) }, Answered::NotModified))
    };
    assert_fine(&not_modified("b"), &[]);
    assert_wrong(&not_modified("a"), &[], UNEXPLAINED);
}

/// What one reader saw, the next one sees too.
#[test]
fn time_that_goes_backwards_is_found() {
    let reads = |one: Answered, next: Answered| {
        [
            created((0, 1), None, first(1, "a")),
            changed((2, 9), "x", None, item("b", "x")),
            got((3, 4), one),
            got((5, 6), next),
        ]
    };
    assert_fine(&reads(item("a", "new"), item("b", "x")), &[]);
    assert_wrong(&reads(item("b", "x"), item("a", "new")), &[], UNEXPLAINED);
}

#[test]
fn an_item_that_comes_back_is_found() {
    let after = |call: Call| {
        [created((0, 1), None, first(1, "a")), deleted((2, 3), None, Answered::Deleted(None)), call]
    };
    assert_wrong(&after(got((4, 5), item("a", "new"))), &[], UNEXPLAINED);
    assert_wrong(&after(changed((4, 5), "x", None, item("b", "x"))), &[], UNEXPLAINED);
    assert_wrong(&after(deleted((4, 5), None, Answered::Deleted(None))), &[], UNEXPLAINED);
    assert_wrong(&after(made((4, 5), 1, "b")), &[], "id 1 was given twice");
}

#[test]
fn ids_that_are_doubled_fall_or_come_from_nowhere_are_found() {
    assert_fine(&[made((0, 3), 2, "a"), made((1, 2), 1, "b")], &[]);
    assert_wrong(&[made((0, 1), 1, "a"), made((2, 3), 1, "b")], &[], "id 1 was given twice");
    assert_wrong(&[made((0, 1), 2, "a"), made((2, 3), 1, "b")], &[], "id 1 was given after a higher one");
    assert_wrong(&[got((0, 1), item("a", "new"))], &[], "item 1 was made by nobody");
}

#[test]
fn a_tag_of_two_states_and_a_time_that_changes_are_found() {
    let reads = |answer: Answered| [created((0, 1), None, first(1, "a")), got((2, 3), answer)];
    assert_wrong(&reads(item("a", "x")), &[], "one tag, two states");
    let later = Seen { created_at: "later".to_owned(), ..seen(1, "a", "new") };
    assert_wrong(&reads(Answered::Item(later)), &[], "item 1 was made at then and at later");
    let writes = [
        created((0, 1), None, first(1, "a")),
        changed((2, 3), "x", None, item("b", "x")),
        changed((4, 5), "x", None, item("b", "x")),
    ];
    assert_wrong(&writes, &[], "two writes made one tag");
    let known = call((2, 3), Asked::Get { id: 1, if_none_match: Some("a".to_owned()) }, item("a", "new"));
    assert_wrong(&[created((0, 1), None, first(1, "a")), known], &[], "no answer to what was asked");
}

#[test]
fn a_key_that_creates_twice_or_answers_differently_is_found() {
    let key = Some("k");
    assert_fine(
        &[
            created((0, 5), key, replay(1, "a")),
            created((1, 4), key, first(1, "a")),
            changed((6, 7), "x", None, item("b", "x")),
            created((8, 9), key, replay(1, "a")),
        ],
        &[],
    );
    let after = |answer| [created((0, 1), key, first(1, "a")), created((2, 3), key, answer)];
    assert_wrong(&after(first(2, "b")), &[], "key k made an item more than once");
    assert_wrong(&after(first(1, "a")), &[], "key k made an item more than once");
    assert_wrong(&after(replay(2, "b")), &[], "key k had two answers");
    assert_wrong(&after(replay(1, "b")), &[], "key k had two answers");
    assert_wrong(&after(Answered::KeyReused), &[], "refused with the body that it made its item of");
    assert_wrong(&[created((0, 1), key, replay(1, "a"))], &[], "no first request is there");
    assert_wrong(
        &[created((0, 1), key, replay(1, "a")), created((2, 3), key, first(1, "a"))],
        &[],
        "answered before its item was made",
    );
    assert_wrong(&[created((0, 1), None, replay(1, "a"))], &[], "no answer to what was asked");
}

#[test]
fn a_key_that_is_refused_for_nothing_or_taken_with_another_body_is_found() {
    let other = |time, answer| {
        call(time, Asked::Create { fields: fields("other"), key: Some("k".to_owned()) }, answer)
    };
    let make = |time| created(time, Some("k"), first(1, "a"));
    assert_fine(&[make((0, 1)), other((2, 3), Answered::KeyReused)], &[]);
    assert_wrong(&[make((2, 3)), other((0, 1), Answered::KeyReused)], &[], "refused as used before it was");
    assert_wrong(&[other((0, 1), Answered::KeyReused)], &[], "and nobody used it");
    assert_wrong(&[make((0, 1)), other((2, 3), replay(1, "a"))], &[], "key k made two different items");
}

/// What a killed function was asked may have happened, and may happen late, but only once and as asked.
#[test]
fn what_was_lost_may_have_happened() {
    let kills = [killed(3)];
    let lost = |call: Call| [created((0, 1), None, first(1, "a")), call];
    let change = || lost(changed((2, 4), "x", None, Answered::Lost));
    let with = |before: [Call; 2], after: &[Call]| [before.as_slice(), after].concat();
    assert_fine(&with(change(), &[got((5, 6), item("a", "new"))]), &kills);
    assert_fine(&with(change(), &[got((5, 6), item("b", "x"))]), &kills);
    assert_fine(&with(change(), &[got((5, 6), item("a", "new")), got((7, 8), item("b", "x"))]), &kills);
    assert_wrong(
        &with(change(), &[got((5, 6), item("b", "x")), got((7, 8), item("a", "new"))]),
        &kills,
        UNEXPLAINED,
    );
    assert_wrong(&with(change(), &[got((5, 6), item("b", "y"))]), &kills, UNEXPLAINED);
    assert_wrong(
        &with(change(), &[got((5, 6), item("b", "x")), got((7, 8), item("c", "x"))]),
        &kills,
        UNEXPLAINED,
    );
    let delete = || lost(deleted((2, 4), None, Answered::Lost));
    assert_fine(&with(delete(), &[got((5, 6), Answered::NotFound)]), &kills);
    assert_fine(&with(delete(), &[deleted((5, 6), None, Answered::NotFound)]), &kills);
    let outdated = lost(changed((2, 4), "x", Some("z"), Answered::Lost));
    assert_wrong(&with(outdated, &[got((5, 6), item("b", "x"))]), &kills, UNEXPLAINED);
    let create = [created((2, 4), None, Answered::Lost)];
    assert_fine(&create, &kills);
    assert_fine(&[create[0].clone(), got((5, 6), item("b", "new"))], &kills);
    let twice = Answered::Page { items: vec![(1, fields("new")), (2, fields("new"))], has_next: false };
    let twice = call((5, 6), Asked::Page { walk: 0, after: 0, limit: 9 }, twice);
    assert_wrong(&[create[0].clone(), twice], &kills, "item 2 was made by nobody");
}

#[test]
fn a_5xx_without_a_killed_function_is_found() {
    let lost = [got((5_000, 5_002), Answered::Lost)];
    assert_fine(&lost, &[killed(5_001)]);
    assert_fine(&lost, &[killed(4_500)]);
    assert_wrong(&lost, &[killed(5_003)], "no function was killed");
    assert_wrong(&lost, &[killed(1)], "no function was killed");
    assert_wrong(&lost, &[Kill { at: at(5_001), function: "g".to_owned() }], "no function was killed");
    assert_wrong(&[got((0, 1), Answered::Odd("500".to_owned()))], &[], "no answer to what was asked");
}

#[test]
fn a_walk_that_repeats_or_lacks_an_item_is_found() {
    let walk = |pages: &[Call]| {
        let made = [made((0, 1), 1, "a"), made((2, 3), 2, "b"), made((4, 5), 3, "c")];
        [made.as_slice(), pages].concat()
    };
    assert_fine(&walk(&[page((6, 7), 0, 0, &[1, 2], true), page((8, 9), 0, 2, &[3], false)]), &[]);
    let twice = walk(&[page((6, 7), 0, 0, &[1, 2], true), page((8, 9), 0, 1, &[2, 3], false)]);
    assert_wrong(&twice, &[], "is not in id order, each id once");
    let lacking = walk(&[page((6, 7), 0, 0, &[1, 2], true), page((8, 9), 0, 2, &[], false)]);
    assert_wrong(&lacking, &[], "lacks items that were there throughout: [3]");
    assert_wrong(&lacking, &[], UNEXPLAINED);
    let hole = walk(&[page((6, 7), 0, 0, &[1, 3], true), page((8, 9), 0, 3, &[], false)]);
    assert_wrong(&hole, &[], "lacks items that were there throughout: [2]");
    assert_wrong(&walk(&[page((6, 7), 0, 0, &[1, 2, 3], false)]), &[], "a page of more than 2");
    // One that was made or deleted on the way may be there or not.
    let late = walk(&[
        page((4, 7), 0, 0, &[1, 2], false),
        call((5, 6), Asked::Delete { id: 2, if_match: None }, Answered::Deleted(None)),
    ]);
    assert_fine(&late, &[]);
}

/// A function that is not sure says so of writes, and only where answers get lost. The write may have been
/// made, once.
#[test]
fn an_outcome_that_is_not_known_must_have_a_reason() {
    let unsure = |call: Call| [created((0, 1), None, first(1, "a")), call];
    let lossy = |calls: &[Call]| check(&History { is_lossy: true, ..history(calls, &[]) });
    let change = changed((2, 3), "x", None, Answered::Unsure);
    assert_wrong(&unsure(change.clone()), &[], "no answer to what was asked");
    assert_eq!(lossy(&unsure(change.clone())), Ok(Judged { calls: 2, lost: 0, items: 1, unsure: 1 }));
    assert!(lossy(&unsure(got((2, 3), Answered::Unsure))).is_err());
    let nothing = Asked::Change { id: 1, fields: Fields::new(), if_match: None };
    assert!(lossy(&unsure(call((2, 3), nothing, Answered::Unsure))).is_err());
    let then = |calls: &[Call]| lossy(&[unsure(change.clone()).as_slice(), calls].concat());
    let theirs = || changed((4, 5), "y", Some("a"), item("c", "y"));
    assert!(then(&[got((4, 5), item("b", "x"))]).is_ok());
    assert!(then(&[theirs(), got((6, 7), item("c", "y"))]).is_ok());
    // A repeat came through after somebody else's change, and the one before it.
    let first_seen = got((4, 5), item("b", "x"));
    let theirs = changed((6, 7), "y", Some("b"), item("c", "y"));
    assert!(then(&[first_seen.clone(), theirs.clone()]).is_ok());
    assert!(then(&[first_seen, theirs, got((8, 9), item("b", "x"))]).is_err());
    // One that was refused was not made.
    let refused =
        [changed((2, 3), "x", Some("a"), Answered::PreconditionFailed), got((4, 5), item("b", "x"))];
    assert!(lossy(&[[created((0, 1), None, first(1, "a"))].as_slice(), &refused].concat()).is_err());
}
