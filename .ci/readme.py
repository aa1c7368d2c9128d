"""Runs the tour in README.md against `cargo run` and compares what each command prints.

Usage: readme.py
Each `$ command` in a console block stands above the output it must have. Times of creation are not compared. The smoke
test of a deployment is run against it, too.
"""

import re
import subprocess
import sys

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def commands(text):
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, output = command.partition("\n")
            yield line, output.strip()


def serve():
    server = subprocess.Popen(
        ["cargo", "run", "--quiet", "--locked", "--", "--memory", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    for line in server.stdout:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            return server, found[1]
    sys.exit(f"cargo run ended with {server.wait()}")


def main():
    with open("README.md", encoding="utf-8") as file:
        tour = list(commands(file.read()))
    server, port = serve()
    failed = 0
    try:
        for command, expected in tour:
            here = command.replace("localhost:3000", f"127.0.0.1:{port}")
            printed = subprocess.run(here, shell=True, capture_output=True, text=True, check=False, timeout=60).stdout.strip()
            if TIME.sub("<time>", printed) != TIME.sub("<time>", expected):
                failed += 1
                print(f"$ {command}\nREADME: {expected}\nhere:   {printed}\n")
        smoke = subprocess.run([".ci/smoke", f"http://127.0.0.1:{port}"], check=False).returncode
    finally:
        server.terminate()
        server.wait()
    print(f"{len(tour) - failed} of README's {len(tour)} commands answer as it says")
    sys.exit(1 if failed or smoke or not tour else 0)


if __name__ == "__main__":
    main()
