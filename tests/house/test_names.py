"""One word, one meaning: no two classes, kinds of value or public functions of the package bear one name."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "headlong"
LUCK = {"Refuges"}
"""Names of classes of parameters are luck and stay; the board's arrays of the same thing bear one of them."""

VERBS = {
    "archive", "calibrate", "check", "explain", "export", "export_case", "flight", "forecast", "nowcast", "read",
    "read_text", "rerun", "verify", "what_if",
}  # fmt: skip
"""A verb of the command line has the name of what it calls."""

ALIKE = {
    "as_json": "write as JSON",
    "as_text": "write as text",
    "day_of": "read a day",
    "faults": "what is wrong, in words",
    "lines_of": "go through the lines of a text",
    "main": "where a program starts",
    "number_of": "read a number",
    "own_columns": "a user's own columns",
    "packed": "as it is kept in a file",
    "parse": "from text to what it says",
    "path_of": "the file in which a result is kept",
    "place_entry": "what a summary says of a place",
    "predict": "the prediction of a reference; the prediction step of the particle filter",
    "row_of": "one row for a table",
    "rows": "rows of a table",
    "rows_of": "rows for a table",
    "run": "let what was prepared run",
    "sentence": "a summary in a few words",
    "sum_up": "make a summary",
    "to_dataset": "label the arrays of a result",
    "unpacked": "as it was before it was kept in a file",
}
"""Names that mean one thing, whatever it is done to; `run` and `predict` are the field's own words."""


def functions(text):
    """Names of the public functions of a module; a room has its own of those with an underscore."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name


def kinds(text):
    """Names of the classes of a module, and of what it calls a kind of value (``Table = dict[...]``)."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.Subscript, ast.BinOp)):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[0].isupper() and not name.isupper())


def doubles(texts, names_in=kinds, leave=frozenset(LUCK)):
    where = defaultdict(list)
    for name, text in texts.items():
        for kind in names_in(text):
            where[kind].append(name)
    return {kind: names for kind, names in where.items() if len(names) > 1 and kind not in leave}


@pytest.fixture(scope="module")
def texts():
    """Every module of the package."""
    return {str(p.relative_to(PACKAGE)): p.read_text("utf-8") for p in sorted(PACKAGE.rglob("*.py"))}


def test_no_two_things_bear_one_name(texts):
    found = doubles(texts)
    assert not found, found


def test_no_two_functions_bear_one_name_and_mean_two_things(texts):
    found = doubles(texts, functions, VERBS | {*ALIKE})
    assert not found, found


def test_no_exception_is_listed_for_nothing(texts):
    assert {*doubles(texts, functions, frozenset())} == VERBS | {*ALIKE}


def test_the_test_of_names_can_fail():
    found = doubles({"one": "class Table:\n    pass\n", "two": "Table = dict[str, int]\nN = 3\n"})
    assert found == {"Table": ["one", "two"]}
    same = {"one": "def even():\n    pass\n", "two": "def even():\n    pass\n\ndef _own():\n    pass\n"}
    assert doubles(same, functions) == {"even": ["one", "two"]}
