"""One word, one meaning: no two classes or kinds of value of the package bear one name."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "headlong"
LUCK = {"Refuges"}
"""Names of classes of parameters are luck and stay; the board's arrays of the same thing bear one of them."""


def kinds(text):
    """Names of the classes of a module, and of what it calls a kind of value (``Table = dict[...]``)."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.Subscript, ast.BinOp)):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            yield from (name for name in names if name[0].isupper() and not name.isupper())


def doubles(texts):
    where = defaultdict(list)
    for name, text in texts.items():
        for kind in kinds(text):
            where[kind].append(name)
    return {kind: names for kind, names in where.items() if len(names) > 1 and kind not in LUCK}


def test_no_two_things_bear_one_name():
    found = doubles(
        {str(p.relative_to(PACKAGE)): p.read_text("utf-8") for p in sorted(PACKAGE.rglob("*.py"))}
    )
    assert not found, found


def test_the_test_of_names_can_fail():
    found = doubles({"one": "class Table:\n    pass\n", "two": "Table = dict[str, int]\nN = 3\n"})
    assert found == {"Table": ["one", "two"]}
