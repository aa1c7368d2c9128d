//! What CloudFormation passes on as text, and whoever is on duty reads: only a test notices that it is broken
//! before it is needed.

use std::fs;

use serde_json::Value;

use crate::{app::root, house::template};

fn resource(name: &str) -> Value {
    template().resource(name)["Properties"].clone()
}

/// The text with something in place of what CloudFormation fills in.
fn filled_in(text: &str) -> String {
    let mut parts = text.split("${");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |filled, part| filled + "x" + part.split_once('}').unwrap().1)
}

/// As it is written: JSON with names in it that CloudFormation fills in.
fn dashboard() -> String {
    resource("Dashboard")["DashboardBody"]["Fn::Sub"].as_str().unwrap().to_owned()
}

#[test]
fn the_dashboard_is_json_and_its_widgets_do_not_overlap() {
    let mut taken = std::collections::BTreeMap::new();
    let text = filled_in(&dashboard());
    let dashboard: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    for widget in dashboard["widgets"].as_array().unwrap() {
        let number = |key: &str| widget[key].as_u64().unwrap_or_else(|| panic!("{key} of {widget}"));
        let title = widget["properties"]["title"].as_str().unwrap();
        assert!(number("x") + number("width") <= 24, "{title} is wider than the dashboard");
        for x in number("x")..number("x") + number("width") {
            for y in number("y")..number("y") + number("height") {
                assert_eq!(taken.insert((x, y), title.to_owned()), None, "{title} lies on another");
            }
        }
    }
}

/// Each alarm is on the dashboard, and tells somebody.
#[test]
fn alarms_are_seen_and_heard() {
    let (template, dashboard) = (template(), dashboard());
    let alarms: Vec<_> = template.ids("AWS::CloudWatch::Alarm").collect();
    assert!(alarms.len() >= 6);
    for name in alarms {
        let alarm = &template.resource(name)["Properties"];
        assert!(dashboard.contains(&format!("${{{name}.Arn}}")), "{name} is not on the dashboard");
        assert_eq!(alarm["AlarmActions"][0]["Ref"], "Alarms", "{name} tells nobody");
        assert_eq!(alarm["TreatMissingData"], "notBreaching", "{name}: no requests are no failure");
    }
}

#[test]
fn the_access_log_is_json_with_the_request_id() {
    let format = resource("Api")["AccessLogSettings"]["Format"].as_str().unwrap().to_owned();
    assert!(!format.contains('\n'), "a line is one line");
    let line: Value = serde_json::from_str(&format).unwrap();
    assert_eq!(line["requestId"], "$context.requestId");
    // What a caller chooses freely could end the text that it stands in.
    for (name, value) in line.as_object().unwrap() {
        let value = value.as_str().unwrap();
        for free in ["$context.path", "userAgent", "authorizer", "querystring"] {
            assert!(!value.contains(free), "{name} is {value}");
        }
    }
}

/// The alarm that rolls a deployment back must not refer to the gateway: that needs the functions' aliases,
/// which need their deployments, which need the alarm.
#[test]
fn the_alarm_of_deployments_needs_no_gateway() {
    for name in ["FailuresAlarm", "Failures", "FunctionLogs"] {
        let text = resource(name).to_string();
        let refers = [r#"{"Ref":"Api"}"#, r#"{"Fn::GetAtt":["Api","#, "${Api"];
        assert!(!refers.iter().any(|api| text.contains(api)), "{name}: {text}");
    }
}

/// Its questions can be answered without knowing anything. It takes no empty answer for what it does not
/// show, and would ask of each route without an authorizer whether that is meant, with "no" as the answer to
/// Enter.
#[test]
fn a_guided_deployment_can_be_answered() {
    for (name, parameter) in template().root()["Parameters"].as_object().unwrap() {
        let default = &parameter["Default"];
        assert!(!default.is_null(), "{name} has no default");
        if parameter["NoEcho"] == true {
            assert_ne!(default, "", "{name} has no word for nothing");
        }
    }
    assert!(resource("Api")["Auth"].as_object().is_some_and(|auth| !auth.is_empty()));
}

/// The jobs of all workflows, each with the name of its workflow, and whether it may ask for a token to act
/// with.
fn jobs() -> Vec<(String, Value, bool)> {
    let mut jobs = Vec::new();
    for file in fs::read_dir(root().join(".github/workflows")).unwrap() {
        let path = file.unwrap().path();
        let workflow: Value = yaml_serde::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert!(
            workflow["permissions"].as_object().is_some_and(serde_json::Map::is_empty),
            "{}",
            path.display()
        );
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            let name = format!("{}, {name}", path.file_name().unwrap().display());
            jobs.push((name, job.clone(), job["permissions"]["id-token"] == "write"));
        }
    }
    jobs
}

/// What compiles runs code of crates, whose authors may be anybody. So it gets no token, and what gets one
/// runs no code but what it downloads as attested.
#[test]
fn no_job_compiles_and_has_a_token() {
    let mut trusted = Vec::new();
    for (name, job, token) in jobs() {
        let steps = job["steps"].to_string();
        let compiles = ["cargo ", "rustup", "sam build", "actionlint", ".ci/run"];
        let compiles: Vec<_> = compiles.into_iter().filter(|word| steps.contains(word)).collect();
        if token {
            assert!(compiles.is_empty(), "{name} has a token and {compiles:?}");
            // What a pull request could have changed is not run either.
            let is_of_a_request = name.starts_with("preview.yml") && steps.contains("checkout");
            assert!(!is_of_a_request || steps.contains("repository.default_branch"), "{name}");
            // A job without steps calls a workflow, whose jobs are here, too.
            trusted.extend(job["steps"].as_array().map(|_| name));
        }
    }
    trusted.sort();
    let expected = [
        "deploy.yml, attest",
        "preview.yml, deploy",
        "preview.yml, remove",
        "stage.yml, deploy",
        "sweep.yml, sweep",
    ];
    assert_eq!(trusted, expected);
}

/// The build is verified before anything of it is unpacked, let alone run.
#[test]
fn what_deploys_verifies_first() {
    let (_, job, _) = jobs().into_iter().find(|(name, ..)| name == "stage.yml, deploy").unwrap();
    let steps: Vec<_> = job["steps"].as_array().unwrap().iter().map(Value::to_string).collect();
    let place = |word: &str| steps.iter().position(|step| step.contains(word)).unwrap();
    let order =
        ["download-artifact", "gh attestation verify", "tar --extract", ".ci/install", "role-to-assume"];
    let places = order.map(place);
    assert!(places.is_sorted() && place("sam deploy") > places[4], "{places:?}");
}

#[test]
fn what_the_pipeline_runs_is_pinned() {
    for (name, job, _) in jobs() {
        for step in job["steps"].as_array().into_iter().flatten() {
            if let Some(action) = step["uses"].as_str() {
                let (_, commit) = action.split_once('@').unwrap();
                let hexadecimal = commit.len() == 40 && commit.chars().all(|digit| digit.is_ascii_hexdigit());
                assert!(hexadecimal, "{name}: {action} is no commit");
            }
            let run = step["run"].as_str().unwrap_or_default();
            for line in run.lines().filter(|line| {
                line.contains("pip\" install") || line.contains("pip install") || line.contains("pipx")
            }) {
                assert!(line.contains("--require-hashes"), "{name}: {line}");
            }
        }
    }
    for script in [".ci/run", ".ci/install", ".ci/dynamodb-local"] {
        let script = fs::read_to_string(root().join(script)).unwrap();
        for line in script.lines().filter(|line| line.contains("/pip\" install")) {
            assert!(line.contains("--require-hashes"), "{line}");
        }
        assert!(!script.contains("npm install"), "{script}");
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    assert_eq!(manifest["workspace"]["metadata"]["lambda"]["build"]["locked"].as_bool(), Some(true));
}
