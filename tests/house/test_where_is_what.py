"""The table of where is what is true, and the figure of the rooms is that of the rooms."""

import ast
import re
from pathlib import Path

import draw_rooms

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| [^|`]+ \| (.*`.*) \|$", re.MULTILINE)


def named(path):
    """Names that a file defines, or brings in from elsewhere by an assignment."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_what_is_looked_for_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = ROW.findall(text[text.index("## Where is what") :].split("\n## ")[0] + "\n")
    assert len(rows) > 20
    for place in re.findall(r"`([^`]+)`", " ".join(rows)):
        path, _, name = place.partition(":")
        assert (ROOT / path).is_file(), place
        assert not name or name in named(ROOT / path), place


def test_the_figure_shows_the_rooms_as_they_are():
    assert draw_rooms.FIGURE.read_text("utf-8") == draw_rooms.drawn()
