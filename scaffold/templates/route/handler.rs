//! `{{ method }} {{ path }}`: 200 with {{ answer }}.

use std::process::ExitCode;

use routelet::{
{% if is_change %}
    auth::Authenticator,
{% endif %}
    http::{Request, Response, Result},
    lambda,
{% if call %}
    store::Read,
{% endif %}
};
{% if not call or call.operation == "exists" %}
use serde_json::json;
{% endif %}
{% if call %}
use shared::{models::{{ call.model }}, resources::{{ call.store }}};
{% endif %}

fn main() -> ExitCode {
    lambda::run("{{ failure }}", {{ function }})
}

async fn {{ function }}({{ request }}: Request, {{ state }}) -> Result {
{% if is_change %}
    authenticator.caller(&request)?;
{% endif %}
{% if call and takes_id %}
    let id = request.item_id::<{{ call.model }}>()?;
{% endif %}
{% if not call %}
{% for parameter in parameters %}
    let {{ parameter.rust }} = request.path_parameter("{{ parameter.name }}");
{% endfor %}
    Response::ok(&json!({{ json }}))
{% elif call.operation == "count" %}
    let filters = request.filters::<{{ call.model }}>()?;
    Response::ok(&{{ call.variable }}.count(&filters).await?)
{% elif call.operation == "exists" %}
    Response::ok(&json!({"exists": {{ call.variable }}.exists(id).await?}))
{% else %}
    Response::ok(&{{ call.variable }}.get(id).await?.item)
{% endif %}
}
