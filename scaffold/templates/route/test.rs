#[test]
fn {{ test }}_answers() {
    let api = APP.start();
    api.request("{{ method }}", "{{ request_path }}", &[], "").assert({{ status }}, &json!({{ answer }}));
{% if of_one %}
    assert_eq!(api.post("{{ collection }}", RESOURCE.body).status, 201);
    api.get("{{ request_path }}").assert(200, &json!({{ of_one }}));
{% endif %}
}
