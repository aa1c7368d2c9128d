//! `cargo scaffold new` and `cargo scaffold init`.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Project, files, licence::Licence, make, name, tracked};
use crate::{Change, Error, Plan, cli::Writing, output::print, sync};

/// A new project from this one, in a folder of its own.
///
/// It has the files that git tracks here, as they are now, with its own names, licence and README, and no
/// history. If this is no checkout, it has all files that .gitignore does not name.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo scaffold new ../my-api
  cargo scaffold new ../orders --title \"Acme Orders\" --license MIT --holder \"Acme GmbH\"
  cargo scaffold new ../my-api --without-demo --dry-run")]
pub(crate) struct New {
    /// Where it is to be: a folder that does not exist, or that is empty.
    target: PathBuf,
    #[command(flatten)]
    options: Options,
    /// List the files, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Makes the copy of the template that this is a project of its own.
///
/// For what `cargo lambda new --template`, `cargo generate` or a fork has copied: it then has the names,
/// licence and README that `cargo scaffold new` would have given it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo scaffold init
  cargo scaffold init --name orders --license MIT --holder \"Acme GmbH\"
  cargo scaffold init --dry-run")]
pub(crate) struct Init {
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The name, which stacks, functions and packages begin with. [default: the folder's]
    #[arg(long)]
    name: Option<String>,
    /// The name for people. [default: the name in words, such as "My API"]
    #[arg(long)]
    title: Option<String>,
    /// The licence, as SPDX writes it, such as MIT. [default: none, all rights reserved]
    #[arg(long, value_name = "SPDX")]
    license: Option<String>,
    /// Who holds the copyright. [default: "The authors of My API"]
    #[arg(long)]
    holder: Option<String>,
    /// Without posts, tasks, the page and the request examples: what stays is one route that says hello.
    #[arg(long)]
    without_demo: bool,
}

impl Options {
    /// The project that is asked for, in this folder.
    fn project(&self, folder: &Path) -> Result<Project, Error> {
        let of_folder = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = name::Name::new(self.name.as_deref().unwrap_or(&of_folder))?;
        let title = name::title(self.title.as_deref().unwrap_or(&name.title()))?;
        let licence = Licence::new(self.license.as_deref())?;
        let holder = self.holder.clone().unwrap_or_else(|| format!("The authors of {title}"));
        Ok(Project { name, title, licence, holder, with_demo: !self.without_demo })
    }
}

impl Init {
    pub(crate) fn plan(&self, plan: &mut Plan) -> Result<(), Error> {
        let folder = plan.folder().canonicalize();
        let folder = folder.map_err(|error| Error::File(plan.folder().to_owned(), error))?;
        make(plan, &self.options.project(&folder)?)
    }
}

impl New {
    pub(crate) fn run(&self, mut plan: Plan) -> Result<(), Error> {
        let target = std::path::absolute(&self.target);
        let target = target.map_err(|error| Error::File(self.target.clone(), error))?;
        files::check(&target, plan.folder())?;
        let others = match tracked::files(plan.folder())? {
            Some(files) => plan.limit(files)?,
            None => Vec::new(),
        };
        make(&mut plan, &self.options.project(&target)?)?;
        sync::sync(&mut plan)?;
        plan.format()?;
        if !others.is_empty() {
            plan.note(format!("what git does not track was not copied: {}", first_of(&others)));
        }
        let files = plan.all_files()?;
        if self.dry_run {
            let paths = files.iter().map(|path| format!("{}\n", self.target.join(path).display()));
            return print(&paths.collect::<String>());
        }
        files::copy(&plan, &target)?;
        print(&self.report(&plan, files.len()))
    }

    /// What the new project has, and what is left to do.
    fn report(&self, plan: &Plan, count: usize) -> String {
        let target = self.target.display();
        let mut report = format!("{target} has {count} files. These are not as they are here:\n");
        for (change, path) in plan.changes().filter(|(change, _)| *change != Change::Deleted) {
            let what = if change == Change::Created { "created" } else { "changed" };
            let _ = writeln!(report, "{what} {}", path.display());
        }
        let _ = writeln!(report, "\nLeft to do, in {target}:");
        for note in plan.notes() {
            let _ = writeln!(report, "- {note}");
        }
        report + "- `cargo test`, then `git init`: it has no history yet\n"
    }
}

/// The first names, and how many more there are.
fn first_of(paths: &[PathBuf]) -> String {
    const MOST: usize = 10;
    let mut names: Vec<_> = paths.iter().take(MOST).map(|path| path.display().to_string()).collect();
    names.extend((paths.len() > MOST).then(|| format!("{} more", paths.len() - MOST)));
    names.join(", ")
}
