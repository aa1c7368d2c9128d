//! `openapi.yaml` is in step with the code. That every exchange of a test keeps to it is checked by the
//! harness.

mod examples;
mod house;
mod limits;

use testkit::contract::Document;

use crate::app::APP;

/// The contract of this API.
fn openapi() -> &'static Document {
    APP.contract()
}
