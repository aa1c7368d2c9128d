//! `cargo scaffold new` and `init`, tried on this project. `.ci/run` also builds what they make, and runs its
//! tests.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;
use template::Document;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn scaffold(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scaffold"));
    command.arg("--folder").arg(folder).args(arguments).output().unwrap()
}

fn new(target: &Path, arguments: &[&str]) -> Output {
    let arguments = [&["new", target.to_str().unwrap()], arguments].concat();
    let output = scaffold(&here(), &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Each file with what is in it and its mode.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32)> {
    fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, u32)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, found);
            } else {
                let file = (fs::read(&path).unwrap(), mode(&path));
                found.insert(path.strip_prefix(root).unwrap().to_owned(), file);
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> u32 {
    0
}

fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let files = tree(folder).into_iter();
    files.filter_map(|(path, (bytes, _))| Some((path, String::from_utf8(bytes).ok()?))).collect()
}

#[test]
fn a_new_project_has_its_own_names_and_all_files_of_this_one() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("acme-orders");
    new(&target, &["--license", "MIT", "--holder", "Acme GmbH"]);

    let files = tree(&target);
    for (path, (_, mode)) in files.iter().filter(|(path, _)| here().join(path).exists()) {
        assert_eq!(*mode, self::mode(&here().join(path)), "{}", path.display());
    }
    for path in [".cargo/config.toml", ".github/workflows/ci.yml", ".gitignore", "functions/api/hello/get.rs"]
    {
        assert!(files.contains_key(Path::new(path)), "{path}");
    }
    for path in [".git", "target", "web/node_modules", "CargoLambda.toml", "LICENSE-APACHE", "docs/images"] {
        assert!(!target.join(path).exists(), "{path}");
    }

    let texts = texts(&target);
    let text = |path: &str| texts[Path::new(path)].as_str();
    assert!(text("README.md").starts_with("# Acme Orders\n"));
    assert!(text("openapi.yaml").contains("\n  title: Acme Orders\n"));
    assert!(text("samconfig.toml").contains("stack_name = \"acme-orders-prod\""));
    assert!(text("web/client/package.json").contains("\"name\": \"acme-orders-client\""));
    assert!(text("Cargo.toml").contains("license = \"MIT\""));
    assert!(text("LICENSE-MIT").contains("\nCopyright (c) Acme GmbH\n"));
    assert!(!text("routelet/LICENSE-MIT").contains("Acme"), "the kit stays that of its authors");
    assert!(text("routelet/Cargo.toml").contains("license = \"MIT OR Apache-2.0\""));
    for (path, text) in &texts {
        // They say where the project comes from, or make others.
        let is_of_kit = path.starts_with("scaffold")
            || ["NOTICE", "README.md", "routelet/LICENSE-MIT"].iter().any(|file| path == Path::new(file));
        for name in ["posts-and-tasks", "routelet-client", "Routelet"] {
            assert!(is_of_kit || !text.contains(name), "{} still has {name}", path.display());
        }
    }
    Document::parse(text("template.yaml")).unwrap();
    let sync = scaffold(&target, &["sync", "--check"]);
    assert!(sync.status.success(), "{}", String::from_utf8_lossy(&sync.stderr));
}

#[test]
fn the_links_of_a_new_project_lead_somewhere() {
    let folder = TempDir::new().unwrap();
    for (name, options) in [("my-api", &[][..]), ("bare", &["--without-demo"])] {
        let target = folder.path().join(name);
        new(&target, options);
        links_lead_somewhere(&target);
    }
}

/// Its texts name what it has.
#[test]
fn a_project_without_the_demo_says_nothing_of_it() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("my-api");
    let output = new(&target, &["--without-demo"]);
    let texts = texts(&target);
    for (path, words) in [
        ("README.md", &["the page", "/api/tasks", "posts", "1/40"][..]),
        ("RELEASE.md", &["--peers"]),
        ("bench/README.md", &["peers"]),
        ("docs/operations.md", &["Posts", "get-post"]),
        ("docs/performance.md", &["--peers", "Node.js"]),
        ("web/reference/index.html", &["API API"]),
    ] {
        for word in words {
            assert!(!texts[Path::new(path)].contains(word), "{path} has {word}");
        }
    }
    assert!(texts[Path::new("web/dist/reference.html")].contains("<title>My API reference</title>"));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("- `npm --prefix web install && npm --prefix web run types` writes"),
        "{printed}"
    );
}

fn links_lead_somewhere(target: &Path) {
    let texts = texts(target);
    let pages: Vec<_> =
        texts.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "md")).collect();
    let mut dead = Vec::new();
    for (path, text) in &pages {
        if path.starts_with("scaffold/templates") {
            continue;
        }
        for link in links(text) {
            let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = match to {
                "" => target.join(path),
                to => target.join(path).with_file_name(to),
            };
            let anchors = || fs::read_to_string(&to).map(|text| anchors(&text)).unwrap_or_default();
            if !to.exists() || !(anchor.is_empty() || anchors().contains(anchor)) {
                dead.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(pages.len() > 10 && dead.is_empty(), "{dead:#?}");
}

/// The links of a Markdown text to files, outside of code.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let links =
        prose.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| Some(rest.split_once(')')?.0));
    links.filter(|link| !link.contains("://") && !link.contains(' ')).collect()
}

/// What GitHub calls the headings of a text.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings =
        text.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#'));
    let anchor = |heading: &str| {
        let kept = heading.trim().to_lowercase();
        kept.chars()
            .filter(|it| it.is_alphanumeric() || " -_".contains(*it))
            .collect::<String>()
            .replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn nothing_is_written_over_and_a_dry_run_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("my-api");
    let listed = new(&target, &["--dry-run"]);
    assert!(!target.exists());
    new(&target, &[]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let listed: BTreeSet<_> =
        listed.lines().map(|line| Path::new(line).strip_prefix(&target).unwrap()).collect();
    let written = tree(&target);
    assert_eq!(listed, written.keys().map(PathBuf::as_path).collect());

    let again = scaffold(&here(), &["new", target.to_str().unwrap()]);
    let error = String::from_utf8(again.stderr).unwrap();
    assert!(!again.status.success() && error.contains("exists already"), "{error}");
    assert!(tree(&target) == written);
    for (name, words) in [("My_API", "lower-case letters"), (&"a".repeat(21), "at most 20")] {
        let refused =
            scaffold(&here(), &["new", folder.path().join("other").to_str().unwrap(), "--name", name]);
        let error = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && error.contains(words), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}

/// Such as `head`: what was to be written is, and nothing is said of a fault.
#[test]
fn a_reader_may_go_before_the_end() {
    let folder = TempDir::new().unwrap();
    for (name, options) in [("listed", &["--dry-run"][..]), ("made", &[])] {
        let target = folder.path().join(name);
        let mut child = Command::new(env!("CARGO_BIN_EXE_scaffold"))
            .arg("--folder")
            .arg(here())
            .arg("new")
            .arg(&target)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && error.is_empty(), "{error}");
        assert_eq!(target.join("README.md").exists(), options.is_empty());
    }
}

#[test]
fn init_makes_of_a_copy_what_new_makes() {
    let folder = TempDir::new().unwrap();
    let (target, copy) = (folder.path().join("my-api"), folder.path().join("copy/my-api"));
    let options = ["--license", "Apache-2.0 OR ISC", "--title", "Our Notes"];
    new(&target, &options);
    let made = tree(&target);
    copy_template(made.keys().cloned(), &copy);

    let init = scaffold(&copy, &[&["init"], &options[..]].concat());
    let printed = String::from_utf8(init.stdout).unwrap();
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    assert!(
        printed.contains("changed README.md\n") && printed.contains("- LICENSE: the text of ISC\n"),
        "{printed}"
    );
    let inited = tree(&copy);
    let paths = made.keys().chain(inited.keys());
    let differing: BTreeSet<_> = paths.filter(|path| inited.get(*path) != made.get(*path)).collect();
    assert!(differing.is_empty(), "{differing:?}");

    let again = scaffold(&copy, &["init"]);
    let error = String::from_utf8(again.stderr).unwrap();
    assert!(!again.status.success() && error.contains("is no template"), "{error}");
}

/// Copies this project as far as a new one has these files, and what a new one has not.
fn copy_template(files: impl Iterator<Item = PathBuf>, copy: &Path) {
    let others = ["CargoLambda.toml", "cargo-generate.toml", "LICENSE-MIT", "scaffold/tests/new.rs"]
        .map(PathBuf::from);
    for path in files.chain(others).filter(|path| here().join(path).exists()) {
        fs::create_dir_all(copy.join(&path).parent().unwrap()).unwrap();
        fs::copy(here().join(&path), copy.join(&path)).unwrap();
    }
}

/// A secret that nobody has told git to ignore stays where it is.
#[test]
fn only_what_git_tracks_is_copied() {
    let folder = TempDir::new().unwrap();
    let (target, copy) = (folder.path().join("my-api"), folder.path().join("copy"));
    new(&target, &[]);
    copy_template(tree(&target).into_keys(), &copy);
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        let git = git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
        assert!(git.arg("-C").arg(&copy).args(arguments).status().unwrap().success());
    };
    let made_of_copy = |name: &str| scaffold(&copy, &["new", folder.path().join(name).to_str().unwrap()]);

    git(&["init", "--quiet"]);
    let error = String::from_utf8(made_of_copy("early").stderr).unwrap();
    assert!(error.contains("it tracks no files; run `git add` first"), "{error}");

    git(&["add", "."]);
    fs::write(copy.join(".env"), "KEY=secret\n").unwrap();
    fs::write(copy.join("docs/api.md"), "As it is now.\n").unwrap();
    let output = made_of_copy("second");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("- what git does not track was not copied: .env\n"), "{printed}");
    let second = folder.path().join("second");
    assert!(!second.join(".env").exists());
    assert_eq!(fs::read_to_string(second.join("docs/api.md")).unwrap(), "As it is now.\n");

    let mut without_git = Command::new(env!("CARGO_BIN_EXE_scaffold"));
    let without_git = without_git.env("PATH", "").arg("--folder").arg(&copy);
    let output = without_git.arg("new").arg(folder.path().join("third")).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && error.starts_with("git: "), "{error}");

    fs::remove_dir_all(copy.join(".git")).unwrap();
    let output = made_of_copy("fourth");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("fourth/.env").exists(), "nobody knows what belongs to it");
    assert!(!folder.path().join("third").exists() && !folder.path().join("early").exists());
}

/// `cargo lambda new` takes a folder `template` for all there is. It always renders some files, whatever
/// `CargoLambda.toml` says.
#[test]
fn cargo_lambda_copies_this_project_as_it_is() {
    assert!(!here().join("template").is_dir());
    let folder = TempDir::new().unwrap();
    let listed = new(&folder.path().join("my-api"), &["--dry-run"]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let paths =
        listed.lines().map(|line| Path::new(line).strip_prefix(folder.path().join("my-api")).unwrap());
    let rendered = paths.filter(|path| {
        let below = path.parent().and_then(Path::file_name).unwrap_or_default();
        let name = path.file_name().unwrap();
        name == "Cargo.toml"
            || name == "README.md"
            || below == "bin"
            || (below == "src" && (name == "main.rs" || name == "lib.rs"))
    });
    let mut count = 0;
    for path in rendered {
        let text = fs::read_to_string(here().join(path)).unwrap();
        assert!(!text.contains("{{") && !text.contains("{%"), "{} would be rendered", path.display());
        count += 1;
    }
    assert!(count > 20, "{count}");
}

/// Without the demo, `openapi.yaml` lacks what nothing uses: the first route that needs a part of it brings
/// it along.
#[test]
fn a_route_of_a_project_without_the_demo_refers_to_nothing_that_is_not_there() {
    let folder = TempDir::new().unwrap();
    let project = folder.path().join("orders");
    new(&project, &["--without-demo"]);
    for (method, path) in [("POST", "/api/carts"), ("GET", "/api/carts/{id}")] {
        assert!(scaffold(&project, &["route", method, path]).status.success(), "{method} {path}");
        let contract = fs::read_to_string(project.join("openapi.yaml")).unwrap();
        let document: serde_json::Value = yaml_serde::from_str(&contract).unwrap();
        for rest in contract.split("\"#/").skip(1) {
            let pointer = format!("/{}", rest.split('"').next().unwrap());
            assert!(document.pointer(&pointer).is_some(), "{method} {path}: openapi.yaml has no {pointer}");
        }
        assert!(document["components"]["securitySchemes"]["bearer"].is_object());
    }
}
