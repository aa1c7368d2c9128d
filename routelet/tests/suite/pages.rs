//! Lists in pages: `limit`, `cursor`, `Link`.

use serde_json::{Value, json};
use testkit::{Api, wrong_type};

use crate::app::{APP, LABEL, ids, walk};

fn create(api: &Api, author: &str) {
    let made = api.post("/books", json!({"title": "t", "author": author}).to_string());
    assert_eq!(made.status, 201, "{made:?}");
}

#[test]
fn a_list_is_walked_page_by_page() {
    let api = APP.start();
    assert_eq!(walk(&api, "/labels?limit=3"), [[0_u64; 0]]);
    for _ in 0..7 {
        assert_eq!(api.post("/labels", LABEL).status, 201);
    }
    assert_eq!(walk(&api, "/labels?limit=3"), [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    assert_eq!(walk(&api, "/labels?limit=7"), [vec![1, 2, 3, 4, 5, 6, 7]], "a full last page links nothing");
    assert_eq!(walk(&api, "/labels"), [vec![1, 2, 3, 4, 5, 6, 7]]);
    assert_eq!(walk(&api, "/labels?limit=1").len(), 7);
    api.delete("/labels/4");
    assert_eq!(walk(&api, "/labels?limit=3"), [vec![1, 2, 3], vec![5, 6, 7]]);
    let head = api.request("HEAD", "/labels?limit=3", &[], "");
    assert_eq!(head.next_page(), api.get("/labels?limit=3").next_page());
}

/// The link is relative, keeps `limit`, and its cursor carries the filter.
#[test]
fn a_filtered_list_is_walked_with_its_filter() {
    let api = APP.start();
    for number in 0..6 {
        create(&api, if number % 2 == 0 { "Jäne & Co" } else { "John" });
    }
    let first = api.get("/books?limit=2&author=J%C3%84NE+%26+co");
    assert_eq!(ids(&first), [1, 3]);
    let link = first.next_page().unwrap();
    assert!(link.starts_with("/books?author=j%C3%A4ne+%26+co&limit=2&cursor="), "{link}");
    assert_eq!(walk(&api, &link), [[5]]);
    let cursor = link.rsplit('=').next().unwrap();
    assert_eq!(ids(&api.get(&format!("/books?cursor={cursor}"))), [5], "the cursor carries the filter");
    assert_eq!(ids(&api.get(&format!("/books?author=j%C3%84NE+%26+CO&cursor={cursor}"))), [5]);
}

#[test]
fn a_limit_is_a_whole_number_from_1_to_1000() {
    let api = APP.start();
    let small = json!({"code": "too_small", "origin": "number", "minimum": 1, "inclusive": true, "path": ["limit"],
                       "message": "Too small: expected number to be >=1"});
    let big = json!({"code": "too_big", "origin": "number", "maximum": 1000, "inclusive": true, "path": ["limit"],
                     "message": "Too big: expected number to be <=1000"});
    for path in ["/books", "/books?author=a", "/labels"] {
        let with = |limit: &str| {
            api.get(&format!("{path}{}limit={limit}", if path.contains('?') { '&' } else { '?' }))
        };
        with("0").assert_error(400, json!([small]));
        with("1001").assert_error(400, json!([big]));
        let mut no_number = wrong_type("limit", "number", "NaN");
        no_number["received"] = json!("NaN");
        with("x").assert_error(400, json!([no_number]));
        assert_eq!((with("1e3").status, with("5.0").status, with("+5").status), (200, 200, 200));
        assert_eq!((with("1").status, with("1000").status, with("").status), (200, 200, 200));
    }
}

/// A cursor of another list, of another filter, damaged or put together by somebody is refused.
#[test]
fn a_cursor_is_checked() {
    let api = APP.start();
    for author in ["Jane", "Jane", "John", "John"] {
        create(&api, author);
        api.post("/labels", LABEL);
    }
    let cursor = |target: &str| api.get(target).next_page().unwrap().rsplit('=').next().unwrap().to_owned();
    let books = cursor("/books?limit=1");
    let janes = cursor("/books?limit=1&author=jane");
    let labels = cursor("/labels?limit=1");
    let damaged = format!("{}{}", if books.starts_with('B') { "C" } else { "B" }, &books[1..]);
    for target in [
        format!("/labels?cursor={books}"),
        format!("/books?cursor={labels}"),
        format!("/books?author=john&cursor={janes}"),
        format!("/books?author=jane&cursor={books}"),
        format!("/books?cursor={damaged}"),
        format!("/books?cursor={}", &books[..books.len() - 1]),
        format!("/books?cursor={books}A"),
        "/books?cursor=1".to_owned(),
        "/books?cursor=%00%FF".to_owned(),
        "/books?cursor=eyJpZCI6MX0".to_owned(),
        format!("/books?cursor={}", "A".repeat(5_000)),
    ] {
        api.get(&target).assert_error(400, "Invalid cursor");
    }
    assert_eq!(api.get("/books?cursor=").status, 200, "an empty one is none");
}

/// What is written while somebody walks shows up or not, but nothing that was there throughout is missed or
/// doubled.
#[test]
fn a_walk_beside_writes_sees_what_stays_once() {
    let api = APP.start();
    for _ in 0..10 {
        api.post("/labels", LABEL);
    }
    let first = api.get("/labels?limit=4");
    api.delete("/labels/2");
    api.delete("/labels/6");
    api.post("/labels", r#"{"title":"new"}"#);
    api.patch("/labels/9", r#"{"note":"n"}"#);
    let rest = walk(&api, &first.next_page().unwrap());
    assert_eq!(ids(&first), [1, 2, 3, 4]);
    assert_eq!(rest, [vec![5, 7, 8, 9], vec![10, 11]]);
}

/// Lambda answers 6 MB at most, and a quote in a text takes four bytes of them.
#[test]
fn a_page_ends_at_about_4_mib() {
    let api = APP.start();
    let large = "\"".repeat(262_144);
    for _ in 0..12 {
        let made = api.post("/books", json!({"title": "t", "author": "a", "content": large}).to_string());
        assert_eq!(made.status, 201);
    }
    for target in ["/books", "/books?author=a"] {
        let pages = walk(&api, target);
        assert_eq!(pages.concat(), (1..=12).collect::<Vec<_>>());
        assert!(pages.len() > 2, "{pages:?}");
    }
    let bytes = api.get("/books").body.len();
    assert!((1_500_000..4_500_000).contains(&bytes), "{bytes} bytes");
}

fn item(id: u64) -> Value {
    json!({"pk": {"S": format!("items#{}", (id - 1) / 10_000)}, "id": {"N": id.to_string()},
           "title": {"S": "t"}, "note": {"NULL": true},
           "createdAt": {"S": "2026-06-01T10:00:00.000Z"}, "version": {"S": "0123456789abcdef"}})
}

/// What a request costs in calls of DynamoDB: seen by a proxy before the database of an API of the test's
/// own.
mod costs {
    use serde_json::json;
    use testkit::Watched;

    use super::{ids, item};
    use crate::app::APP;

    /// However many items are asked for and however large they are, little more is read than fits into the
    /// page.
    #[test]
    fn the_units_of_a_page_are_bounded() {
        let watched = Watched::start(&APP);
        let body = json!({"title": "t", "author": "a", "content": "c".repeat(262_144)}).to_string();
        for _ in 0..30 {
            assert_eq!(watched.api.post("/books", &body).status, 201);
        }
        for filter in ["", "&author=a"] {
            watched.units();
            let page = watched.api.get(&format!("/books?limit=1000{filter}"));
            assert!(page.next_page().is_some(), "all of it in one page");
            let units = watched.units();
            assert!((1_000..=1_400).contains(&units), "{units} units for 4 MiB");
            let few = watched.api.get(&format!("/books?limit=2{filter}"));
            assert_eq!(ids(&few), [1, 2]);
            let units = watched.units();
            assert!(units < 250, "{units} units for three items of 64");
        }
    }

    /// The cost of a page does not depend on where it lies, and a million deleted rows make pages short, not
    /// slow.
    #[test]
    fn the_cost_of_a_page_is_bounded() {
        let watched = Watched::start(&APP);
        let api = &watched.api;
        for id in [1, 2, 3, 500_001, 500_002, 500_003, 500_004, 1_000_000] {
            api.dynamodb("PutItem", &json!({"TableName": "LabelsTable", "Item": item(id)}));
        }
        let counter = json!({"pk": {"S": "counter"}, "id": {"N": "0"}, "lastId": {"N": "1000000"}});
        api.dynamodb("PutItem", &json!({"TableName": "LabelsTable", "Item": counter}));

        watched.units();
        let mut target = Some("/labels?limit=2".to_owned());
        let (mut seen, mut pages) = (Vec::new(), 0);
        while let Some(page) = target {
            let answer = api.get(&page);
            let operations = watched.operations();
            assert!(operations.len() <= 17, "{page}: {operations:?}");
            assert_eq!(
                operations.iter().filter(|operation| *operation == "GetItem").count(),
                1,
                "{operations:?}"
            );
            assert!(
                watched.units() <= operations.len(),
                "a unit for each question is enough for so few items"
            );
            seen.extend(ids(&answer));
            pages += 1;
            target = answer.next_page();
        }
        assert_eq!(seen, [1, 2, 3, 500_001, 500_002, 500_003, 500_004, 1_000_000]);
        assert!(pages < 15, "{pages} pages for 100 ranges");

        // Deep in the list a full page costs what the first one does.
        for id in 600_001..=600_030 {
            api.dynamodb("PutItem", &json!({"TableName": "LabelsTable", "Item": item(id)}));
        }
        let mut page = api.get("/labels?limit=2");
        while ids(&page).first() != Some(&600_001) {
            page = api.get(&page.next_page().unwrap());
        }
        watched.operations();
        for _ in 0..5 {
            page = api.get(&page.next_page().unwrap());
            assert_eq!(ids(&page).len(), 2);
            assert_eq!(watched.operations(), ["GetItem", "Query"]);
        }
    }
}
