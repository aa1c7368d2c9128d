"""Runs the tours in README.md and docs/api.md against `cargo run` and compares what each command prints.

Usage: readme.py
Each `$ command` in a console block stands above the output it must have. Times of creation are not compared. Each file
begins with an empty database. The smoke test of a deployment is run, too.
"""

import re
import subprocess
import sys

from running import cargo_run

TOURS = ["README.md", "docs/api.md"]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def commands(text):
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = command.partition("\n")
            yield line, output.strip()


def differences(tour, url):
    for command, expected in tour:
        here = command.replace("localhost:3000", url.removeprefix("http://"))
        run = subprocess.run(here, shell=True, capture_output=True, text=True, check=False, timeout=60)
        printed = run.stdout.strip()
        if TIME.sub("<time>", printed) != TIME.sub("<time>", expected):
            yield f"$ {command}\nexpected: {expected}\nprinted:  {printed}\n"


def main():
    failed = 0
    for path in TOURS:
        with open(path, encoding="utf-8") as file:
            tour = list(commands(file.read()))
        with cargo_run("--port", "0") as url:
            different = list(differences(tour, url))
            smoke = subprocess.run([".ci/smoke", url], check=False).returncode
        print(*different, sep="\n", end="")
        print(f"{len(tour) - len(different)} of the {len(tour)} commands in {path} answer as it says")
        failed += len(different) + smoke + (not tour)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
