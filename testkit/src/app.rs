//! What is tested.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::contract::Document;

/// The variable that names a folder of functions that were built for Lambda.
const FUNCTIONS: &str = "FUNCTIONS_DIR";

/// An API to test: `template.yaml` and `openapi.yaml` in one folder, and the binaries of its functions.
///
/// ```
/// static APP: testkit::App = testkit::App::new(env!("CARGO_MANIFEST_DIR"), "target/debug/hello");
/// assert!(APP.folder().join("src/app.rs").exists());
/// ```
#[derive(Debug)]
pub struct App {
    folder: &'static str,
    binary: &'static str,
    contract: OnceLock<Document>,
}

impl App {
    /// `folder` holds the template and the contract; `binary` is one of its functions, as cargo has built it
    /// for the tests (`env!("CARGO_BIN_EXE_…")`). The others lie beside it.
    pub const fn new(folder: &'static str, binary: &'static str) -> Self {
        Self { folder, binary, contract: OnceLock::new() }
    }

    /// The folder of template and contract.
    pub fn folder(&self) -> &'static Path {
        Path::new(self.folder)
    }

    /// The template's file.
    pub fn template(&self) -> PathBuf {
        self.folder().join("template.yaml")
    }

    /// The folder of the functions' binaries: those that cargo has built for the tests, or those in
    /// `FUNCTIONS_DIR` if this app's are there.
    pub fn binaries(&self) -> PathBuf {
        let binary = Path::new(self.binary);
        let deployed = env::var_os(FUNCTIONS).map(PathBuf::from);
        let deployed = deployed.filter(|folder| folder.join(binary.file_name().unwrap()).exists());
        deployed.unwrap_or_else(|| binary.parent().unwrap().to_owned())
    }

    /// What its answers are held against.
    pub fn contract(&self) -> &Document {
        self.contract
            .get_or_init(|| Document::read(&fs::read_to_string(self.folder().join("openapi.yaml")).unwrap()))
    }
}
