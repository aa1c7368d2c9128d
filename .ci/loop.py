"""Measures `cargo run -- --watch`: how long it takes from saving a file to an answer that shows the change.

Usage: loop.py FILE TEXT TARGET [BODY]
Puts a number behind TEXT in FILE, which is below the root, and asks for TARGET (with BODY, by POST) until the answer has the
number; five times. Prints seconds by the clock and of CPU time for each, the latter also for the builds that follow.
Restores FILE. Needs Linux. For example:
    loop.py functions/api/hello/get.rs 'Hello, World' /api/hello
"""

import contextlib
import os
import pathlib
import sys
import time
import urllib.error
import urllib.request

from running import cargo_run

ROOT = pathlib.Path(__file__).parent.parent
RUNS = 5
QUIET = 5  # seconds without CPU time, after which nothing is built any more
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    file, text, target, *body = sys.argv[1:]
    path = ROOT / file
    original = path.read_text(encoding="utf-8")
    if original.count(text) != 1:
        sys.exit(f"{file} must have the text once")
    with cargo_run("--port", "0", "--watch") as url:
        try:
            ask(url + target, body)
            for run in range(RUNS):
                settle()
                number = f"{time.time_ns() % 10**6:06}"
                changed = original.replace(text, text + number)
                start, cpu = time.monotonic(), cpu_seconds()
                path.write_text(changed, encoding="utf-8")
                while number not in ask(url + target, body):
                    time.sleep(0.02)
                clock, used = time.monotonic() - start, cpu_seconds() - cpu
                settle()
                print(f"{run + 1}: {clock:.2f} s, CPU {used:.2f} s, with all builds {cpu_seconds() - cpu:.2f} s", flush=True)
        finally:
            path.write_text(original, encoding="utf-8")
            settle()


def ask(url, body):
    """The answer's head and body, whatever the status."""
    data = body[0].encode() if body else None
    request = urllib.request.Request(url, data, {"content-type": "application/json"} if body else {})
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return f"{answer.headers}{answer.read().decode()}"


def settle():
    """Waits until no process that this one has started needs the CPU."""
    quiet, before = time.monotonic(), cpu_seconds()
    while time.monotonic() - quiet < QUIET:
        time.sleep(0.2)
        if cpu_seconds() - before > 0.05:
            quiet, before = time.monotonic(), cpu_seconds()


def cpu_seconds():
    """What all processes below this one have used, with those that have ended."""
    parents, used = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            process = int(entry.name)
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[process], used[process] = int(fields[1]), sum(map(int, fields[11:15])) / TICKS

    def is_below(process):
        while process := parents.get(process):
            if process == os.getpid():
                return True
        return False

    return sum(seconds for process, seconds in used.items() if is_below(process))


if __name__ == "__main__":
    main()
