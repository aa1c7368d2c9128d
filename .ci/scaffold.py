"""What cargo scaffold writes and leaves is as good as the rest: formatted, linted, tested, validated and served.

Usage: scaffold.py FOLDER TARGET
FOLDER becomes a copy of this project, and goes through three states, each of which passes the checks:

1. with the route and the resource of README, and a resource with every type of field;
2. without all that was there before, as far as it can be removed by a name;
3. a new project without the demo, made from this one.

TARGET is the target folder, with dependencies that are compiled already.
"""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

from running import cargo_run

ROOT = pathlib.Path(__file__).parent.parent.resolve()
EVERY_TYPE = (
    "gadgets title:string text:text? done:bool size:integer price:number? due:timestamp color:enum(red,blue)? "
    "tags:string[10] sizes:integer[5]? days:timestamp[3] --index color --index title --no-put"
)
# Cargo finds no other way to what is compiled once for all states: each is made in the same folder.
SUITE = ["--locked", "--package", "functions", "--package", "shared"]


def main():
    folder, target = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    os.environ["CARGO_TARGET_DIR"] = str(target)
    shutil.rmtree(folder, ignore_errors=True)
    become(folder, ROOT, tracked())
    before = [*resources(folder), *page(folder), *routes(folder)]

    commands = list(commands_of_readme())
    for command in commands:
        scaffold(folder, *words(command))
    scaffold(folder, "resource", *EVERY_TYPE.split())
    check(folder, ["/api/gadgets", *(path for command in commands for path in served(command))])

    for name in before:
        scaffold(folder, "remove", *name.split())
    assert not {*resources(folder), *routes(folder)} & {*before}, "what was removed is still there"
    check(folder, ["/api/gadgets"])

    if not (ROOT / "CargoLambda.toml").exists():
        return  # this project is no template
    with tempfile.TemporaryDirectory() as outside:  # a project within another is refused
        made = pathlib.Path(outside, "my-api")
        scaffold(ROOT, "new", str(made), "--without-demo")
        become(folder, made, [str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()])
    check(folder, ["/api/hello"])


def check(folder, paths):
    started = time.monotonic()
    run(folder, "cargo", "fmt", "--all", "--check")
    run(folder, "cargo", "clippy", *SUITE, "--all-targets", "--", "--deny", "warnings")
    run(folder, "cargo", "scaffold", "sync", "--check")
    run(folder, "sam", "validate", "--lint", "--template", "template.yaml")
    run(folder, "cargo", "test", *SUITE)
    with cargo_run("--port", "0", cwd=folder) as url:
        for path in paths:
            with urllib.request.urlopen(url + path, timeout=30) as answer:
                print(f"GET {path}: {answer.status} {answer.read().decode()}")
    print(f"that took {time.monotonic() - started:.0f} s", flush=True)


def scaffold(folder, *arguments):
    print("\n$ cargo scaffold", *arguments, flush=True)
    run(ROOT, "cargo", "run", "--quiet", "--locked", "--package", "scaffold", "--", *arguments, "--folder", str(folder))


def run(folder, *command):
    subprocess.run(command, cwd=folder, check=True)


def commands_of_readme():
    """What README shows below `Add a route`, but for what removes things and makes a project."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    chapter = text.split("## Add a route\n")[1].split("\n## ")[0]
    for block in re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL):
        yield from (line for line in block.splitlines() if re.match("cargo scaffold (route GET|resource) ", line))


def words(command):
    """What follows `cargo scaffold`, without a comment."""
    return shlex.split(command, comments=True)[2:]


def served(command):
    """The paths that a command adds and that answer without an item."""
    kind, *arguments = words(command)
    path = arguments[1] if kind == "route" else f"/api/{arguments[0]}"
    return [] if "{" in path else [path]


def resources(folder):
    """The names of the resources, as `remove` takes them."""
    for file in sorted((folder / "shared/src/resources").glob("*.rs")):
        if found := re.search(r'const PATH: .*"/api/(.*)"', file.read_text(encoding="utf-8")):
            yield found[1]


def page(folder):
    return ["page"] if (folder / "web/page").is_dir() else []


def routes(folder):
    """Method and path of each function with one route, but for those of resources and those that every project has."""
    listed = (folder / "Cargo.toml").read_text(encoding="utf-8")
    own = [f"/api/{name}" for name in resources(folder)]
    for path, methods, function in re.findall(r'\{ path = "(.*)", methods = \[(.*)\], function = "(.*)" \}', listed):
        is_kept = function in ("fallback", "page", "hello", "openapi", "docs")
        if not is_kept and not any(path == one or path.startswith(one + "/") for one in own):
            yield f"{json.loads(f'[{methods}]')[0]} {path}"


def tracked():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in names.rstrip("\0").split("\0") if (ROOT / name).is_file()]


def become(folder, other, names):
    """Makes a folder like another. What is the same is not touched, or cargo would compile it again."""
    if folder.exists():
        for file in [file for file in folder.rglob("*") if file.is_file()]:
            if str(file.relative_to(folder)) not in names:
                file.unlink()
    for name in names:
        source, target = other / name, folder / name
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)  # with a new time, or cargo would take it for built
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


main()
