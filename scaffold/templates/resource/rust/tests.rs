//! `/api/{{ many.kebab }}` and `/api/{{ many.kebab }}/{id}`.

use routelet::resource::MAX_PAGE_ITEMS;
use serde_json::{Value, json};
{% if limits %}
use shared::models::{{ one.pascal }};
{% endif %}
use testkit::{Answer, Api{% if too_long_issues %}, length, too_big{% endif %}{% if uses_wrong_type %}, wrong_type{% endif %}};

use crate::{app::APP, resource::Resource, routes::{Event, Limit}};

/// What {{ many.words }} add to the tests of all routes.
pub(crate) const RESOURCE: Resource = Resource {
    path: "/api/{{ many.kebab }}",
    body: {{ least | rust_body }},
    example: ("{{ one.kebab }}", "create-{{ one.kebab }}", "whole"),
    failures: &[
        ("GET", "/api/{{ many.kebab }}", "Failed to fetch {{ many.words }}"),
        ("POST", "/api/{{ many.kebab }}", "Failed to create {{ one.words }}"),
        ("GET", "/api/{{ many.kebab }}/1", "Failed to fetch {{ one.words }}"),
{% if has_put %}
        ("PUT", "/api/{{ many.kebab }}/1", "Failed to update {{ one.words }}"),
{% endif %}
        ("PATCH", "/api/{{ many.kebab }}/1", "Failed to update {{ one.words }}"),
        ("DELETE", "/api/{{ many.kebab }}/1", "Failed to delete {{ one.words }}"),
    ],
    limits,
    events,
{% if filters %}
    tour,
{% else %}
    tour: |_| {},
{% endif %}
};
{% if has_integers %}

/// The largest whole number that JavaScript tells from the next.
const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;
{% endif %}

fn limits() -> Vec<Limit> {
    vec![
{% for limit in described %}
        ("/components/schemas/{{ limit.pointer }}", json!({{ limit.rust }})),
{% endfor %}
        (
            "/paths/~1api~1{{ many.kebab }}/get/responses/200/content/application~1json/schema/maxItems",
            json!(MAX_PAGE_ITEMS),
        ),
    ]
}

/// In an order in which each finds what it needs.
fn events() -> Vec<Event> {
    let first = item(1, &whole(), &json!("<now>"));
    vec![
        ("create-{{ one.kebab }}", 201, first.clone()),
        ("list-{{ many.kebab }}", 200, json!([first])),
        ("get-{{ one.kebab }}", 200, first.clone()),
{% if has_put %}
        ("put-{{ one.kebab }}", 200, with(first.clone(), &other())),
        ("patch-{{ one.kebab }}", 200, with(first, &with(other(), &json!({{ event_patch | rust(70) }})))),
{% else %}
        ("patch-{{ one.kebab }}", 200, with(first, &json!({{ event_patch | rust(50) }}))),
{% endif %}
        ("delete-{{ one.kebab }}", 200, json!({"message": "{{ one.sentence }} deleted"})),
    ]
}
{% if filters %}

/// Each filter reads an index.
fn tour(api: &Api) {
{% for filter in filters %}
    assert_eq!(api.get("/api/{{ many.kebab }}?{{ filter.json }}={{ filter.first_query }}").status, 200);
{% endfor %}
}
{% endif %}

{% if required %}
/// What {{ one.article }} needs.
{% else %}
/// Nothing is required.
{% endif %}
fn least() -> Value {
    json!({{ least | rust(10) }})
}

/// A value for every field.
fn whole() -> Value {
    json!({{ whole | rust(10) }})
}

/// Another one.
fn other() -> Value {
    json!({{ other | rust(10) }})
}

/// The {{ one.words }} that is made of these fields.
fn item(id: u64, fields: &Value, created_at: &Value) -> Value {
    let item = json!({{ defaults | rust(21) }});
    with(item, fields)
}

/// The same with other values of these fields.
fn with(mut item: Value, fields: &Value) -> Value {
    item.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    item
}

fn create(api: &Api, fields: &Value) -> Value {
    let made = api.post("/api/{{ many.kebab }}", fields.to_string());
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

#[track_caller]
fn assert_not_found(answer: &Answer) {
    answer.assert_error(404, "{{ one.sentence }} not found");
}

#[test]
fn post_answers_201_with_the_{{ one.snake }}_and_its_defaults() {
    let api = APP.start();
    let made = api.post("/api/{{ many.kebab }}", least().to_string());
    let first = item(1, &least(), &made.json()["createdAt"]);
    made.assert(201, &first);
    assert_eq!(made.header("location"), Some("/api/{{ many.kebab }}/1"));
    api.get("/api/{{ many.kebab }}/1").assert(200, &first);

    let second = create(&api, &whole());
    assert_eq!(second, item(2, &whole(), &second["createdAt"]));
    api.get("/api/{{ many.kebab }}").assert(200, &json!([first, second]));
    assert_not_found(&api.get("/api/{{ many.kebab }}/3"));
}

#[test]
fn every_broken_rule_is_told() {
    let api = APP.start();
    let {{ one.snake }} = create(&api, &whole());
    let broken = json!({{ broken | rust(23) }}).to_string();
    for answer in [
        api.post("/api/{{ many.kebab }}", &broken),
{% if has_put %}
        api.put("/api/{{ many.kebab }}/1", &broken),
{% endif %}
        api.patch("/api/{{ many.kebab }}/1", &broken),
    ] {
        answer.assert_error(
            400,
            json!([
{% for issue in broken_issues %}
                {{ issue.rust | rust(16) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
            ]),
        );
    }
{% if missing_issues %}
{% if has_put %}
    for answer in [api.post("/api/{{ many.kebab }}", "{}"), api.put("/api/{{ many.kebab }}/1", "{}")] {
        answer.assert_error(
            400,
            json!([
{% for issue in missing_issues %}
                {{ issue.rust | rust(16) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
            ]),
        );
    }
{% else %}
    api.post("/api/{{ many.kebab }}", "{}").assert_error(
        400,
        json!([
{% for issue in missing_issues %}
            {{ issue.rust | rust(12) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
        ]),
    );
{% endif %}
{% endif %}
    api.get("/api/{{ many.kebab }}").assert(200, &json!([{{ one.snake }}]));
}
{% if too_long_issues %}

#[test]
fn what_is_too_long_is_refused() {
    let api = APP.start();
    let too_long = json!({{ too_long | rust(25) }});
    api.post("/api/{{ many.kebab }}", with(whole(), &too_long).to_string()).assert_error(
        400,
        json!([
{% for issue in too_long_issues %}
            {{ issue | rust(12) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
        ]),
    );
{% if too_long_within_issues %}
    let too_long = json!({{ too_long_within | rust(25) }});
    api.post("/api/{{ many.kebab }}", with(whole(), &too_long).to_string()).assert_error(
        400,
        json!([
{% for issue in too_long_within_issues %}
            {{ issue | rust(12) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
        ]),
    );
{% endif %}
    api.get("/api/{{ many.kebab }}").assert(200, &json!([]));
}
{% endif %}

/// The longest texts of four-byte characters, also with the record of an idempotent create beside them.
#[test]
fn the_largest_{{ one.snake }}_is_stored() {
    let api = APP.start();
    let largest = json!({{ largest | rust(24) }});
    let made = create(&api, &largest);
    assert_eq!(made, item(1, &largest, &made["createdAt"]));
    api.get("/api/{{ many.kebab }}/1").assert(200, &made);
{% if has_put %}
    api.put("/api/{{ many.kebab }}/1", largest.to_string()).assert(200, &made);
{% endif %}
    api.patch("/api/{{ many.kebab }}/1", largest.to_string()).assert(200, &made);
    let once = api.request("POST", "/api/{{ many.kebab }}", &[("idempotency-key", "k")], largest.to_string());
    assert_eq!(once.status, 201);
}
{% for filter in filters %}

#[test]
fn list_is_filtered_by_{{ filter.name }}() {
    let api = APP.start();
    let [first, second] = [whole(), other()].map(|fields| create(&api, &fields));
    for (query, found) in [
        ("{{ filter.first_query }}", json!([first])),
        ("{{ filter.second_query }}", json!([second])),
        ("", json!([first, second])),
{% if filter.none_query is not none %}
        ("{{ filter.none_query }}", json!([])),
{% endif %}
    ] {
        api.get(&format!("/api/{{ many.kebab }}?{{ filter.json }}={query}")).assert(200, &found);
    }
{% if filter.wrong_issue is not none %}
    api.get("/api/{{ many.kebab }}?{{ filter.json }}={{ filter.wrong_query }}").assert_error(
        400,
        json!([{{ filter.wrong_issue | rust(15) }}]),
    );
{% endif %}
}
{% endfor %}
{% if has_put %}

#[test]
fn put_{% if is_least_whole %}changes_every_field{% else %}keeps_what_is_left_out{% endif %}() {
    let api = APP.start();
    let changed = with(create(&api, &other()), &least());
    api.put("/api/{{ many.kebab }}/1", least().to_string()).assert(200, &changed);
    let changed = with(changed, &whole());
    api.put("/api/{{ many.kebab }}/1", whole().to_string()).assert(200, &changed);
    api.get("/api/{{ many.kebab }}/1").assert(200, &changed);
    assert_not_found(&api.put("/api/{{ many.kebab }}/2", least().to_string()));
    assert_not_found(&api.put("/api/{{ many.kebab }}/x", least().to_string()));
}
{% endif %}

#[test]
fn patch_changes_what_is_given() {
    let api = APP.start();
    let mut {{ one.snake }} = create(&api, &whole());
    api.patch("/api/{{ many.kebab }}/1", "{}").assert(200, &{{ one.snake }});
    for (field, value) in other().as_object().unwrap() {
        {{ one.snake }}[field] = value.clone();
        api.patch("/api/{{ many.kebab }}/1", json!({field: value}).to_string()).assert(200, &{{ one.snake }});
    }
{% if optional | length == 1 %}
    {{ one.snake }}["{{ optional[0] }}"] = Value::Null;
    api.patch("/api/{{ many.kebab }}/1", r#"{"{{ optional[0] }}":null}"#).assert(200, &{{ one.snake }});
{% elif optional %}
    for field in [{% for field in optional %}"{{ field }}"{% if not loop.last %}, {% endif %}{% endfor %}] {
        {{ one.snake }}[field] = Value::Null;
        api.patch("/api/{{ many.kebab }}/1", json!({field: null}).to_string()).assert(200, &{{ one.snake }});
    }
{% endif %}
    api.get("/api/{{ many.kebab }}/1").assert(200, &{{ one.snake }});
{% if null_issues %}
    let nulls = json!({{ nulls | rust(22) }});
    api.patch("/api/{{ many.kebab }}/1", nulls.to_string()).assert_error(
        400,
        json!([
{% for issue in null_issues %}
            {{ issue.rust | rust(12) }}{{ '' if loop.first and loop.last else ',' }}
{% endfor %}
        ]),
    );
{% endif %}
    assert_not_found(&api.patch("/api/{{ many.kebab }}/2", "{}"));
}

#[test]
fn delete_answers_a_message_and_the_id_never_comes_back() {
    let api = APP.start();
    create(&api, &least());
    api.delete("/api/{{ many.kebab }}/1").assert(200, &json!({"message": "{{ one.sentence }} deleted"}));
    assert_not_found(&api.delete("/api/{{ many.kebab }}/1"));
    api.get("/api/{{ many.kebab }}").assert(200, &json!([]));
    assert_eq!(create(&api, &least())["id"], 2);
}
