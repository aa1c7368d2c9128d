//! The command line.

use std::{fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::{
    Change, Error, Plan,
    new::command::{Init, New},
    output::print,
    remove,
    resource::{self, NewResource},
    route::{self, Method, NewRoute},
    sync,
};

/// Writes and removes routes, resources and projects, and keeps in step what is derived from template.yaml.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo scaffold")]
pub struct Command {
    #[command(subcommand)]
    task: Task,
    /// The folder of template.yaml and Cargo.toml.
    #[arg(long, global = true, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/.."))]
    folder: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Task {
    New(New),
    Init(Init),
    /// Rewrites what is derived from template.yaml: the routes and tables of cargo lambda watch in
    /// Cargo.toml.
    Sync {
        /// Change nothing, and fail if something would change.
        #[arg(long)]
        check: bool,
    },
    /// Adds a route: its handler, binary, function, contract, event and test.
    #[command(after_help = ROUTE_EXAMPLES)]
    Route {
        /// GET, POST, PUT, PATCH or DELETE. A GET answers HEAD, too.
        method: String,
        /// Such as /api/posts/{id}/author.
        path: String,
        /// The name of its binary and function; else the method and the words of the path.
        #[arg(long)]
        name: Option<String>,
        /// What it reads: a resource and count, exists or get, such as posts.count.
        #[arg(long, value_name = "RESOURCE.CALL")]
        calls: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Adds a resource: its model, table, routes, contract, events and tests.
    #[command(after_help = RESOURCE_EXAMPLES, after_long_help = RESOURCE_EXAMPLES)]
    Resource {
        #[command(flatten)]
        new: NewResource,
        #[command(flatten)]
        writing: Writing,
    },
    /// Takes a resource, a route or the page out, with all that there is of it.
    #[command(after_help = REMOVE_EXAMPLES)]
    Remove {
        /// The name of a resource, such as tasks; page; or a method and a path.
        #[arg(required = true, num_args = 1..=2, value_names = ["NAME or METHOD", "PATH"])]
        what: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
}

const REMOVE_EXAMPLES: &str = "Examples:
  cargo scaffold remove tasks
  cargo scaffold remove GET /api/search
  cargo scaffold remove page --dry-run";

const ROUTE_EXAMPLES: &str = "Examples:
  cargo scaffold route GET /api/status
  cargo scaffold route GET /api/posts/count --calls posts.count --name count-posts
  cargo scaffold route POST '/api/posts/{id}/likes' --dry-run";

const RESOURCE_EXAMPLES: &str = "Types of fields:
  string           a text of at most 255 characters
  text             a longer one: 50,000 characters, or fewer if an item has several
  bool             true or false
  integer          a whole number
  number           any number
  timestamp        a time in UTC, such as 2026-06-01T10:00:00Z
  enum(low,high)   one of these values
  string[10]       an array of at most 10 of them; so with every type
  string?          a field that may be left out, and is null then; so with every type

Without `?` a field must be given, but for a bool, which is false if it is left out, and an array, which is empty.
A string that must be given, or is in an array, has at least one character.
Each resource has six routes: GET and POST for all items, GET, PUT, PATCH and DELETE for one.

Examples:
  cargo scaffold resource notes title:string 'body:text?' 'tags:string[10]' pinned:bool
  cargo scaffold resource blog-posts title:string author:string body:text --index author
  cargo scaffold resource people name:string 'born_at:timestamp?' --no-put --dry-run
  cargo scaffold resource sheep name:string --item lamb

The shell needs quotes around ?, [], () and {}.";

/// What every command that writes can be told.
#[derive(Debug, Args)]
pub(crate) struct Writing {
    /// Print the changes as a diff, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Command {
    /// Does what is asked for.
    ///
    /// # Errors
    /// Where it cannot be done; nothing is written then. Or where it is done, and cannot be told.
    pub fn run(self) -> Result<ExitCode, Error> {
        let mut plan = Plan::new(&self.folder);
        match self.task {
            Task::New(new) => new.run(plan).map(|()| ExitCode::SUCCESS),
            Task::Init(init) => {
                init.plan(&mut plan)?;
                finish(plan, &init.writing)
            }
            Task::Sync { check } => {
                sync::sync(&mut plan)?;
                in_step(&plan, check)
            }
            Task::Route { method, path, name, calls, writing } => {
                let new = NewRoute {
                    method: method.parse()?,
                    path: path.parse()?,
                    name: name.as_deref(),
                    calls: calls.as_deref(),
                };
                route::add(&mut plan, new)?;
                finish(plan, &writing)
            }
            Task::Resource { new, writing } => {
                resource::add(&mut plan, &new)?;
                finish(plan, &writing)
            }
            Task::Remove { what, writing } => {
                match what.as_slice() {
                    [name, other] if name.parse::<Method>().is_err() => {
                        return Err(Error::Wrong(format!(
                            "remove takes one name at a time, or a method and a path: {name} {other} is neither"
                        )));
                    }
                    [method, path] => remove::route(&mut plan, method.parse()?, &path.parse()?)?,
                    [name] => remove::named(&mut plan, name)?,
                    _ => {}
                }
                finish(plan, &writing)
            }
        }
    }
}

fn in_step(plan: &Plan, check: bool) -> Result<ExitCode, Error> {
    let is_same = plan.changes().next().is_none();
    if is_same {
        print("Cargo.toml is in step with template.yaml\n")?;
    } else if check {
        eprintln!("Cargo.toml is not in step with template.yaml: run `cargo scaffold sync`");
        return Ok(ExitCode::FAILURE);
    } else {
        plan.write()?;
        print("Cargo.toml has the routes and tables of template.yaml now\n")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Brings what is derived in step, and writes all of it, or shows it.
fn finish(mut plan: Plan, writing: &Writing) -> Result<ExitCode, Error> {
    sync::sync(&mut plan)?;
    plan.format()?;
    if writing.dry_run {
        print(&plan.diff())?;
        return Ok(ExitCode::SUCCESS);
    }
    plan.write()?;
    print(&report(&plan))?;
    Ok(ExitCode::SUCCESS)
}

/// What became of the files, and what is left to do.
fn report(plan: &Plan) -> String {
    let mut report = String::new();
    for (change, path) in plan.changes() {
        let what = match change {
            Change::Created => "created",
            Change::Edited => "changed",
            Change::Deleted => "deleted",
        };
        let _ = writeln!(report, "{what} {}", path.display());
    }
    if !plan.notes().is_empty() {
        report.push_str("\nLeft to do:\n");
    }
    for note in plan.notes() {
        let _ = writeln!(report, "- {note}");
    }
    report
}
