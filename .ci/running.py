"""Commands that run while a check asks them, and end with it."""

import contextlib
import os
import re
import signal
import subprocess
import sys


@contextlib.contextmanager
def running(command, **options):
    """A command with a process group of its own, so that what it has started ends with it."""
    process = subprocess.Popen(command, start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextlib.contextmanager
def cargo_run(*arguments, **options):
    """`cargo run` on an empty database; the first URL that it prints. Options are those of Popen, such as `cwd`."""
    command = ["cargo", "run", "--quiet", "--locked", "--", "--memory", *arguments]
    with running(command, stdout=subprocess.PIPE, text=True, **options) as process:
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                yield found[0]
                return
        sys.exit(f"cargo run ended with {process.wait()}")
