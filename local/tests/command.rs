//! The command itself: faults at its start, its end with and without warning, and building the functions.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a test that cannot be set up has failed

mod common;

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::json;

use self::common::command::{LOCAL, Running, built, folder, local, package, process_of};
use self::common::{ANY, TABLE, bin_folder, dynamodb, kill, request, runs, soon};

fn fails(mut command: Command, expected: &str) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{stderr}");
    assert!(stderr.contains(expected), "{stderr}");
    assert!(stderr.starts_with("local: ") && stderr.lines().count() == 1, "one sentence: {stderr}");
    assert!(stdout.is_empty(), "nothing is announced");
}

#[test]
fn a_template_that_cannot_be_read_is_told_in_one_sentence() {
    let folder = folder("a: [");
    fails(built(folder.path(), &[]), "cannot use the template template.yaml: ");
    fails(built(folder.path(), &["--template", "gone.yaml"]), "gone.yaml: No such file");
    fails(built(folder.path(), &["--template", "."]), "Is a directory");
    std::fs::write(folder.path().join("template.yaml"), "just text").unwrap();
    fails(built(folder.path(), &[]), "it has no Resources");
    std::fs::write(folder.path().join("template.yaml"), ANY.replace("Timeout: 10", "Timeout: !Ref Gone"))
        .unwrap();
    fails(
        built(folder.path(), &[]),
        "resource Any, property Timeout: the template has no parameter or resource Gone",
    );
}

#[test]
fn a_missing_binary_is_told_in_one_sentence() {
    let folder = folder(&ANY.replace("misbehave", "gone"));
    fails(built(folder.path(), &[]), "function Any needs the binary gone, which was not built");
}

#[test]
fn a_port_in_use_is_told_in_one_sentence() {
    let folder = folder(ANY);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut command = Command::new(LOCAL);
    command.current_dir(folder.path()).args(["--memory", "--port", &port, "--binaries"]).arg(bin_folder());
    fails(command, &format!("port {port} is in use by another program; choose one with --port"));
    fails(built(folder.path(), &["--memory", "--dynamodb-port", &port]), "choose one with --dynamodb-port");
}

#[test]
fn a_database_that_cannot_be_used_is_told_in_one_sentence() {
    let folder = folder(ANY);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("dynamodb.sqlite"), "not a database at all").unwrap();
    fails(built(folder.path(), &["--data", "data"]), "it is not a SQLite database");
    std::fs::remove_file(data.join("dynamodb.sqlite")).unwrap();
    let _running = Running::start(built(folder.path(), &["--data", "data"]));
    fails(built(folder.path(), &["--data", "data"]), "another `local` is running on it");
}

#[test]
fn an_unknown_option_is_a_usage_error() {
    let output = local(Path::new(LOCAL), Path::new("."), &["--nonsense"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let help = local(Path::new(LOCAL), Path::new("."), &["--help"]).output().unwrap();
    assert!(help.status.success());
    for option in [
        "--host",
        "--port",
        "--allow-host",
        "--data",
        "--memory",
        "--release",
        "--template",
        "--concurrency",
        "--binaries",
        "--watch",
        "--only-dynamodb",
    ] {
        assert!(String::from_utf8_lossy(&help.stdout).contains(option), "{option}");
    }
}

#[test]
fn the_start_tells_routes_database_and_data() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let running = Running::start(built(folder.path(), &[]));
    for expected in [
        "$default  Any",
        "aws dynamodb scan --table-name things --endpoint-url http://127.0.0.1:",
        "Data      .local/dynamodb.sqlite",
    ] {
        assert!(running.banner.contains(expected), "{expected}: {}", running.banner);
    }
    assert!(folder.path().join(".local/dynamodb.sqlite").is_file());
}

/// `cargo run` does the same in every folder of a workspace: the template, its data and its binaries are the
/// nearest ones above.
#[test]
fn a_folder_below_serves_the_same_template_and_data() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let below = folder.path().join("docs/pictures");
    std::fs::create_dir_all(&below).unwrap();
    let running = Running::start(built(&below, &[]));
    assert!(running.banner.contains("$default  Any"), "{}", running.banner);
    assert!(running.banner.contains("../../.local/dynamodb.sqlite"), "{}", running.banner);
    assert!(folder.path().join(".local/dynamodb.sqlite").is_file());
}

/// The first thing that a person can open is the first thing that is told.
#[test]
fn the_start_leads_with_what_a_person_opens() {
    let home = "Events: {All: {Type: HttpApi}, Home: {Type: HttpApi, Properties: {Path: /, Method: GET}}}";
    let folder = folder(&ANY.replace("Events: {All: {Type: HttpApi}}", home));
    let running = Running::start(built(folder.path(), &["--memory"]));
    let expected = format!("\nPage      {0}/\nAPI       {0}\n", running.url);
    assert!(running.banner.starts_with(&expected), "{}", running.banner);
}

/// There is no function to build here, and none is missed.
#[tokio::test]
async fn the_tables_can_be_served_alone() {
    let function =
        ANY.replace("{Timeout: 10,", "{Timeout: 10, Environment: {Variables: {TABLE: !Ref Things, A: b}},");
    let folder = folder(&format!("{function}{TABLE}"));
    let alone = |options: &[&str]| {
        let mut command = Command::new(LOCAL);
        command.current_dir(folder.path()).arg("--only-dynamodb").args(options);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let mut running = Running::start(alone(&["--dynamodb-port", "0", "--dynamodb-host", "127.0.0.1"]));
    let endpoint = format!("export AWS_ENDPOINT_URL_DYNAMODB={}\n", running.dynamodb);
    for expected in [
        "\n  things\n",
        &endpoint,
        "export AWS_REGION=us-east-1\n",
        "export TABLE=things\n",
        ".local/dynamodb.sqlite",
    ] {
        assert!(running.banner.contains(expected), "{expected}: {}", running.banner);
    }
    for unexpected in ["API", "A=b", "Whoever"] {
        assert!(!running.banner.contains(unexpected), "{unexpected}: {}", running.banner);
    }
    let item = json!({"TableName": "things", "Item": {"pk": {"S": "1"}}});
    assert_eq!(dynamodb(&running.dynamodb, "PutItem", item).await.status, 200);
    let port = running.dynamodb.rsplit(':').next().unwrap();
    fails(
        alone(&["--memory", "--dynamodb-port", port]),
        "is in use by another program; choose one with --dynamodb-port",
    );
    running.signal(Signal::INT);
    assert!(running.child.wait().unwrap().success());
    assert_eq!(alone(&["--watch"]).output().unwrap().status.code(), Some(2), "there is nothing to watch");
}

#[tokio::test]
async fn a_signal_ends_it_and_every_child_soon_hanging_ones_too() {
    for signal in [Signal::INT, Signal::TERM] {
        let folder = folder(ANY);
        let mut running = Running::start(built(folder.path(), &["--memory", "--env", "A=1"]));
        let pids = [running.pid_of("who").await, running.pid_of("child").await];
        let url = running.url.clone();
        let hanging = tokio::spawn(async move {
            let mut stream = common::connect(&url).await;
            tokio::io::AsyncWriteExt::write_all(
                &mut stream,
                b"GET /?mode=hang HTTP/1.1\r\nhost: localhost\r\n\r\n",
            )
            .await
            .unwrap();
            let mut answer = Vec::new();
            let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut answer).await;
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        let start = Instant::now();
        running.signal(signal);
        let status = running.child.wait().unwrap();
        assert!(status.success(), "{status}");
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
        hanging.await.unwrap();
        for pid in pids {
            soon("the end of a child", || !runs(pid)).await;
        }
        let mut log = String::new();
        running.stdout.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(log.contains("GET / Any 200"), "the last lines are shown: {log}");
    }
}

#[tokio::test]
async fn a_kill_ends_hanging_functions_too_and_keeps_what_was_written() {
    let folder = folder(&format!("{ANY}{TABLE}"));
    let mut running = Running::start(built(folder.path(), &[]));
    let pids = [running.pid_of("who").await, running.pid_of("child").await];
    let mut hanging = common::connect(&running.url).await;
    let hang = b"GET /?mode=hang HTTP/1.1\r\nhost: localhost\r\n\r\n";
    tokio::io::AsyncWriteExt::write_all(&mut hanging, hang).await.unwrap();
    for n in 0..50 {
        let item = json!({"TableName": "things", "Item": {"pk": {"S": format!("{n}")}}});
        assert_eq!(dynamodb(&running.dynamodb, "PutItem", item).await.status, 200);
    }
    running.signal(Signal::KILL);
    running.child.wait().unwrap();
    for pid in pids {
        soon("the end of a child", || !runs(pid)).await;
    }
    let again = Running::start(built(folder.path(), &[]));
    let scan = dynamodb(&again.dynamodb, "Scan", json!({"TableName": "things"})).await.json();
    assert_eq!(scan["Count"], 50);
}

#[tokio::test]
async fn the_functions_are_built_before_they_are_served() {
    let folder = package(include_str!("functions/misbehave.rs"));
    for (options, profile) in [(&["--memory"][..], "debug"), (&["--memory", "--release"], "release")] {
        let mut command = local(Path::new(LOCAL), folder.path(), options);
        command.env("CARGO_TARGET_DIR", folder.path().join("target"));
        let running = Running::start(command);
        assert!(folder.path().join("target").join(profile).join("misbehave").is_file());
        assert_eq!(request(&running.url, "GET", "/", &[], b"").await.status, 200);
    }
}

#[test]
fn a_failed_build_shows_cargos_errors_and_one_sentence() {
    let folder = package("fn main() { nonsense }");
    let mut command = local(Path::new(LOCAL), folder.path(), &["--memory"]);
    let output = command.env("CARGO_TARGET_DIR", folder.path().join("target")).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains("cannot find value `nonsense`"), "{stderr}");
    assert!(
        stderr.lines().last().unwrap().starts_with("local: the functions could not be built"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_signal_during_the_build_ends_cargo_too() {
    let folder = package("fn main() {}");
    std::fs::write(
        folder.path().join("code/build.rs"),
        "fn main() { std::thread::sleep(std::time::Duration::from_secs(60)) }",
    )
    .unwrap();
    let mut command = local(Path::new(LOCAL), folder.path(), &["--memory"]);
    let mut child = command.env("CARGO_TARGET_DIR", folder.path().join("target")).spawn().unwrap();
    let script = || process_of(&folder.path().join("target"), "build-script-build");
    soon("the build script", || script().is_some()).await;
    kill(child.id().into(), Signal::INT);
    assert!(child.wait().unwrap().success());
    soon("the end of the build script", || script().is_none()).await;
}
