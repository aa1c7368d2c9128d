//! Ends the functions when this process can't: after a `kill -9`, or a crash.
//!
//! A function that waits for its next event notices that its Runtime API is gone and exits; one that hangs
//! would stay. Asking the kernel for it (`PR_SET_PDEATHSIG`) takes unsafe code in the child, so a small shell
//! waits instead: it is told every process group over a pipe, and kills those that are left when the pipe
//! breaks.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};

use rustix::process::Pid;

use crate::Error;

const SCRIPT: &str = r#"
groups=
while read -r change group; do
  if [ "$change" = add ]; then groups="$groups $group"; continue; fi
  left=
  for g in $groups; do [ "$g" = "$group" ] || left="$left $g"; done
  groups=$left
done
for g in $groups; do kill -s KILL -- "-$g"; done
"#;

#[derive(Debug)]
pub(super) struct Guardian {
    shell: Child,
    pipe: Option<ChildStdin>,
}

impl Guardian {
    pub(super) fn start() -> Result<Self, Error> {
        let mut shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT])
            .current_dir("/")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0) // neither Ctrl-C nor a kill of this process's group reaches it
            .spawn()
            .map_err(|error| Error::new(format!("cannot start /bin/sh: {error}")))?;
        let pipe = shell.stdin.take();
        Ok(Self { shell, pipe })
    }

    pub(super) fn add(&mut self, group: Pid) {
        self.tell("add", group);
    }

    pub(super) fn remove(&mut self, group: Pid) {
        self.tell("remove", group);
    }

    /// A guardian that someone killed guards nothing more, which is no reason to stop.
    fn tell(&mut self, change: &str, group: Pid) {
        if let Some(pipe) = &mut self.pipe {
            let _ = writeln!(pipe, "{change} {}", group.as_raw_nonzero());
        }
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.pipe.take()); // it kills what is left, and exits
        let _ = self.shell.wait();
    }
}
