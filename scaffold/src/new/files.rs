//! A project in another folder.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{Change, Error, Plan};

/// Whether a project can be put here: a folder that is not there yet, or that is empty, and not within the
/// other one.
pub(crate) fn check(target: &Path, project: &Path) -> Result<(), Error> {
    let failed = |error| Error::File(target.to_owned(), error);
    if fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) || target.is_file() {
        return Err(Error::Exists(target.to_owned()));
    }
    let target = std::path::absolute(target).map_err(failed)?;
    let there = target.ancestors().find_map(|folder| folder.canonicalize().ok());
    let project = project.canonicalize().map_err(failed)?;
    if there.is_some_and(|there| there.starts_with(project)) {
        return Err(Error::Wrong(format!(
            "{} is within this project: choose a folder beside it",
            target.display()
        )));
    }
    Ok(())
}

/// Writes the plan's project, with the plan's changes, into another folder: all of it, or nothing. Files keep
/// their modes.
pub(crate) fn copy(plan: &Plan, target: &Path) -> Result<(), Error> {
    let failed = |error| Error::File(target.to_owned(), error);
    let target = std::path::absolute(target).map_err(failed)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = target.with_file_name(format!(".{name}.new"));
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    fs::create_dir(&beside).map_err(|error| Error::File(beside.clone(), error))?;
    let copied = write(plan, &beside).and_then(|()| fs::rename(&beside, &target).map_err(failed));
    if copied.is_err() {
        // What went wrong before is the news.
        let _ = fs::remove_dir_all(&beside);
    }
    copied
}

fn write(plan: &Plan, target: &Path) -> Result<(), Error> {
    let changes: BTreeMap<_, _> = plan.changes().map(|(change, path)| (path, change)).collect();
    for path in plan.all_files()? {
        let failed = |error| Error::File(path.clone(), error);
        let (from, to) = (plan.folder().join(&path), target.join(&path));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        match changes.get(path.as_path()) {
            None => {
                fs::copy(&from, &to).map_err(failed)?;
            }
            Some(change) => {
                fs::write(&to, plan.read(&path)?).map_err(failed)?;
                if *change == Change::Edited {
                    let permissions = fs::metadata(&from).map_err(failed)?.permissions();
                    fs::set_permissions(&to, permissions).map_err(failed)?;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;

    fn project() -> TempDir {
        let folder = TempDir::new().unwrap();
        for (path, bytes) in [
            (".gitignore", &b"/target\n*.db\n"[..]),
            (".git/config", b""),
            (".github/ci.yml", b"on: push\n"),
            ("target/debug/x", b""),
            ("data/local.db", b""),
            ("a [1].txt", b"1\n"),
            ("gone.txt", b"1\n"),
            ("picture.png", &[0x89, 0xff, 0]),
            ("run", b"#!/bin/sh\n"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn a_copy_has_what_git_takes_with_the_changes_and_modes() {
        let folder = project();
        #[cfg(unix)]
        fs::set_permissions(folder.path().join("run"), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
        let mut plan = Plan::new(folder.path());
        plan.edit("run", |text| Ok(format!("{text}true\n"))).unwrap();
        plan.create("new.txt", "new\n").unwrap();
        plan.delete("gone.txt").unwrap();

        let other = TempDir::new().unwrap();
        let target = other.path().join("copies/one");
        check(&target, folder.path()).unwrap();
        copy(&plan, &target).unwrap();
        let expected = [".github/ci.yml", ".gitignore", "a [1].txt", "new.txt", "picture.png", "run"];
        assert_eq!(Plan::new(&target).all_files().unwrap(), expected.map(PathBuf::from));
        assert_eq!(fs::read(target.join("picture.png")).unwrap(), [0x89, 0xff, 0]);
        assert_eq!(fs::read_to_string(target.join("run")).unwrap(), "#!/bin/sh\ntrue\n");
        #[cfg(unix)]
        {
            let mode = fs::metadata(target.join("run")).unwrap().permissions();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o755);
        }
        assert!(folder.path().join("gone.txt").exists(), "the other project stays as it is");
        assert!(check(&target, folder.path()).is_err(), "nothing is written over");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_project_is_not_put_into_another() {
        let folder = project();
        assert!(check(&folder.path().join("a/b"), folder.path()).is_err());
        assert!(check(&folder.path().join("run"), folder.path()).is_err());
        let other = TempDir::new().unwrap();
        assert!(check(other.path(), folder.path()).is_ok(), "an empty folder may be there");
    }
}
