//! This API, and what its tests send.

use std::path::Path;

use testkit::App;

/// This API as it is deployed.
pub(crate) static APP: App =
    App::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."), env!("CARGO_BIN_EXE_hello"));

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    APP.folder()
}
