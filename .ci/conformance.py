"""Asks `cargo run` what openapi.yaml allows and what it does not, and holds each answer against it.

Usage: conformance.py [SEED]
schemathesis makes the requests: each example, each limit from both sides, random ones, and chains of them along the links
(create, get, change, delete). Statuses, headers, content types and bodies must be as the document says, and nothing may be a
5xx. The same seed makes the same requests, in a minute.
"""

import pathlib
import subprocess
import sys
import tempfile

from running import cargo_run

HERE = pathlib.Path(__file__).parent
EXAMPLES = "100"  # of each operation in each phase


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else "1"
    command = [pathlib.Path(sys.executable).with_name("schemathesis"), "--config-file", HERE / "schemathesis.toml"]
    with cargo_run("--port", "0") as url, tempfile.TemporaryDirectory() as scratch:
        # It keeps what it has found in its working folder.
        run = ["run", HERE.parent / "openapi.yaml", "--url", url, "--seed", seed, "--max-examples", EXAMPLES]
        sys.exit(subprocess.run([*command, *run], cwd=scratch, check=False).returncode)


if __name__ == "__main__":
    main()
