"""Results have one shape, said once: keys of text are for what comes from outside; the page's twin agrees."""

import re
from pathlib import Path

import pytest

from headlong.view.figures.basemap import Land
from headlong.view.page import shapes

ROOT = Path(__file__).parents[2]
FREE = re.compile(r"dict\[str, Any\]")
BUDGET = 9
"""Lines that may speak of a dict of anything: parsed JSON and TOML, rows of a table, features of a map."""

TWINS = {
    "Header": shapes.Header,
    "Report": shapes.Report,
    "SourceRow": shapes.SourceRow,
    "ArmHeader": shapes.ArmHeader,
    "Past": shapes.PagePast,
    "Land": Land,
}
ONLY_THERE = {"Past": {"weighed"}, "Header": {"over_time"}}
"""Keys that pages of older files may have, or of archives."""
ONLY_HERE = {"Header": {"format", "countries"}}
"""Keys that the page does not read."""


def free_lines(texts):
    return [line for text in texts for line in text.splitlines() if FREE.search(line)]


def fields_of(source, name):
    """Keys of one interface of a TypeScript file."""
    body = re.search(rf"export interface {name} \{{\n(.*?)\n\}}", source, re.DOTALL)[1]
    return set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE))


def differences(source, name, shape):
    here, there = set(shape.__annotations__), fields_of(source, name)
    return (here - there - ONLY_HERE.get(name, set())) | (there - here - ONLY_THERE.get(name, set()))


def test_few_lines_speak_of_a_dict_of_anything():
    found = free_lines(path.read_text("utf-8") for path in (ROOT / "src" / "headlong").rglob("*.py"))
    assert len(found) <= BUDGET, "\n".join(found)


@pytest.mark.parametrize("name", sorted(TWINS))
def test_the_page_reads_the_keys_that_are_written(name):
    source = (ROOT / "viewer" / "src" / "core" / "header.ts").read_text("utf-8")
    assert not differences(source, name, TWINS[name])


def test_the_tests_of_shapes_can_fail():
    assert free_lines(["x: dict[str, Any] = {}", "y: dict[str, int] = {}"]) == ["x: dict[str, Any] = {}"]
    source = "export interface Land {\n  caption: string;\n  window: number[];\n}\n"
    assert differences(source, "Land", Land) == {"steps", "names", "labels", "focus"}
