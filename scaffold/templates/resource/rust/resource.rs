//! `/api/{{ many.kebab }}`, in the table that `{{ many.shout }}_TABLE` names.

use routelet::{resource::Resource, store::Store};

use crate::models::{{ one.pascal }};

/// The {{ many.words }}, to do with what the [`Access`](routelet::store::Access) `A` allows.
pub type {{ many.pascal }}<A> = Store<{{ one.pascal }}, A>;

impl Resource for {{ one.pascal }} {
    const PATH: &'static str = "/api/{{ many.kebab }}";
    const NOT_FOUND: &'static str = "{{ one.sentence }} not found";
    const TABLE_VARIABLE: &'static str = "{{ many.shout }}_TABLE";
}
