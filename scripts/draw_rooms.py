"""Draw the rooms of the package and what stands in each: docs/rooms.svg.

    python scripts/draw_rooms.py

The floors are those of the import linter in pyproject.toml; what a room is for is the first sentence of its docstring.
"""

from __future__ import annotations

import argparse
import ast
import re
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "headlong"
FIGURE = ROOT / "docs" / "rooms.svg"

WIDTH, LINE, GAP, PAD = 980, 17, 10, 12
LETTER = 6.2
"""Width of a letter, on average [px]."""


def floors() -> list[list[str]]:
    """Rooms on each floor, from the top."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c for c in contracts if c["id"] == "floors")["layers"]
    return [[name.removeprefix("headlong.") for name in layer.split(" | ")] for layer in layers]


def says(room: str) -> str:
    """First sentence of the docstring of a room or a file."""
    path = PACKAGE / room / "__init__.py"
    path = path if path.is_file() else PACKAGE / f"{room}.py"
    first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
    return re.split(r"(?<=[.;]) ", first)[0].rstrip(".;")


def inside(room: str) -> str:
    """Rooms and files in a room, by name."""
    folder = PACKAGE / room
    if not folder.is_dir():
        return ""
    rooms = sorted(p.name for p in folder.iterdir() if (p / "__init__.py").is_file())
    files = sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")
    return ", ".join([f"{name}/" for name in rooms] + files)


def wrapped(text: str, width: float) -> list[str]:
    """Lines of a text no wider than `width` [px]."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width / LETTER:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def drawn() -> str:
    """The figure as SVG."""
    out, y = [], GAP
    for floor in floors():
        width = (WIDTH - GAP * (len(floor) + 1)) / len(floor)
        small = all(not (PACKAGE / room).is_dir() for room in floor)
        texts = [[] if small else wrapped(says(r), width - 2 * PAD) for r in floor]
        names = [wrapped(inside(r), width - 2 * PAD) if inside(r) else [] for r in floor]
        height = 2 * PAD + LINE * (1 + max(len(t) + len(n) for t, n in zip(texts, names, strict=True)))
        for k, room in enumerate(floor):
            x = GAP + k * (width + GAP)
            out.append(f'<rect x="{x:.0f}" y="{y}" width="{width:.0f}" height="{height}" rx="6"/>')
            lines = [("name", room), *(("says", t) for t in texts[k]), *(("files", n) for n in names[k])]
            for n, (kind, text) in enumerate(lines):
                at = y + PAD + LINE * n + 12
                out.append(f'<text class="{kind}" x="{x + PAD:.0f}" y="{at}">{escape(text)}</text>')
        y += height + GAP
    style = (
        "rect{fill:#f6f3ec;stroke:#8a8270}text{font:12px system-ui,sans-serif;fill:#222}"
        ".name{font-weight:700}.files{fill:#6b6553}"
        "@media(prefers-color-scheme:dark){rect{fill:#26241f;stroke:#7d7663}text{fill:#eee}.files{fill:#b5ad98}}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}">'
    title = "<title>Rooms of the package: each may import only from those below it</title>"
    return "\n".join([head, title, f"<style>{style}</style>", *out, "</svg>", ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    FIGURE.write_text(drawn(), encoding="utf-8")
