"""Budgets: nothing grows past what can be read in one sitting."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "headlong"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES = 300
FUNCTION_LINES = 40
KERNEL_LINES = 25
ORDER_OF_THE_DAY = "engine/day.py"
"""The calls of one day, written out in order: the one kernel that may be as long as a function."""
PUBLIC_NAMES = 17
ROOM_FILES = 12
ARGUMENTS = 6


def body_lines(node):
    """Lines of a function without its signature and docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return 0 if not body else node.end_lineno - body[0].lineno + 1


def is_kernel(node):
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any("jit" in name or name in ("kernel", "law", "entry", "spliced") for name in names)


def positional(node):
    """Arguments that a caller may give by place; `self` and `cls` are not given."""
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def public_names(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]


def over_budget(path, text):
    """Every budget that a file breaks, as sentences."""
    tree = ast.parse(text)
    if len(text.splitlines()) > MODULE_LINES:
        yield f"{path}: {len(text.splitlines())} lines, budget {MODULE_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            short = is_kernel(node) and str(path) != ORDER_OF_THE_DAY
            budget = KERNEL_LINES if short else FUNCTION_LINES
            if body_lines(node) > budget:
                yield f"{path}:{node.lineno} {node.name}: {body_lines(node)} lines, budget {budget}"
            if positional(node) > ARGUMENTS and not is_kernel(node):
                yield f"{path}:{node.lineno} {node.name}: {positional(node)} arguments, budget {ARGUMENTS}"
    if len(public_names(tree)) > PUBLIC_NAMES:
        yield f"{path}: {len(public_names(tree))} public names, budget {PUBLIC_NAMES}"


def test_files_are_found():
    assert len(FILES) > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_within_budget(path):
    inside = path.relative_to(PACKAGE)
    broken = list(over_budget(inside, path.read_text("utf-8")))
    assert not broken, "\n".join(broken)


def test_no_room_has_more_files_than_one_can_keep_in_mind():
    rooms = {path.parent for path in FILES}
    sizes = {room: len([p for p in FILES if p.parent == room and p.stem != "__init__"]) for room in rooms}
    big = {str(room.relative_to(PACKAGE)): n for room, n in sizes.items() if n > ROOM_FILES}
    assert not big, big


def test_the_budget_test_can_fail():
    long_law = "@njit(cache=True)\ndef law(x):\n    'Doc.'\n" + "    x += 1\n" * 26
    wide = "def f(self, a, b, c, d, e, f, g):\n    pass\n"
    assert len(list(over_budget("x", wide))) == 1
    assert not list(over_budget("x", f"@kernel\n{wide}"))
    assert not list(over_budget("x", wide.replace("a, b", "a, *, b")))
    many = "".join(f"def f{i}():\n    pass\n" for i in range(18))
    assert len(list(over_budget("x", long_law))) == 1
    assert not list(over_budget(ORDER_OF_THE_DAY, long_law))
    assert len(list(over_budget(ORDER_OF_THE_DAY, long_law + "    x += 1\n" * 15))) == 1
    assert len(list(over_budget("x", many))) == 1
    assert len(list(over_budget("x", "x = 1\n" * 301))) == 1
