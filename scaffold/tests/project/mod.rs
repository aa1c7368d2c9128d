//! A copy of this project, to change.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use ignore::WalkBuilder;
use scaffold::cli::Command;
use tempfile::TempDir;

/// A copy of the workspace that these tests are in.
pub(crate) struct Project(TempDir);

impl Project {
    pub(crate) fn copy() -> Self {
        let folder = TempDir::new().unwrap();
        for (path, bytes) in files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))) {
            let target = folder.path().join(path);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
        Self(folder)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Runs a command on it; what is wrong, in its words.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<(), String> {
        let folder = self.folder().to_str().unwrap();
        let command = [&["cargo scaffold"], arguments, &["--folder", folder]].concat();
        let command = Command::try_parse_from(command).map_err(|error| error.to_string())?;
        command.run().map(|_| ()).map_err(|error| error.to_string())
    }

    /// Its resources by the end of their path, with the variable of their table.
    pub(crate) fn resources(&self) -> Vec<(String, String)> {
        let constant = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.contains(&format!("const {name}:")))?;
            Some(line.split('"').nth(1)?.rsplit('/').next()?.to_owned())
        };
        let folder = self.folder().join("shared/src/resources");
        let texts =
            fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
        texts
            .filter_map(|text| Some((constant(&text, "PATH")?, constant(&text, "TABLE_VARIABLE")?)))
            .collect()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder().join(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Its files and what is in them.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(self.folder())
    }

    /// Fails with the first line that differs.
    #[track_caller]
    pub(crate) fn assert_is(&self, expected: &BTreeMap<PathBuf, Vec<u8>>) {
        let found = self.files();
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found), names(expected));
        for (path, bytes) in expected {
            let [found, expected] = [&found[path], bytes].map(|bytes| String::from_utf8_lossy(bytes));
            for (at, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
                assert_eq!(found, expected, "{}:{}", path.display(), at + 1);
            }
            assert_eq!(found.len(), expected.len(), "{}", path.display());
        }
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = WalkBuilder::new(folder)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let files = walk.map(Result::unwrap).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}
