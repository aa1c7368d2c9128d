//! The command line, and what it asks for.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result};
use clap::Parser;
use loopback::tls::Tls;

use crate::{
    folders::root,
    functions::{FunctionBinary, Functions},
    guard,
    measure::{self, Effort},
    measured::Figures,
    others::Others,
    package,
    peers::Peers,
    progress::Progress,
    rehearsal::Subject,
    report::{goals, picture, published, table},
    results::{self, Machine, Results},
};

/// What other programs may take without being mentioned.
const QUIET_PERCENT: f64 = 10.0;

/// Measures every function of template.yaml as it ships, over the Lambda Runtime API: cold start, warm
/// requests, memory and size. Run it as `cargo bench -- <options>`.
#[derive(Debug, Parser)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option")]
#[command(name = "cargo bench --", bin_name = "cargo bench --")]
pub(crate) struct Cli {
    /// Also build and measure the function that bench/peers has in other languages; needs Node.js, npm,
    /// Python 3 with venv, and a C compiler.
    #[arg(long)]
    peers: bool,
    /// Only this function; may be given several times.
    #[arg(long, value_name = "FUNCTION")]
    only: Vec<String>,
    /// Cold starts of each function.
    #[arg(long, value_name = "N", default_value_t = 21)]
    runs: usize,
    /// Warm requests to each function.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    invocations: usize,
    /// Take the functions' binaries from this folder (seen from the root of the repository), instead of
    /// building them.
    #[arg(long, value_name = "FOLDER")]
    binaries: Option<PathBuf>,
    /// Few of each, to see whether it works.
    #[arg(long)]
    quick: bool,
    /// Where the results go.
    #[arg(long, value_name = "FILE", default_value = "target/bench.json")]
    json: PathBuf,
    /// Where the picture goes; there is one with --peers.
    #[arg(long, value_name = "FILE", default_value = "target/bench.svg")]
    svg: PathBuf,
    /// Write the results to where they are checked in: bench/results.json, bench/results.svg, and
    /// docs/performance.md.
    #[arg(long, requires = "peers", conflicts_with_all = ["only", "quick"])]
    publish: bool,
    /// Compare size and instructions of each function with those checked in, and fail where they differ.
    #[arg(long, conflicts_with_all = ["peers", "quick", "publish"])]
    guard: bool,
    /// Check in new ones for the guard.
    #[arg(long, conflicts_with_all = ["guard", "peers", "only", "quick", "publish"])]
    renew: bool,
    /// What cargo says to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Cli {
    /// Does what is asked for.
    pub(crate) fn run(self) -> Result<ExitCode> {
        if self.guard {
            return guard::check(&self.only, self.binaries.as_deref());
        }
        if self.renew {
            return guard::renew(self.binaries.as_deref());
        }
        let results = self.measure()?;
        let mut out = std::io::stdout();
        writeln!(out, "\n{}", table::functions(&results.functions))?;
        if !results.peers.is_empty() {
            writeln!(out, "\n{}\n\n{}", table::functions(&results.peers), table::ratios(&results.peers))?;
        }
        writeln!(out, "\n{}\n", table::goals(&results.goals))?;
        if results.others_percent > QUIET_PERCENT {
            let percent = results.others_percent;
            writeln!(
                out,
                "Other programs took {percent:.0} % of the machine meanwhile: the wall times are too long.\n"
            )?;
        }
        self.write(&results)?;
        Ok(ExitCode::SUCCESS)
    }

    fn effort(&self) -> Effort {
        if self.quick {
            return Effort { runs: 3, invocations: 100, warm_up: 10 };
        }
        Effort { runs: self.runs.max(1), invocations: self.invocations.max(1), warm_up: 200 }
    }

    fn measure(&self) -> Result<Results> {
        let effort = self.effort();
        let functions = Functions::build(self.binaries.as_deref())?;
        let chosen = functions.named(&self.only)?;
        let peers = if self.peers { Some(Peers::build()?) } else { None };
        let folder = tempfile::tempdir()?;
        let tls = Tls::new(folder.path())?;
        let count = chosen.len() + peers.as_ref().map_or(0, |_| Peers::COUNT);
        let others = Others::start()?;
        let progress = Progress::new(count * measure::steps(effort));

        let mut figures = Vec::new();
        let mut with_database = Vec::new();
        for function in &chosen {
            progress.begin(&function.name);
            let subject = Subject::of_function(&functions, function, &tls)?;
            if subject.requests_warm > 0 {
                with_database.push(function.name.clone());
            }
            for one in measure::measure(&[&subject], effort, &progress)? {
                figures.push(sized(one, function)?);
            }
        }
        let mut versions = BTreeMap::from([("rustc".to_owned(), results::rustc()?)]);
        let mut beside = Vec::new();
        let mut compared = None;
        if let Some(peers) = peers {
            progress.begin(&format!("{} and its peers, in turn", peers.ours));
            let subjects = peers.subjects(&functions, &tls)?;
            beside = measure::measure(&subjects.iter().collect::<Vec<_>>(), effort, &progress)?;
            peers.add_sizes(&functions, &mut beside)?;
            compared = Some(peers.route()?);
            versions.extend(peers.versions()?);
        }
        let goals = goals::goals(&figures, &beside, &with_database);
        let date = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Ok(Results {
            date,
            machine: Machine::this()?,
            others_percent: others.percent()?,
            versions,
            effort,
            functions: figures,
            compared,
            peers: beside,
            goals,
        })
    }

    fn write(&self, results: &Results) -> Result<()> {
        let json = format!("{}\n", serde_json::to_string_pretty(results)?);
        let picture = (!results.peers.is_empty()).then(|| picture::draw(results));
        // Cargo runs a benchmark in the folder of its package.
        write(&root().join(&self.json), &json)?;
        if let Some(picture) = &picture {
            write(&root().join(&self.svg), picture)?;
        }
        if self.publish {
            write(&root().join("bench/results.json"), &json)?;
            write(&root().join("bench/results.svg"), picture.as_deref().unwrap_or_default())?;
            let path = root().join("docs/performance.md");
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            write(&path, &published::renew(&text, results)?)?;
        }
        Ok(())
    }
}

/// Adds what is uploaded to Lambda.
fn sized(figures: Figures, function: &FunctionBinary) -> Result<Figures> {
    Ok(Figures {
        file_bytes: Some(package::file_bytes(&function.binary)?),
        zip_bytes: Some(package::zip_bytes(&function.binary, "bootstrap")?),
        ..figures
    })
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| path.display().to_string())?;
    let mut out = std::io::stdout();
    Ok(writeln!(out, "written: {}", path.display())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_of_documented_commands_go_together() {
        let mut count = 0;
        for file in ["docs/performance.md", "RELEASE.md"] {
            let text = fs::read_to_string(root().join(file)).unwrap_or_default();
            for options in text.lines().filter_map(|line| line.trim_start().strip_prefix("cargo bench -- ")) {
                let options = options.split('#').next().unwrap_or_default().split_whitespace();
                if let Err(error) = Cli::try_parse_from(std::iter::once("bench").chain(options)) {
                    panic!("{file}: {error}");
                }
                count += 1;
            }
        }
        assert!(count > 0);
    }
}
