//! `--watch`: what changes takes over while requests come in.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use self::common::command::{LOCAL, Running, local, process_of};
use self::common::{Reply, request, runs};

/// A template of functions that have the names of their binaries and routes.
fn template(functions: &[String]) -> String {
    let resource = |name: &String| {
        format!(
            "
  {id}:
    Type: AWS::Serverless::Function
    Metadata: {{BuildProperties: {{Binary: {name}}}}}
    Properties: {{CodeUri: code/, Timeout: 60, Events: {{Get: {{Type: HttpApi, Properties: {{Path: /{name}, Method: GET}}}}}}}}
",
            id = id(name)
        )
    };
    format!("Resources:{}", functions.iter().map(resource).collect::<String>())
}

fn id(name: &str) -> String {
    name[..1].to_uppercase() + &name[1..]
}

fn one_and_two() -> Vec<String> {
    vec!["one".to_owned(), "two".to_owned()]
}

/// The process of a build script.
const SCRIPT: &str = "build-script-build";
/// A build script's code.
const PAUSE: &str = "std::thread::sleep(std::time::Duration::from_millis(5));";
/// A build script's code: nothing, for longer than any test takes.
const SLEEP: &str = "std::thread::sleep(std::time::Duration::from_secs(1000))";

/// The library of all functions.
const ANSWER: &str = include_str!("functions/answer.rs");

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
        Self::serve_functions(program, options, &one_and_two())
    }

    fn serve_functions(program: &Path, options: &[&str], functions: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let template = template(functions);
        let files = [
            ("template.yaml", template.as_str()),
            ("Cargo.toml", "[workspace]\nmembers = [\"code\"]\nresolver = \"3\"\n"),
            ("code/Cargo.toml", "[package]\nname = \"code\"\nedition = \"2024\"\n"),
            ("code/src/lib.rs", ANSWER),
        ];
        for (path, text) in files {
            write(&folder.path().join(path), text);
        }
        for name in functions {
            let path = folder.path().join(format!("code/src/bin/{name}.rs"));
            write(&path, &answering(&format!("{name} 1")));
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

    /// A request that may take its time.
    fn ask(&self, target: &'static str) -> JoinHandle<Answered> {
        let url = self.running.url.clone();
        tokio::spawn(async move { get(&url, target).await })
    }

    /// Makes every build from now on run a script first, which does this.
    fn script(&self, code: &str) {
        self.change("code/build.rs", &format!("fn main() {{ {code} }}"));
        self.change(
            "code/Cargo.toml",
            "[package]\nname = \"code\"\nedition = \"2024\"\nbuild = \"build.rs\"\n",
        );
    }

    /// Waits until that script runs.
    async fn script_runs(&self) {
        let target = self.path("target");
        self.comes("the build script", || process_of(&target, SCRIPT).is_some()).await;
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
    texts: JoinHandle<Vec<String>>,
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
    project.change("code/src/lib.rs", &ANSWER.replace("{text}", "{text}!"));
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

/// Who saves a file and calls its route sees what was saved, however soon.
#[tokio::test]
async fn a_request_waits_for_the_build_of_what_it_calls() {
    let project = Project::serve(&[]);
    let gate = project.path("gate");
    let opened = format!("while !std::path::Path::new({gate:?}).exists() {{ {PAUSE} }}");
    project.change("code/src/bin/one.rs", &answering("one 2"));
    project.script(&opened);
    project.script_runs().await;
    let one = project.ask("/one");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!one.is_finished());
    fs::write(&gate, "").unwrap();
    assert_eq!(one.await.unwrap().text, "one 2");

    // A build that fails keeps nobody waiting.
    fs::remove_file(&gate).unwrap();
    project.script(&format!("{opened} panic!()"));
    project.script_runs().await;
    let one = project.ask("/one");
    fs::write(&gate, "").unwrap();
    assert_eq!(one.await.unwrap().text, "one 2");
    project.says("what was served is served on").await;
}

/// As many functions as are built at once at first, and two more that nobody has called.
async fn many() -> (Project, Vec<String>) {
    let at_first = std::thread::available_parallelism().map_or(1, usize::from).max(2);
    let called: Vec<_> = (0..at_first).map(|number| format!("called{number}")).collect();
    let all = [called.clone(), vec!["another".to_owned(), "broken".to_owned()]].concat();
    let project = Project::serve_functions(Path::new(LOCAL), &[], &all);
    for name in &called {
        project.get(&format!("/{name}")).await;
    }
    (project, called)
}

#[tokio::test]
async fn what_was_called_last_is_built_first() {
    let (project, called) = many().await;
    project.change("code/src/bin/broken.rs", "fn main() { code::missing() }");
    project.change("code/src/lib.rs", &ANSWER.replace("{text}", "{text}!"));
    for name in &called {
        project.answers(&format!("/{name}"), &format!("{name} 1!")).await;
    }
    project.says("cannot find function `missing`").await;
    project.says("what was served is served on").await;
    for name in ["another", "broken"] {
        assert_eq!(project.get(&format!("/{name}")).await.text, format!("{name} 1"));
    }
    project.change("code/src/bin/broken.rs", &answering("mended"));
    project.answers("/broken", "mended!").await;
    project.answers("/another", "another 1!").await;
}

#[tokio::test]
async fn what_a_request_waits_for_overtakes_the_rest() {
    let (project, _) = many().await;
    // The compiler reads from a pipe into which nobody writes.
    let pipe = project.path("code/src/bin/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    project.change("code/src/bin/broken.rs", "fn main() { code::answer(include_str!(\"pipe\")) }");
    project.change("code/src/lib.rs", &ANSWER.replace("{text}", "{text}!"));
    project.says("New from the next request on").await;
    let compiler = || process_of(project.folder.path(), "--crate-name broken");
    project.comes("the compiler", || compiler().is_some()).await;
    assert_eq!(project.get("/another").await.text, "another 1!");
    project.running.signal(Signal::INT);
    project.comes("the end of the compiler", || compiler().is_none()).await;
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
    let changed = template(&one_and_two()).replace("Path: /one", "Path: /uno").replacen(
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
    project.script(SLEEP);
    project.script_runs().await;
    project.change("code/build.rs", "fn main() {}");
    project.change("code/src/bin/one.rs", &answering("one 2"));
    project.answers("/one", "one 2").await;
    assert_eq!(process_of(&project.path("target"), SCRIPT), None);
}

#[tokio::test]
async fn a_signal_during_a_build_ends_everything_at_once() {
    let mut project = Project::serve(&[]);
    let one = project.get("/one").await;
    project.script(SLEEP);
    project.script_runs().await;
    assert!(served(&project).exists());
    let waiting = project.ask("/two");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let start = Instant::now();
    project.running.signal(Signal::INT);
    assert_eq!(waiting.await.unwrap().text, "two 1", "nobody builds any more: the old build answers");
    assert!(project.running.child.wait().unwrap().success());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let target = project.path("target");
    project.comes("the end of the build script", || process_of(&target, SCRIPT).is_none()).await;
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
