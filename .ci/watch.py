"""Runs the black-box tests on `cargo lambda watch`, with the tables of `cargo run -- --only-dynamodb`: those of this API, and
those of the API that routelet is tested with.

Usage: watch.py
Functions are built with their first request, as for whoever develops with it. The ports are free ones.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from running import cargo_run, running

STARTED_WITHIN = 120  # seconds
# The tests with answers of megabytes: cargo lambda watch loses every other one, from any runtime.
MEGABYTES = ["a_page", "a_list_of_long"]


def with_endpoint(url):
    """The environment in which `cargo run` gives a binary this endpoint: cargo lambda itself would give it the one in
    Cargo.toml, whatever it is told."""
    host = re.search(r"^host: (.*)$", subprocess.check_output(["rustc", "-vV"], text=True), re.MULTILINE)[1]
    runner = f"CARGO_TARGET_{host.upper().replace('-', '_')}_RUNNER"
    return {**os.environ, runner: f"env AWS_ENDPOINT_URL_DYNAMODB={url}"}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, path, process):
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            # The first answer waits for the function's build.
            urllib.request.urlopen(url + path, timeout=600)
            return
        time.sleep(0.2)
    sys.exit("cargo lambda watch does not answer")


def invoke(port):
    """A function by itself, with its event."""
    command = ["cargo", "lambda", "invoke", "-A", "127.0.0.1", "-P", str(port), "hello", "--data-file", "events/hello.json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    print(f"cargo lambda invoke hello: {answer.stdout.strip()}")
    return '"statusCode":200' in answer.stdout and "Hello, World!" in answer.stdout


def passes(path, *, package=(), tables=(), tests=(), check=lambda port: True):
    """Whether the tests pass on what cargo lambda watch serves; it has a route at the path."""
    with contextlib.ExitStack() as stack:
        dynamodb = stack.enter_context(cargo_run("--only-dynamodb", "--dynamodb-port", "0", *tables))
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        watch = ["cargo", "lambda", "watch", "--ignore-changes", "-A", "127.0.0.1", "-P", str(port), *package]
        log = stack.enter_context(tempfile.TemporaryFile("w+"))
        to_log = {"stdout": log, "stderr": subprocess.STDOUT}
        wait_for(url, path, stack.enter_context(running(watch, env=with_endpoint(dynamodb), **to_log)))
        black_box = [".ci/black-box", *tests, url, dynamodb, *(f"--skip={name}" for name in MEGABYTES)]
        passed = check(port) and subprocess.run(black_box, check=False).returncode == 0
        if not passed:
            log.seek(0)
            print(log.read()[-20_000:])
        return passed


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what runs is ended, too
    passed = passes("/api/hello", check=invoke) and passes(
        "/greeting",
        package=["--package", "routelet-tests"],
        tables=["--template", "routelet/tests/template.yaml"],
        tests=["--fixture"],
    )
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
