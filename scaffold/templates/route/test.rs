#[test]
fn {{ test }}_answers() {
    let api = APP.start();
    api.{{ verb }}("{{ request_path }}"{{ ', ""' if verb not in ["get", "delete"] }}).assert({{ status }}, &json!({{ answer }}));
{% if call %}
    assert_eq!(api.post("{{ collection }}", RESOURCE.body).status, 201);
{% if of_one %}
    api.get("{{ request_path }}").assert(200, &json!({{ of_one }}));
{% else %}
    let answer = api.get("{{ request_path }}");
    assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(1)));
{% endif %}
{% endif %}
}
