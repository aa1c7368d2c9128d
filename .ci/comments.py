"""Refuses comment lines in Rust files that are longer than max_width of rustfmt.toml: rustfmt itself leaves them alone.

Usage: comments.py
A row of a table may be longer, because Markdown cannot break it.
"""

import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).parent.parent
NOT_OURS = {"target", "node_modules"}
COMMENT, ROW = re.compile(r"\s*//"), re.compile(r"\s*//[/!] \|")


def sources(folder):
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_OURS:
            yield from sources(path)
        elif path.suffix == ".rs":
            yield path


def main():
    width = tomllib.loads((ROOT / "rustfmt.toml").read_text())["max_width"]
    long = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} of at most {width} characters: {line.strip()}"
        for path in sources(ROOT)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > width and COMMENT.match(line) and not ROW.match(line)
    ]
    sys.exit("\n".join(long) or 0)


if __name__ == "__main__":
    main()
