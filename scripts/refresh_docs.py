"""Run what the documents show, and put in what comes out.

    python scripts/refresh_docs.py [FILE ...]     by default README.md and docs/*.md
    python scripts/refresh_docs.py --check        say which differ, and change nothing

In a ``console`` block every line that begins with ``$ `` is run by bash, in an empty folder that has links to this
repository's top folders; what it prints stands below it until the next such line. In ``python`` blocks the lines that
begin with ``>>> `` are run, all blocks of one document in one session.
"""

from __future__ import annotations

import argparse
import code
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINKED = ("benchmarks", "cases", "examples", "scripts", "src", "tests", "tools", "validation")
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WIDTH = "96"


def shell(command: str, folder: Path) -> str:
    """What a command prints, errors included."""
    tools = str(Path(sys.executable).parent)
    settings = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "COLUMNS": WIDTH}
    call = ["bash", "-c", command]
    both = subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run(call, stdout=both[0], stderr=both[1], text=True, cwd=folder, env=settings)
    return done.stdout


def console(block: str, folder: Path) -> str:
    """A console block with fresh output."""
    lines = []
    for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        lines += [f"$ {command}", *shell(command, folder).strip("\n").splitlines()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def python(block: str, session: code.InteractiveConsole) -> str:
    """A python block with fresh output; a block without prompts stays as it is."""
    if ">>> " not in block:
        return block
    lines = []
    for line in block.splitlines():
        if not line.startswith((">>> ", "... ")):
            continue
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            session.push(line[4:])
        lines += [line, *heard.getvalue().rstrip("\n").splitlines()]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def refresh(text: str) -> str:
    """A document with fresh output in all its blocks."""
    session = code.InteractiveConsole()
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        for linked in LINKED:
            (folder / linked).symlink_to(ROOT / linked)

        def one(match: re.Match[str]) -> str:
            kind, block = match.groups()
            fresh = console(block, folder) if kind == "console" else python(block, session)
            return f"```{kind}\n{fresh}```"

        return BLOCK.sub(one, text)


def main(words: list[str]) -> int:
    """Refresh or check the documents; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="say what differs, and change nothing")
    parser.add_argument("pages", nargs="*", type=Path, help="by default README.md and docs/")
    asked, stale = parser.parse_args(words), []
    for path in asked.pages or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = path.read_text("utf-8")
        fresh = refresh(text)
        if fresh != text:
            stale.append(path.name)
            if not asked.check:
                path.write_text(fresh, encoding="utf-8")
        print(f"{path.name}: {'differs' if fresh != text else 'unchanged'}", flush=True)
    return 1 if asked.check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
