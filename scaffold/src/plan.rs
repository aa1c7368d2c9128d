//! What a command is going to write. Nothing is written until all of it is known.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;
use similar::TextDiff;

use crate::{Error, format::formatted};

/// The files of a project as they are going to be. Nothing is written before [`Plan::write`].
#[derive(Debug)]
pub struct Plan {
    folder: PathBuf,
    /// The only files that belong to the project, if that is known.
    own: Option<BTreeSet<PathBuf>>,
    files: BTreeMap<PathBuf, File>,
    notes: Vec<String>,
}

/// A file before and after; `None` where it does not exist.
#[derive(Debug)]
struct File {
    before: Option<String>,
    after: Option<String>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Created,
    /// It is there, and changes.
    Edited,
    /// It goes.
    Deleted,
}

impl Plan {
    /// A plan for the project in this folder that changes nothing yet.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), own: None, files: BTreeMap::new(), notes: Vec::new() }
    }

    /// The project's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Has only these files belong to the project; those that do not any more.
    pub(crate) fn limit(&mut self, files: Vec<PathBuf>) -> Result<Vec<PathBuf>, Error> {
        let mut others = self.all_files()?;
        let own = self.own.insert(files.into_iter().collect());
        others.retain(|path| !own.contains(path));
        Ok(others)
    }

    /// Whether there is such a file after the changes so far.
    pub(crate) fn has(&self, path: impl AsRef<Path>) -> bool {
        match self.files.get(path.as_ref()) {
            Some(file) => file.after.is_some(),
            None => self.folder.join(path).is_file(),
        }
    }

    /// A file's text after the changes so far.
    pub(crate) fn read(&self, path: impl AsRef<Path>) -> Result<String, Error> {
        let path = path.as_ref();
        match self.files.get(path) {
            Some(File { after: Some(text), .. }) => Ok(text.clone()),
            Some(File { after: None, .. }) => {
                Err(Error::File(path.to_owned(), io::ErrorKind::NotFound.into()))
            }
            None => fs::read_to_string(self.folder.join(path))
                .map_err(|error| Error::File(path.to_owned(), error)),
        }
    }

    /// The files in a folder and below it, after the changes so far, in the order of their names.
    pub(crate) fn files_in(&self, folder: impl AsRef<Path>) -> Result<Vec<PathBuf>, Error> {
        let mut found = Vec::new();
        collect(&self.folder, folder.as_ref(), &mut found)
            .map_err(|error| Error::File(folder.as_ref().to_owned(), error))?;
        found.retain(|path| self.has(path) && self.own.as_ref().is_none_or(|own| own.contains(path)));
        let added = self.files.iter().filter(|(path, file)| {
            path.starts_with(&folder) && file.before.is_none() && file.after.is_some()
        });
        found.extend(added.map(|(path, _)| path.clone()));
        found.sort();
        Ok(found)
    }

    /// The files of the project, after the changes so far, in the order of their names.
    pub(crate) fn all_files(&self) -> Result<Vec<PathBuf>, Error> {
        let mut found = match &self.own {
            Some(own) => own.iter().cloned().collect(),
            None => self.walk()?,
        };
        found.retain(|path| self.has(path));
        let changed = self.changes().filter(|(change, _)| *change != Change::Deleted);
        found.extend(changed.map(|(_, path)| path.to_owned()));
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// The files in the folder that git would take, whether or not it is a checkout, and so not what
    /// `.gitignore` names.
    fn walk(&self) -> Result<Vec<PathBuf>, Error> {
        let walk = WalkBuilder::new(&self.folder)
            .hidden(false)
            .parents(false)
            .ignore(false)
            .git_global(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        let mut found = Vec::new();
        for entry in walk {
            let entry = entry.map_err(|error| Error::File(self.folder.clone(), io::Error::other(error)))?;
            if let Ok(path) = entry.path().strip_prefix(&self.folder)
                && entry.file_type().is_some_and(|kind| !kind.is_dir())
            {
                found.push(path.to_owned());
            }
        }
        Ok(found)
    }

    /// Those that are text, with their text.
    pub(crate) fn texts(&self) -> Result<Vec<(PathBuf, String)>, Error> {
        let files = self.all_files()?.into_iter();
        Ok(files.filter_map(|path| self.read(&path).ok().map(|text| (path, text))).collect())
    }

    /// A new file.
    ///
    /// # Errors
    /// Where there is one already: nothing is ever written over.
    pub(crate) fn create(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> Result<(), Error> {
        let path = path.into();
        if self.folder.join(&path).exists() || self.has(&path) {
            return Err(Error::Exists(path));
        }
        self.files.insert(path, File { before: None, after: Some(text.into()) });
        Ok(())
    }

    /// Changes a file.
    pub(crate) fn edit(
        &mut self,
        path: impl Into<PathBuf>,
        change: impl FnOnce(&str) -> Result<String, Error>,
    ) -> Result<(), Error> {
        let path = path.into();
        let text = self.read(&path)?;
        let after = change(&text).map_err(|error| error.within(&path))?;
        let before = Some(text);
        self.files.entry(path).or_insert(File { before, after: None }).after = Some(after);
        Ok(())
    }

    /// Changes a file if it is there: a part that somebody has removed needs no change.
    pub(crate) fn edit_if_there(
        &mut self,
        path: impl Into<PathBuf>,
        change: impl FnOnce(&str) -> Result<String, Error>,
    ) -> Result<(), Error> {
        let path = path.into();
        if self.has(&path) { self.edit(path, change) } else { Ok(()) }
    }

    /// Deletes a file if it is there.
    pub(crate) fn delete_if_there(&mut self, path: impl Into<PathBuf>) -> Result<(), Error> {
        let path = path.into();
        if self.has(&path) { self.delete(path) } else { Ok(()) }
    }

    /// Deletes a file.
    pub(crate) fn delete(&mut self, path: impl Into<PathBuf>) -> Result<(), Error> {
        let path = path.into();
        let before = match self.read(&path) {
            // A picture, whose lines nobody wants to see.
            Err(Error::File(_, error)) if error.kind() == io::ErrorKind::InvalidData => String::new(),
            before => before?,
        };
        self.files.entry(path).or_insert(File { before: Some(before), after: None }).after = None;
        Ok(())
    }

    /// Something that is left to do by hand, to be told at the end.
    pub(crate) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Forgets what was left to do so far.
    pub(crate) fn forget_notes(&mut self) {
        self.notes.clear();
    }

    /// What is left to do by hand.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Gives every Rust file of the plan its form.
    ///
    /// # Errors
    /// Where `rustfmt` refuses one, or is not there.
    pub fn format(&mut self) -> Result<(), Error> {
        for (path, file) in &mut self.files {
            if path.extension().is_some_and(|extension| extension == "rs")
                && let Some(text) = &file.after
            {
                file.after = Some(formatted(&self.folder, text).map_err(|error| error.within(path))?);
            }
        }
        Ok(())
    }

    /// What becomes of each file that changes.
    pub fn changes(&self) -> impl Iterator<Item = (Change, &Path)> {
        self.files.iter().filter_map(|(path, file)| {
            let change = match (&file.before, &file.after) {
                (None, Some(_)) => Change::Created,
                (Some(_), None) => Change::Deleted,
                (Some(before), Some(after)) if before != after => Change::Edited,
                _ => return None,
            };
            Some((change, path.as_path()))
        })
    }

    /// All changes as a diff that `git apply` takes.
    #[must_use]
    pub fn diff(&self) -> String {
        let mut all = String::new();
        for (change, path) in self.changes() {
            let file = &self.files[path];
            let [before, after] = [&file.before, &file.after].map(|text| text.as_deref().unwrap_or_default());
            let name = |prefix: &str, is_none: bool| {
                if is_none { "/dev/null".to_owned() } else { format!("{prefix}/{}", path.display()) }
            };
            let names = (name("a", change == Change::Created), name("b", change == Change::Deleted));
            let diff = TextDiff::from_lines(before, after);
            all += &diff.unified_diff().header(&names.0, &names.1).to_string();
        }
        all
    }

    /// Writes it. Each file is written beside its place first, so whoever ends this halfway has no half of
    /// one.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn write(&self) -> Result<(), Error> {
        for (change, path) in self.changes() {
            let whole = self.folder.join(path);
            let failed = |error| Error::File(path.to_owned(), error);
            match (change, &self.files[path].after) {
                (Change::Deleted, _) | (_, None) => {
                    fs::remove_file(&whole).map_err(failed)?;
                    remove_empty_folders(&self.folder, &whole);
                }
                (_, Some(text)) => write(&whole, text).map_err(failed)?,
            }
        }
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    fs::write(&beside, text)?;
    if let Ok(metadata) = fs::metadata(path) {
        fs::set_permissions(&beside, metadata.permissions())?; // a script stays one
    }
    fs::rename(beside, path)
}

fn remove_empty_folders(root: &Path, file: &Path) {
    let mut folder = file.parent();
    // `remove_dir` refuses a folder that has something in it, which ends this.
    while let Some(empty) = folder.filter(|folder| *folder != root && fs::remove_dir(folder).is_ok()) {
        folder = empty.parent();
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
