//! {{ many.sentence }}.

use routelet::model::{ {{- imports | join(", ") -}} };
use serde::{Deserialize, Serialize};

/// {{ one.article | capitalize }} as callers and the store see it.
{% if lints %}
#[expect({{ lints | join(", ") }}, reason = "callers see these fields")]
{% endif %}
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Model)]
#[serde(rename_all = "camelCase")]
#[model(new = New{{ one.pascal }}, changes = {{ one.pascal }}Changes)]
pub struct {{ one.pascal }} {
    id: Id,
{% for field in fields %}
{% for attribute in field.attributes %}
    {{ attribute }}
{% endfor %}
    {{ field.name }}: {{ field.rust }},
{% endfor %}
    created_at: Timestamp,
}
{% for field in fields if field.variants %}

/// The values of `{{ field.json }}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Choice)]
{% if field.case %}
#[serde(rename_all = "{{ field.case }}")]
{% endif %}
pub enum {{ field.enumeration }} {
{% for variant in field.variants %}
    /// `{{ variant.value }}`
    {{ variant.name }},
{% endfor %}
}
{% endfor %}
{% if limits %}

impl {{ one.pascal }} {
{% for limit in limits %}
    /// {{ limit.doc }}
    pub const {{ limit.name }}: u64 = {{ limit.value }};
{% endfor %}
}
{% endif %}
