//! `--watch`: what changes takes over while requests come in.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;

use self::common::command::{LOCAL, Running, local, process_of};
use self::common::{Reply, request, runs};

const TEMPLATE: &str = "
Resources:
  One:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: one}}
    Properties: {CodeUri: code/, Timeout: 60, Events: {Get: {Type: HttpApi, Properties: {Path: /one, Method: GET}}}}
  Two:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: two}}
    Properties: {CodeUri: code/, Timeout: 60, Events: {Get: {Type: HttpApi, Properties: {Path: /two, Method: GET}}}}
";

/// How long a build may take on a machine that has other work.
const BUILD: Duration = Duration::from_mins(2);

/// A workspace whose functions share a library, and the command that serves it.
struct Project {
    folder: TempDir,
    running: Running,
    output: Arc<Mutex<String>>,
}

impl Project {
    fn serve(options: &[&str]) -> Self {
        Self::serve_with(Path::new(LOCAL), options)
    }

    fn serve_with(program: &Path, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("template.yaml", TEMPLATE),
            ("Cargo.toml", "[workspace]\nmembers = [\"code\"]\nresolver = \"3\"\n"),
            ("code/Cargo.toml", "[package]\nname = \"code\"\nedition = \"2024\"\n"),
            ("code/src/lib.rs", include_str!("functions/answer.rs")),
            ("code/src/bin/one.rs", &answering("one 1")),
            ("code/src/bin/two.rs", &answering("two 1")),
        ];
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        let options = [&["--memory", "--watch"], options].concat();
        let mut command = local(program, folder.path(), &options);
        command.env("CARGO_TARGET_DIR", folder.path().join("target"));
        let mut running = Running::start(command);
        let output = Arc::default();
        collect(running.stdout.take().unwrap(), &output);
        collect(running.child.stderr.take().unwrap(), &output);
        Self { folder, running, output }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn change(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    async fn get(&self, target: &str) -> Answered {
        get(&self.running.url, target).await
    }

    /// Waits until a route answers with this text.
    async fn answers(&self, target: &str, text: &str) -> Answered {
        let start = Instant::now();
        loop {
            let answer = self.get(target).await;
            if answer.text == text {
                return answer;
            }
            assert!(start.elapsed() < BUILD, "{target} answers {answer:?}: {}", self.output());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the command has said something.
    async fn says(&self, text: &str) {
        self.comes(text, || self.output().contains(text)).await;
    }

    async fn comes(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            assert!(start.elapsed() < BUILD, "{what} did not come: {}", self.output());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn output(&self) -> String {
        self.output.lock().unwrap().clone()
    }

    /// Requests one after the other, until the load is ended.
    fn load(&self, target: &'static str) -> Load {
        let (url, end) = (self.running.url.clone(), Arc::new(AtomicBool::new(false)));
        let ends = Arc::clone(&end);
        let texts = tokio::spawn(async move {
            let mut texts = Vec::new();
            while !ends.load(Relaxed) {
                texts.push(get(&url, target).await.text);
            }
            texts
        });
        Load { end, texts }
    }
}

/// A caller that goes on and on.
struct Load {
    end: Arc<AtomicBool>,
    texts: tokio::task::JoinHandle<Vec<String>>,
}

impl Load {
    /// Every request was answered with 200, and with these texts, each for some time.
    async fn saw(self, expected: &[&str]) {
        self.end.store(true, Relaxed);
        let mut texts = self.texts.await.expect("every answer is a 200");
        texts.dedup();
        assert_eq!(texts, expected);
    }
}

#[derive(Debug)]
struct Answered {
    text: String,
    pid: u64,
}

async fn get(url: &str, target: &str) -> Answered {
    let reply: Reply = request(url, "GET", target, &[], b"").await;
    assert_eq!(reply.status, 200, "{target}: {reply:?}");
    let Value::Object(answer) = reply.json() else { panic!("{reply:?}") };
    Answered { text: answer["text"].as_str().unwrap().to_owned(), pid: answer["pid"].as_u64().unwrap() }
}

fn answering(text: &str) -> String {
    format!("fn main() {{ code::answer({text:?}) }}")
}

/// As many editors do: another file, under the same name.
fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let new = path.with_extension("new");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

fn collect(mut from: impl Read + Send + 'static, to: &Arc<Mutex<String>>) {
    let to = Arc::clone(to);
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut bytes) {
            to.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    });
}

#[tokio::test]
async fn what_changes_takes_over_without_a_lost_request() {
    let project = Project::serve(&[]);
    let gate = project.path("gate");
    let target = format!("/one?gate={}", gate.display());
    let url = project.running.url.clone();
    let busy = tokio::spawn(async move { get(&url, &target).await });
    let (one, also_one, two) = (project.load("/one"), project.load("/one"), project.load("/two"));
    let before = (project.get("/one").await, project.get("/two").await);

    project.change("code/src/bin/one.rs", &answering("one 2"));
    project.answers("/one", "one 2").await;
    project.says("New from the next request on: One.").await;
    assert!(runs(before.1.pid), "what has not changed keeps its instances");
    project.comes("the end of an idle instance", || !runs(before.0.pid)).await;

    // Both are new; the one that is busy since the start still is what it was.
    project.change("code/src/lib.rs", &include_str!("functions/answer.rs").replace("{text}", "{text}!"));
    project.answers("/one", "one 2!").await;
    project.answers("/two", "two 1!").await;
    assert!(!busy.is_finished());
    fs::write(gate, "").unwrap();
    let old = busy.await.unwrap();
    assert_eq!(old.text, "one 1");
    project.comes("the end of the busy instance", || !runs(old.pid)).await;

    for load in [one, also_one] {
        load.saw(&["one 1", "one 2", "one 2!"]).await;
    }
    two.saw(&["two 1", "two 1!"]).await;
    let builds = || fs::read_dir(served(&project)).unwrap().count();
    project.comes("the removal of what nobody runs any more", || builds() == 1).await;
}

fn served(project: &Project) -> PathBuf {
    project.path("target/debug/served").join(project.running.child.id().to_string())
}

#[tokio::test]
async fn what_does_not_compile_is_told_and_what_was_there_serves_on() {
    let project = Project::serve(&[]);
    let load = project.load("/one");
    project.answers("/one", "one 1").await;
    project.change("code/src/bin/one.rs", "mod text;\nfn main() { code::answer(text::TEXT) }");
    project.says("file not found for module `text`").await;
    project.says("the functions could not be built").await;
    project.says("what was served is served on").await;
    // A file that no build has seen.
    project.change("code/src/bin/text/mod.rs", "pub const TEXT: &str = 2;");
    project.says("mismatched types").await;
    project.change("code/src/bin/text/mod.rs", "pub const TEXT: &str = \"one 2\";");
    project.answers("/one", "one 2").await;
    load.saw(&["one 1", "one 2"]).await;
}

#[tokio::test]
async fn the_template_is_read_again_when_it_changes() {
    let project = Project::serve(&[]);
    let load = project.load("/two");
    let two = project.answers("/two", "two 1").await;
    project.change("template.yaml", "Resources: {One: [");
    project.says("cannot use the template").await;
    let table = "
  Things:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
";
    let changed = TEMPLATE.replace("Path: /one", "Path: /uno").replacen(
        "Timeout: 60,",
        "Timeout: 60, Environment: {Variables: {SUFFIX: ' of its own'}},",
        1,
    );
    project.change("template.yaml", &format!("{changed}{table}"));
    project.says("New from the next request on: One.").await;
    assert_eq!(project.get("/uno").await.text, "one 1 of its own");
    assert_eq!(request(&project.running.url, "GET", "/one", &[], b"").await.status, 404);
    assert!(runs(two.pid), "what has not changed keeps its instances");
    load.saw(&["two 1"]).await;
    let tables = common::dynamodb(&project.running.dynamodb, "ListTables", serde_json::json!({})).await;
    assert_eq!(tables.json()["TableNames"], serde_json::json!(["Things"]));
}

#[tokio::test]
async fn a_change_overtakes_the_build_of_the_one_before() {
    let project = Project::serve(&[]);
    project.change("code/build.rs", "fn main() { std::thread::sleep(std::time::Duration::from_secs(1000)) }");
    project
        .change("code/Cargo.toml", "[package]\nname = \"code\"\nedition = \"2024\"\nbuild = \"build.rs\"\n");
    let script = || process_of(&project.path("target"), "build-script-build");
    project.comes("the build script", || script().is_some()).await;
    project.change("code/build.rs", "fn main() {}");
    project.change("code/src/bin/one.rs", &answering("one 2"));
    project.answers("/one", "one 2").await;
    assert_eq!(script(), None);
}

#[tokio::test]
async fn a_signal_during_a_build_ends_everything_at_once() {
    let mut project = Project::serve(&[]);
    let one = project.get("/one").await;
    project.change("code/build.rs", "fn main() { std::thread::sleep(std::time::Duration::from_secs(1000)) }");
    project
        .change("code/Cargo.toml", "[package]\nname = \"code\"\nedition = \"2024\"\nbuild = \"build.rs\"\n");
    let target = project.path("target");
    let script = || process_of(&target, "build-script-build");
    project.comes("the build script", || script().is_some()).await;
    assert!(served(&project).exists());
    let start = Instant::now();
    project.running.signal(Signal::INT);
    assert!(project.running.child.wait().unwrap().success());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    project.comes("the end of the build script", || script().is_none()).await;
    project.comes("the end of the instance", || !runs(one.pid)).await;
    assert!(!project.path("target/debug/served").exists());
}

#[tokio::test]
async fn release_builds_are_watched_too() {
    let project = Project::serve(&["--release"]);
    let load = project.load("/one");
    project.answers("/one", "one 1").await;
    project.change("code/src/bin/one.rs", &answering("one 2"));
    project.answers("/one", "one 2").await;
    load.saw(&["one 1", "one 2"]).await;
}

/// The command learns what it is made of as it learns it of functions: from the file that cargo puts beside
/// it.
#[tokio::test]
async fn a_change_of_the_server_itself_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (program, source) = (folder.path().join("local"), folder.path().join("server.rs"));
    fs::copy(LOCAL, &program).unwrap();
    fs::write(&source, "").unwrap();
    fs::write(folder.path().join("local.d"), format!("local: {}", source.display())).unwrap();
    let project = Project::serve_with(&program, &[]);
    fs::write(&source, "// changed").unwrap();
    project.says("server.rs is part of the local server itself: start it again").await;
    assert_eq!(project.output().matches("Finished").count(), 1, "nothing is built: {}", project.output());
}
