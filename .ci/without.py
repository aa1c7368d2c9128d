"""Takes resources, or the page, out of a copy of this project: what is left must build, and its tests must pass.

Usage: without.py FOLDER NAME…        such as: without.py /tmp/copy tasks

FOLDER gets the files that git knows. A name is that of a folder in functions/api/, such as tasks, or `page`. The routes of
cargo lambda follow by `cargo scaffold sync` in FOLDER.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent


def copy(folder):
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in files.rstrip("\0").split("\0"):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, target)  # with a new time, or cargo would take it for built


def edit(path, change):
    path.write_text(change(path.read_text()))


def blocks(text, indent):
    """The lines of a YAML file in blocks: a key at this depth with all below it, and whatever lies between such blocks."""
    found, comments = [[]], []
    for line in text.splitlines(keepends=True):
        depth = len(line) - len(line.lstrip(" "))
        if line.strip().startswith("#") and depth == indent:
            comments.append(line)  # it belongs to the block that follows
        elif line.strip() and depth <= indent:
            found.append([*comments, line])
            comments = []
        else:
            found[-1] += [*comments, line]
            comments = []
    return ["".join(block) for block in [*found, comments]]


def drop(text, indent, is_unwanted):
    """The text without the blocks of which this holds."""
    return "".join(block for block in blocks(text, indent) if not is_unwanted(block))


def key(block):
    lines = [line for line in block.splitlines() if not line.strip().startswith("#")]
    return lines[0].strip().removesuffix(":") if lines else ""


def drop_lines(text, pattern):
    return "".join(line for line in text.splitlines(keepends=True) if not re.search(pattern, line))


class Resource:
    """What there is of a resource in the project."""

    def __init__(self, name):
        self.many, self.one = name, name.removesuffix("s")
        self.paths = [f"/api/{name}", f"/{name}"]
        self.table = f"{name.capitalize()}Table"

    def is_path(self, path):
        return any(path == own or path.startswith(own + "/") for own in self.paths)

    def leave(self, folder):
        shutil.rmtree(folder / "functions/api" / self.many)
        for file in [
            f"shared/src/models/{self.one}.rs",
            f"shared/src/models/tests/{self.one}.rs",
            f"shared/src/resources/{self.many}.rs",
            f"functions/tests/api/{self.many}.rs",
        ]:
            (folder / file).unlink()
        for event in (folder / "events").iterdir():
            if event.name.split(".")[0].split("-")[-1] in (self.one, self.many):
                event.unlink()

        rust = rf"\b(mod|use|pub use) ({self.one}|{self.many})\b"
        for file in ["models/mod.rs", "models/tests/mod.rs", "resources/mod.rs"]:
            edit(folder / "shared/src" / file, lambda text: drop_lines(text, rust))
        helpers = folder / "shared/src/models/tests"
        if not re.search(r"^mod ", (helpers / "mod.rs").read_text(), re.M):  # nobody is left to be helped
            shutil.rmtree(helpers)
            edit(folder / "shared/src/models/mod.rs", lambda text: text.replace("#[cfg(test)]\nmod tests;\n", ""))
        tests = folder / "functions/tests/api"
        edit(tests / "main.rs", lambda text: drop_lines(text, rf"^mod {self.many};"))
        edit(tests / "resources.rs", lambda text: re.sub(rf"crate::{self.many}::RESOURCE,?\s*", "", text))
        edit(folder / "functions/fallback.rs", lambda text: drop_lines(text, rf'"/api/{self.many}"'))

    def is_unwanted_in_template(self, block):
        names = [f"{self.table}Name", f"Own{self.many.capitalize()}", self.table]
        return key(block) in names or f'Path: "/api/{self.many}' in block

    def is_unwanted_line_of_template(self, line):
        return bool(re.search(rf"\*{self.many}\b|&{self.many}\b|{self.table}|Path: \"/{self.many}\"", line))


class Page:
    """The page, which is of use only with what it shows."""

    def is_path(self, path):
        return path in ("/", "/posts", "/tasks")

    def leave(self, folder):
        (folder / "functions/get.rs").unlink()
        (folder / "events/page.json").unlink()
        tests = folder / "functions/tests/api"
        (tests / "page.rs").unlink()
        edit(tests / "main.rs", lambda text: drop_lines(text, r"^mod page;"))
        edit(tests / "routes.rs", lambda text: drop_lines(text, r"crate::page::ROUTE"))

    def is_unwanted_in_template(self, block):
        return key(block) == "Page"

    def is_unwanted_line_of_template(self, line):
        return False


def without(folder, unwanted):
    """Leaves these out of what all have in common: the template, the binaries, the contract."""
    unwanted.leave(folder)

    def template(text):
        text = drop(text, 2, unwanted.is_unwanted_in_template)
        lines = text.splitlines(keepends=True)
        return "".join(line for line in lines if not unwanted.is_unwanted_line_of_template(line))

    edit(folder / "template.yaml", template)

    def binaries(text):
        head, *bins = text.split("[[bin]]\n")
        path = lambda block: re.search(r'path = "(.*)"', block)[1]
        file = lambda block: (folder / "functions" / path(block)).exists()
        return "[[bin]]\n".join([head, *filter(file, bins)])

    edit(folder / "functions/Cargo.toml", binaries)

    edit(folder / "openapi.yaml", lambda text: drop(text, 2, lambda block: unwanted.is_path(key(block))))
    tag = rf"  - name: {getattr(unwanted, 'many', '').capitalize()}\n    description: .*\n"
    edit(folder / "openapi.yaml", lambda text: unused_components(re.sub(tag, "", text)))


def unused_components(text):
    """Leaves out what only the others used."""
    while True:
        used = set(re.findall(r"#/components/(\w+/\w+)", text))
        head, components = text.split("\ncomponents:\n")
        kept = []
        for section in blocks(components, 2):
            is_scheme = key(section) == "securitySchemes"
            entries = blocks(section, 4)
            kept += [
                entry for entry in entries
                if is_scheme or not re.match(r" {4}\w+:", entry) or f"{key(section)}/{key(entry)}" in used
            ]
        shorter = head + "\ncomponents:\n" + "".join(kept)
        if shorter == text:
            # A kind of which nothing is left.
            return re.sub(r"\n  \w+:\n(?=  \w+:\n|$)", "\n", text)
        text = shorter


def main():
    folder, *names = sys.argv[1:]
    folder = pathlib.Path(folder)
    copy(folder)
    for name in names:
        without(folder, Page() if name == "page" else Resource(name))
    print(f"{folder} is this project without {', '.join(names)}")


main()
