use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::EventKind;
use notify::event::{CreateKind, DataChange, MetadataKind, ModifyKind, RemoveKind};

use super::{Concern, Inputs, split};
use crate::build::Built;

const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
const TOUCHED: EventKind = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
const CREATED: EventKind = EventKind::Create(CreateKind::Any);
const REMOVED: EventKind = EventKind::Remove(RemoveKind::Any);

/// A built workspace: one package, which includes a text and a file that its build wrote.
fn workspace() -> (tempfile::TempDir, PathBuf, Inputs) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let files = [
        "template.yaml",
        "Cargo.toml",
        "README.md",
        "code/Cargo.toml",
        "code/src/main.rs",
        "code/src/a text.md",
        "code/tests/main.rs",
        "code/.git/x.rs",
        "target/debug/out/made.rs",
        "target/CACHEDIR.TAG",
        "target/debug/f",
    ];
    for file in files {
        fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
        fs::write(root.join(file), "").unwrap();
    }
    let at = root.display();
    let sources =
        format!("{at}/code/../code/src/main.rs {at}/code/src/a\\ text.md {at}/target/debug/out/made.rs");
    fs::write(root.join("target/debug/f.d"), format!("{at}/target/debug/f: {sources}\n")).unwrap();
    let built = Built {
        binaries: BTreeMap::from([("f".to_owned(), root.join("target/debug/f"))]),
        packages: [root.join("code")].into(),
    };
    let inputs = Inputs::of(&built, &root.join("template.yaml"));
    (folder, root, inputs)
}

fn functions(binaries: &[&str]) -> Concern {
    Concern::Functions(binaries.iter().map(|binary| (*binary).to_owned()).collect())
}

#[test]
fn only_what_a_build_reads_is_an_input() {
    let (_folder, root, inputs) = workspace();
    let concern = |path: &str, kind| inputs.concern(&root.join(path), kind);
    for input in [
        "template.yaml",
        "Cargo.toml",
        "Cargo.lock",
        "code/Cargo.toml",
        "code/src/main.rs",
        "code/src/a text.md",
    ] {
        assert_eq!(concern(input, WRITTEN), Some(functions(&["f"])), "{input}");
        assert_eq!(concern(input, REMOVED), Some(functions(&["f"])), "{input}");
    }
    for other in [
        "README.md",
        "code/tests/main.rs",
        "code/src/new.rs",
        "target/debug/out/made.rs",
        "target/debug/f",
        "code/.git/x.rs",
    ] {
        assert_eq!(concern(other, WRITTEN), None, "{other}");
        assert_eq!(concern(other, CREATED), None, "{other}");
    }
}

#[test]
fn a_source_concerns_the_binaries_that_are_made_of_it() {
    let (_folder, root, mut inputs) = workspace();
    let main = root.join("code/src/main.rs");
    let only_g = root.join("code/src/g.rs");
    fs::write(&only_g, "").unwrap();
    fs::write(root.join("target/debug/g.d"), format!("g: {} {}\n", main.display(), only_g.display()))
        .unwrap();
    let binaries = BTreeMap::from([("g".to_owned(), root.join("target/debug/g"))]);
    inputs.add(&Built { binaries: binaries.clone(), ..Built::default() });
    assert_eq!(inputs.concern(&main, WRITTEN), Some(functions(&["f", "g"])));
    assert_eq!(inputs.concern(&only_g, WRITTEN), Some(functions(&["g"])));
    assert_eq!(inputs.concern(&root.join("Cargo.toml"), WRITTEN), Some(functions(&["f", "g"])));

    // Another build of one of them replaces what it was made of before.
    fs::write(root.join("target/debug/g.d"), format!("g: {}\n", only_g.display())).unwrap();
    inputs.add(&Built { binaries, ..Built::default() });
    assert_eq!(inputs.concern(&main, WRITTEN), Some(functions(&["f"])));
}

#[test]
fn a_folder_that_goes_takes_its_files_along() {
    let (_folder, root, inputs) = workspace();
    assert_eq!(inputs.concern(&root.join("code/src"), REMOVED), Some(functions(&["f"])));
    assert_eq!(inputs.concern(&root.join("code/src"), TOUCHED), None);
}

#[test]
fn after_a_failed_build_any_source_of_a_package_may_be_one() {
    let (_folder, root, mut inputs) = workspace();
    inputs.may_be_more();
    let concern = |path: &str, kind| inputs.concern(&root.join(path), kind);
    for input in ["code/src/new.rs", "code/src/deep/er/new.rs", "code/tests/main.rs"] {
        assert_eq!(concern(input, WRITTEN), Some(functions(&[])), "{input}");
    }
    assert_eq!(concern("code/src/new.txt", CREATED), Some(functions(&[])), "it may be included");
    for other in ["README.md", "other.rs", "code/.git/x.rs", "target/debug/out/made.rs", "code/data.sqlite"] {
        assert_eq!(concern(other, WRITTEN), None, "{other}");
    }
}

#[test]
fn folders_are_those_of_the_sources_and_packages() {
    let (_folder, root, inputs) = workspace();
    let folders = inputs.folders();
    for folder in ["", "code", "code/src", "code/tests"] {
        assert!(
            folders
                .contains(Path::new(root.join(folder).as_os_str().to_str().unwrap().trim_end_matches('/'))),
            "{folder}"
        );
    }
    for folder in ["target", "target/debug", "code/.git"] {
        assert!(!folders.contains(&root.join(folder)), "{folder}");
    }
}

#[test]
fn what_was_written_during_a_build_is_noticed() {
    let before = SystemTime::now() - std::time::Duration::from_mins(1);
    let (_folder, _root, inputs) = workspace();
    assert_eq!(inputs.changed_since(before), Some(["f".to_owned()].into()));
    assert_eq!(inputs.changed_since(SystemTime::now()), None);
}

#[test]
fn paths_may_hold_spaces() {
    assert_eq!(split("/a/b.rs /a/c\\ d.rs"), ["/a/b.rs", "/a/c d.rs"]);
}
