//! A function as others would write and deploy it, from `bench/peers`, which says in `function.txt` which one
//! that is. What it needs is installed below `target`.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};
use loopback::tls::Tls;

use crate::{
    folders::{root, scratch},
    functions::{FunctionBinary, Functions, event},
    measured::Figures,
    package,
    rehearsal::Subject,
    report::goals::{FLOOR, NODE, PYTHON},
    results,
};

/// The programs, ready to run.
pub(crate) struct Peers {
    /// The function of this project that they are peers of.
    pub(crate) ours: String,
    node: PathBuf,
    python: PathBuf,
}

impl Peers {
    /// How many are measured together, ours included.
    pub(crate) const COUNT: usize = 4;

    /// Installs what the locked lists of packages name, and builds. From the second time on this takes a
    /// moment.
    pub(crate) fn build() -> Result<Self> {
        let ours = ours()?;
        let python = python().context("the peer in Python")?;
        let node = node(&python).context("the peer in Node.js")?;
        floor().context("the peer in C")?;
        Ok(Self { ours, node, python })
    }

    /// The route that they answer: that of our event.
    pub(crate) fn route(&self) -> Result<String> {
        let event: serde_json::Value = serde_json::from_slice(&event(&self.ours)?)?;
        let route = event["routeKey"].as_str();
        Ok(route.with_context(|| format!("events/{}.json has no routeKey", self.ours))?.to_owned())
    }

    /// Ours first, and the others, rehearsed; each answers the same.
    pub(crate) fn subjects(&self, functions: &Functions, tls: &Tls) -> Result<Vec<Subject>> {
        let function = functions.named_one(&self.ours)?;
        let root = |folder: &str| ("LAMBDA_TASK_ROOT", folder.to_owned());
        let folders = ["node/dist", "python", "floor"].map(|name| scratch().join(name));
        let [node_dist, python_folder, floor_folder] = folders.map(|path| path.display().to_string());
        let ric = scratch().join("node/node_modules/aws-lambda-ric/index.mjs");
        let handler = ("_HANDLER", "index.handler".to_owned());
        let peer = |name: &str, command: Vec<PathBuf>, environment: &[(&str, String)]| {
            Subject::rehearse(functions, &function, name, command, environment, tls)
        };
        let subjects = vec![
            Subject::of_function(functions, &function, tls)?,
            peer(
                NODE,
                vec![self.node.clone(), ric, "index.handler".into()],
                // The SDK warns of versions of Node.js that it is going to leave behind, at each start.
                &[root(&node_dist), handler.clone(), ("NODE_NO_WARNINGS", "1".to_owned())],
            )?,
            peer(
                PYTHON,
                vec![self.python.clone(), "-m".into(), "awslambdaric".into(), "index.handler".into()],
                &[root(&python_folder), handler, ("PYTHONPATH", python_folder.clone())],
            )?,
            peer(FLOOR, vec![Path::new(&floor_folder).join("floor")], &[])?,
        ];
        same_answers(&subjects)?;
        Ok(subjects)
    }

    /// Adds what of them is uploaded to Lambda, where that is one file.
    pub(crate) fn add_sizes(&self, functions: &Functions, figures: &mut [Figures]) -> Result<()> {
        let FunctionBinary { binary, .. } = functions.named_one(&self.ours)?;
        for one in figures {
            let file = match one.name.as_str() {
                name if name == self.ours => binary.clone(),
                NODE => scratch().join("node/dist/index.mjs"),
                FLOOR => scratch().join("floor/floor"),
                _ => continue,
            };
            one.file_bytes = Some(package::file_bytes(&file)?);
            one.zip_bytes = Some(package::zip_bytes(&file, "bootstrap")?);
        }
        Ok(())
    }

    /// What they ran on.
    pub(crate) fn versions(&self) -> Result<BTreeMap<String, String>> {
        let node = format!("Node.js {}", results::version(&self.node)?);
        Ok(BTreeMap::from([
            ("node".to_owned(), node),
            ("python".to_owned(), results::version(&self.python)?),
        ]))
    }
}

/// Which function they are peers of.
fn ours() -> Result<String> {
    let path = root().join("bench/peers/function.txt");
    let name = fs::read_to_string(&path);
    let name = name.with_context(|| format!("there is nothing to compare with: {}", path.display()))?;
    Ok(name.trim().to_owned())
}

/// Whatever one of them left out would flatter it.
fn same_answers(subjects: &[Subject]) -> Result<()> {
    let mut expected = None;
    for subject in subjects {
        let mut body = subject.body()?;
        body.as_object_mut().and_then(|body| body.remove("createdAt")); // each had an item of its own
        let expected = expected.get_or_insert_with(|| body.clone());
        if *expected != body {
            bail!("{} answers {body}, and not {expected}", subject.name);
        }
    }
    Ok(())
}

/// A virtual environment with the packages that Lambda's runtime for Python brings, and those of the
/// function.
fn python() -> Result<PathBuf> {
    let folder = scratch().join("python");
    let python = folder.join("venv/bin/python");
    install("python", &["requirements.txt"], &folder, || {
        run(Command::new("python3").args(["-m", "venv", "venv"]).current_dir(&folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
        run(Command::new(&python).args(pip).arg("requirements.txt").current_dir(&folder))
    })?;
    copy("python", "index.py", &folder)?;
    Ok(python)
}

/// The function bundled by esbuild, and the runtime's own client, which is compiled: it wants cmake, which
/// comes with the Python packages.
fn node(python: &Path) -> Result<PathBuf> {
    let folder = scratch().join("node");
    let mut path: Vec<_> = python.parent().map(Path::to_path_buf).into_iter().collect();
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(path)?;
    install("node", &["package.json", "package-lock.json"], &folder, || {
        run(Command::new("npm")
            .args(["ci", "--no-fund", "--no-audit"])
            .env("PATH", &path)
            .current_dir(&folder))
    })?;
    copy("node", "index.mjs", &folder)?;
    run(Command::new("npm").args(["run", "--silent", "build"]).current_dir(&folder))?;
    // A version manager's stand-in for `node` would be measured too.
    let said =
        Command::new("node").args(["--print", "process.execPath"]).output().context("cannot run node")?;
    Ok(String::from_utf8(said.stdout)?.trim().into())
}

fn floor() -> Result<()> {
    let folder = scratch().join("floor");
    fs::create_dir_all(&folder)?;
    copy("floor", "floor.c", &folder)?;
    run(Command::new("cc").args(["-O2", "-static", "-o", "floor", "floor.c"]).current_dir(&folder))
}

/// Installs what the lists of a peer name, unless that was done with the same lists before.
fn install(peer: &str, lists: &[&str], folder: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut contents = Vec::new();
    for list in lists {
        copy(peer, list, folder)?;
        contents.extend(fs::read(folder.join(list))?);
    }
    let stamp = folder.join("installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == contents) {
        return Ok(());
    }
    install()?;
    Ok(fs::write(&stamp, contents)?)
}

fn copy(peer: &str, file: &str, folder: &Path) -> Result<()> {
    let path = root().join("bench/peers").join(peer).join(file);
    fs::copy(&path, folder.join(file)).with_context(|| path.display().to_string())?;
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot run {program}"))?;
    if !status.success() {
        bail!("{program} ended with {status}");
    }
    Ok(())
}
