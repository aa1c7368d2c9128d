//! What a build read, by cargo's own account.
//! Source: "Build Cache" in The Cargo Book, dep-info files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::EventKind;
use notify::event::ModifyKind;

use crate::build::Built;

/// What cargo reads besides sources, in a package's folder or one above it that is a package or workspace,
/// too.
const SETTINGS: [&str; 5] =
    ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "rust-toolchain", ".cargo/config.toml"];

/// Files that the functions, and this program, are made of. Paths are canonical.
#[derive(Debug)]
pub(super) struct Inputs {
    /// The sources of each binary.
    binaries: BTreeMap<String, BTreeSet<PathBuf>>,
    /// The template and cargo's settings.
    common: BTreeSet<PathBuf>,
    local: BTreeSet<PathBuf>,
    packages: BTreeSet<PathBuf>,
    complete: bool,
}

/// Whom a change concerns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// The functions, and these binaries in particular.
    Functions(BTreeSet<String>),
    Local,
}

impl Inputs {
    /// The inputs of a build that succeeded.
    pub(super) fn of(built: &Built, template: &Path) -> Self {
        let mut inputs = Self {
            binaries: BTreeMap::new(),
            common: template.canonicalize().into_iter().collect(),
            local: BTreeSet::new(),
            packages: BTreeSet::new(),
            complete: true,
        };
        inputs.add(built);
        let local = std::env::current_exe().map(|path| dependencies(&path)).unwrap_or_default();
        inputs.local = local.into_iter().filter(|file| !inputs.is_of_functions(file)).collect();
        inputs
    }

    /// What another build has read, in place of what was read before for the same binaries.
    pub(super) fn add(&mut self, built: &Built) {
        let packages = built.packages.iter().filter_map(|path| path.canonicalize().ok());
        self.packages.extend(packages);
        for folder in self.packages.iter().flat_map(|package| package.ancestors()) {
            if folder.join(SETTINGS[0]).is_file() {
                self.common.extend(SETTINGS.map(|name| folder.join(name)));
            }
        }
        for (name, path) in &built.binaries {
            self.binaries.insert(name.clone(), dependencies(path));
        }
        self.complete = true;
    }

    fn is_of_functions(&self, file: &Path) -> bool {
        self.common.contains(file) || self.binaries.values().any(|sources| sources.contains(file))
    }

    /// A build has failed, and so said nothing of files that are new: any source in a package may be one.
    pub(super) fn may_be_more(&mut self) {
        self.complete = false;
    }

    /// All binaries.
    pub(super) fn binaries(&self) -> BTreeSet<String> {
        self.binaries.keys().cloned().collect()
    }

    /// The folders that hold inputs, or may come to.
    pub(super) fn folders(&self) -> BTreeSet<PathBuf> {
        let files = self.binaries.values().flatten().chain(&self.common).chain(&self.local);
        let mut folders: BTreeSet<_> = files.filter_map(|file| file.parent().map(Path::to_owned)).collect();
        self.packages.iter().for_each(|package| add_folders(package, &mut folders));
        folders
    }

    /// Whom it concerns that something happened to a path.
    pub(super) fn concern(&self, path: &Path, kind: EventKind) -> Option<Concern> {
        // A folder that comes, goes or gets another name is its files.
        let is_moved = !matches!(kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        let has = |files: &BTreeSet<PathBuf>| {
            files.contains(path) || (is_moved && files.iter().any(|file| file.starts_with(path)))
        };
        if has(&self.common) {
            return Some(Concern::Functions(self.binaries()));
        }
        let made_of_it = self.binaries.iter().filter(|(_, sources)| has(sources));
        let binaries: BTreeSet<_> = made_of_it.map(|(name, _)| name.clone()).collect();
        if !binaries.is_empty() || (!self.complete && self.may_be_input(path, kind)) {
            return Some(Concern::Functions(binaries));
        }
        has(&self.local).then_some(Concern::Local)
    }

    fn may_be_input(&self, path: &Path, kind: EventKind) -> bool {
        let is_source = path.extension().is_some_and(|extension| extension == "rs" || extension == "toml");
        let is_within = |package: &PathBuf| {
            path.strip_prefix(package).is_ok_and(|rest| !rest.iter().any(|name| is_hidden(Path::new(name))))
        };
        (is_source || matches!(kind, EventKind::Create(_)))
            && self.packages.iter().any(is_within)
            && !is_cached(path)
    }

    /// The binaries with an input that was written after the moment, `Cargo.lock` apart, which cargo itself
    /// writes. `None` where nothing was written.
    pub(super) fn changed_since(&self, moment: SystemTime) -> Option<BTreeSet<String>> {
        let now = SystemTime::now();
        let is_new = |file: &PathBuf| {
            let written = fs::metadata(file).and_then(|metadata| metadata.modified());
            written.is_ok_and(|written| moment < written && written <= now)
        };
        if self.common.iter().any(|file| !file.ends_with("Cargo.lock") && is_new(file)) {
            return Some(self.binaries());
        }
        let made_of_it = self.binaries.iter().filter(|(_, sources)| sources.iter().any(is_new));
        let names: BTreeSet<_> = made_of_it.map(|(name, _)| name.clone()).collect();
        (!names.is_empty()).then_some(names)
    }
}

/// The sources of a binary, from the `.d` file that cargo puts beside it: `target: source source…`. What the
/// build itself has written is none.
fn dependencies(binary: &Path) -> BTreeSet<PathBuf> {
    let text = fs::read_to_string(binary.with_extension("d")).unwrap_or_default();
    let sources = text.lines().filter_map(|line| line.split_once(": ")).flat_map(|(_, paths)| split(paths));
    sources.filter_map(|path| Path::new(&path).canonicalize().ok()).filter(|path| !is_cached(path)).collect()
}

/// Paths between spaces; one within a path is `\ `.
fn split(paths: &str) -> Vec<String> {
    const SPACE: &str = "\0";
    let paths = paths.replace("\\ ", SPACE);
    paths.split_whitespace().map(|path| path.replace(SPACE, " ")).collect()
}

/// A folder and those in it, but for hidden ones and those that hold what others have made.
fn add_folders(folder: &Path, all: &mut BTreeSet<PathBuf>) {
    all.insert(folder.to_owned());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let is_made = path.join("CACHEDIR.TAG").exists() || entry.file_name() == "node_modules";
        if is_folder && !is_made && !is_hidden(&path) {
            add_folders(&path, all);
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether it lies in a folder that can be made anew, such as cargo's target folder.
/// Source: "Cache Directory Tagging Specification".
fn is_cached(path: &Path) -> bool {
    path.ancestors().any(|folder| folder.join("CACHEDIR.TAG").exists())
}

#[cfg(test)]
mod tests;
