#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use tempfile::TempDir;

use super::{Change, Plan};

fn project() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir_all(folder.path().join("a/b")).unwrap();
    fs::write(folder.path().join("a/b/one.txt"), "1\n2\n").unwrap();
    fs::write(folder.path().join("two.txt"), "2\n").unwrap();
    folder
}

#[test]
fn nothing_is_written_before_all_of_it_is() {
    let folder = project();
    let mut plan = Plan::new(folder.path());
    plan.create("new/three.txt", "3\n").unwrap();
    plan.edit("two.txt", |text| Ok(format!("{text}three\n"))).unwrap();
    plan.edit("two.txt", |text| Ok(format!("{text}four\n"))).unwrap();
    plan.delete("a/b/one.txt").unwrap();
    assert_eq!(plan.read("two.txt").unwrap(), "2\nthree\nfour\n");
    assert!(plan.read("a/b/one.txt").is_err());
    assert_eq!(plan.files_in("a").unwrap().len(), 0);
    assert_eq!(plan.files_in("new").unwrap().len(), 1);
    assert!(!folder.path().join("new").exists());
    assert_eq!(fs::read_to_string(folder.path().join("two.txt")).unwrap(), "2\n");

    plan.write().unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("two.txt")).unwrap(), "2\nthree\nfour\n");
    assert_eq!(fs::read_to_string(folder.path().join("new/three.txt")).unwrap(), "3\n");
    assert!(!folder.path().join("a").exists(), "a folder without files goes, too");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = project();
    let mut plan = Plan::new(folder.path());
    assert!(plan.create("two.txt", "").is_err());
    plan.create("three.txt", "").unwrap();
    assert!(plan.create("three.txt", "").is_err(), "nor one of the plan");
    plan.delete("two.txt").unwrap();
    assert!(plan.create("two.txt", "").is_err(), "nor one that is about to go");
}

#[test]
fn the_diff_is_what_git_takes() {
    let folder = project();
    let mut plan = Plan::new(folder.path());
    plan.create("new.txt", "3\n").unwrap();
    plan.edit("a/b/one.txt", |text| Ok(text.replace('1', "one"))).unwrap();
    plan.edit("two.txt", |text| Ok(text.to_owned())).unwrap();
    assert_eq!(
        plan.diff(),
        "--- a/a/b/one.txt\n+++ b/a/b/one.txt\n@@ -1,2 +1,2 @@\n-1\n+one\n 2\n\
         --- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+3\n"
    );
    let changes: Vec<_> = plan.changes().map(|(change, _)| change).collect();
    assert_eq!(changes, [Change::Edited, Change::Created], "what stays the same is no change");
}
