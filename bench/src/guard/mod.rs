//! The guard: what each function weighs and how many instructions it takes, against the figures that are
//! checked in.
//!
//! Instructions are counted by callgrind, so a noisy machine changes nothing. Three things do: the compiler,
//! the C library (which is counted too), and valgrind, which shows every program the same few features of the
//! CPU, but not the same in each of its versions. They stand in the file, and a difference is told beside
//! them.

mod count;
mod figures;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result, bail};
use loopback::tls::Tls;

use crate::{
    folders::root, functions::Functions, package, progress::Progress, rehearsal::Subject, report::table,
    results, stats,
};
use figures::{Baseline, Change, Figures};

/// Where the figures of this architecture are.
fn path() -> PathBuf {
    root().join(format!("bench/guard/{}.json", std::env::consts::ARCH))
}

/// Compares, and fails where something differs by more than the tolerance.
pub(crate) fn check(only: &[String], binaries: Option<&Path>) -> Result<ExitCode> {
    let path = path();
    let text = fs::read_to_string(&path).with_context(|| {
        format!("{}: no figures for this architecture; `cargo bench -- --renew` makes them", path.display())
    })?;
    let known: Baseline = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
    let now = count(only, binaries)?;
    let mut changes = known.changes(&now);
    if !only.is_empty() {
        changes.retain(|change| only.contains(&change.function));
    }
    let mut out = std::io::stdout();
    writeln!(out, "{}", show(&now))?;
    for (what, was) in &known.counted_with {
        let is = now.counted_with.get(what).map_or("nothing", String::as_str);
        if is != was {
            writeln!(
                out,
                "\nThe figures were counted with {was}, and this is {is}: the tolerance is wider."
            )?;
        }
    }
    let path = path.display();
    let new: BTreeSet<_> =
        changes.iter().filter(|change| change.is_new()).map(|change| change.function.clone()).collect();
    for function in new {
        writeln!(out, "\n{function} has no figures in {path} yet. `cargo bench -- --renew` writes them.")?;
    }
    changes.retain(|change| !change.is_new());
    if changes.is_empty() {
        writeln!(out, "\nEvery function with figures is as heavy as {path} says.")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "\n{}", show_changes(&changes))?;
    writeln!(
        out,
        "\n{path} differs from what was built. Where that is meant, `cargo bench -- --renew` writes it anew: commit it \
         with the change that did it."
    )?;
    Ok(ExitCode::FAILURE)
}

/// Writes the figures anew.
pub(crate) fn renew(binaries: Option<&Path>) -> Result<ExitCode> {
    let path = path();
    let mut now = count(&[], binaries)?;
    if let Some(known) =
        fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str::<Baseline>(&text).ok())
    {
        now.tolerance_percent = known.tolerance_percent; // set by a person
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, now.to_text()?).with_context(|| path.display().to_string())?;
    let mut out = std::io::stdout();
    writeln!(out, "{}\n\nwritten to {}", show(&now), path.display())?;
    Ok(ExitCode::SUCCESS)
}

fn count(only: &[String], binaries: Option<&Path>) -> Result<Baseline> {
    let valgrind = results::version("valgrind");
    let Some(valgrind) = valgrind.ok().filter(|version| version.starts_with("valgrind")) else {
        bail!(
            "the guard counts instructions with valgrind: apt-get install valgrind, dnf install valgrind, …"
        );
    };
    let functions = Functions::build(binaries)?;
    let chosen = functions.named(only)?;
    let folder = tempfile::tempdir()?;
    let tls = Tls::new(folder.path())?;
    let progress = Progress::new(chosen.len());
    let mut figures = BTreeMap::new();
    for function in chosen {
        progress.begin(&function.name);
        let subject = Subject::of_function(&functions, &function, &tls)?;
        let counted = count::count(&subject, folder.path()).with_context(|| function.name.clone())?;
        let file_bytes = package::file_bytes(&function.binary)?;
        let count::Counted { start_and_first, warm } = counted;
        figures.insert(function.name, Figures { file_bytes, start_and_first, warm });
        progress.step();
    }
    let counted_with = [("rustc", results::rustc()?), ("valgrind", valgrind), ("libc", libc()?)];
    Ok(Baseline::new(counted_with.map(|(what, version)| (what.to_owned(), version)).into(), figures))
}

/// The version of the C library, which the functions are linked with at their start.
fn libc() -> Result<String> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output().context("cannot run getconf")?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn show(baseline: &Baseline) -> String {
    let mut table = table::table(&["function", "file MB", "start and first answer, Mi", "warm request, Mi"]);
    let millions = |count: u64| format!("{:.3}", stats::number(count) / 1e6);
    for (name, one) in &baseline.functions {
        let cells =
            [name.clone(), millions(one.file_bytes), millions(one.start_and_first), millions(one.warm)];
        table.add_row(table::row(&cells));
    }
    table.to_string()
}

fn show_changes(changes: &[Change]) -> String {
    let mut table = table::table(&["function", "what", "was", "is", "change"]);
    for change in changes {
        let number = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        let percent = change.percent().map_or_else(String::new, |percent| format!("{percent:+.1} %"));
        let cells =
            [change.function.clone(), change.what.to_owned(), number(change.was), number(change.is), percent];
        table.add_row(table::row(&cells));
    }
    table.to_string()
}
