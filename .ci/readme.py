"""Runs the tour in README.md against `cargo run` and compares what each command prints.

Usage: readme.py
Each `$ command` in a console block stands above the output it must have. Times of creation are not compared. The smoke
test of a deployment is run against it, too.
"""

import re
import subprocess
import sys

from running import cargo_run

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def commands(text):
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = command.partition("\n")
            yield line, output.strip()


def main():
    with open("README.md", encoding="utf-8") as file:
        tour = list(commands(file.read()))
    failed = 0
    with cargo_run("--port", "0") as url:
        for command, expected in tour:
            here = command.replace("localhost:3000", url.removeprefix("http://"))
            printed = subprocess.run(here, shell=True, capture_output=True, text=True, check=False, timeout=60).stdout.strip()
            if TIME.sub("<time>", printed) != TIME.sub("<time>", expected):
                failed += 1
                print(f"$ {command}\nREADME: {expected}\nhere:   {printed}\n")
        smoke = subprocess.run([".ci/smoke", url], check=False).returncode
    print(f"{len(tour) - failed} of README's {len(tour)} commands answer as it says")
    sys.exit(1 if failed or smoke or not tour else 0)


if __name__ == "__main__":
    main()
