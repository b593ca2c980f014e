"""Budgets: nothing grows past what can be read in one sitting."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "headlong"
FILES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES = 300
FUNCTION_LINES = 40
KERNEL_LINES = 25
ORDER_OF_THE_DAY = "engine/day.py"
"""The calls of one day, written out in order: the one kernel that may be as long as a function."""
PUBLIC_NAMES = 17
AROUND = ("tools", "validation", "scripts", "benchmarks", "examples", "tests")
"""Folders around the package, with the same budgets but for names: pytest calls those of tests, nobody imports them."""

LONGER = {
    "benchmarks/flight.py:main": "one run, told from top to bottom",
    "benchmarks/mesa_member.py:country": "the same country in another library's words",
    "benchmarks/toy.py:toy_world": "a world with every field filled in, one after the other",
    "scripts/train_reader.py:train": "the loop of training",
    "tests/helpers/steps.py:act": "the order of the day, word for word, to stop in the middle of it",
    "tests/helpers/worlds.py:row_play": "a world with every field filled in, one after the other",
    "tests/inference/test_filter.py:test_a_history_written_out_by_hand": "a sum written out by hand",
    "tests/view/page/toy.py:with_reports": "a table of reports",
    "validation/statements.py:main": "one run, told from top to bottom",
}
"""Functions around the package that are longer, and why that is borne."""

WIDER = {
    "scripts/mutations/runner.py:_slice", "tests/cli/conftest.py:place", "tests/helpers/exposures.py:theta",
    "tests/helpers/worlds.py:row_play", "tests/forecast/test_books.py:test_in_random_cases",
    "tests/mechanisms/test_loss.py:formula", "tests/verify/test_references.py:by_hand",
}  # fmt: skip
"""Functions around the package with more arguments: formulas by hand, fixtures, made-up rows."""

LARGER = {
    "tests/case/test_build.py": 445,
    "tests/case/test_gallery.py": 400,
    "tests/helpers/worlds.py": 337,
    "tests/inference/test_filter.py": 334,
    "tests/inputs/test_exposure.py": 307,
    "tests/mechanisms/test_contract.py": 341,
    "tests/view/page/test_look.py": 380,
    "validation/twins.py": 331,
}
"""Modules around the package that are longer: lines that they may not exceed."""

FULLER = {
    "scripts": 18, "tests/forecast": 17, "tests/helpers": 17, "tests/house": 18, "tests/verify": 13,
    "tests/view/page": 14, "tools/casebuild": 26, "tools/docsite": 13, "validation": 17,
}  # fmt: skip
"""Rooms around the package with more files: how many they may not exceed."""
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
    most = LARGER.get(str(path), MODULE_LINES)
    if len(text.splitlines()) > most:
        yield f"{path}: {len(text.splitlines())} lines, budget {most}"
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            here, short = f"{path}:{node.name}", is_kernel(node) and str(path) != ORDER_OF_THE_DAY
            budget = KERNEL_LINES if short else FUNCTION_LINES
            if body_lines(node) > budget and here not in LONGER:
                yield f"{path}:{node.lineno} {node.name}: {body_lines(node)} lines, budget {budget}"
            if positional(node) > ARGUMENTS and not is_kernel(node) and here not in WIDER:
                yield f"{path}:{node.lineno} {node.name}: {positional(node)} arguments, budget {ARGUMENTS}"


def too_many_names(path, text):
    """The budget of public names, where a file breaks it."""
    names = public_names(ast.parse(text))
    if len(names) > PUBLIC_NAMES:
        yield f"{path}: {len(names)} public names, budget {PUBLIC_NAMES}"


def full_rooms(files, root):
    """Rooms with more files than one can keep in mind."""
    sizes = Counter(str(path.parent.relative_to(root)) for path in files if path.stem != "__init__")
    return {room: n for room, n in sizes.items() if n > FULLER.get(room, ROOM_FILES)}


def test_files_are_found():
    assert len(FILES) > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_within_budget(path):
    inside, text = path.relative_to(PACKAGE), path.read_text("utf-8")
    broken = [*over_budget(inside, text), *too_many_names(inside, text)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("top", AROUND)
def test_what_stands_around_is_within_budget(top):
    files = sorted((ROOT / top).rglob("*.py"))
    broken = [s for path in files for s in over_budget(path.relative_to(ROOT), path.read_text("utf-8"))]
    assert files and not broken, "\n".join(broken)


def test_no_room_has_more_files_than_one_can_keep_in_mind():
    assert not full_rooms(FILES, PACKAGE)
    assert not full_rooms([path for top in AROUND for path in (ROOT / top).rglob("*.py")], ROOT)


def test_every_exception_is_one():
    """What has shrunk into its budget loses its exception."""
    texts = {
        name: (ROOT / name).read_text("utf-8")
        for name in {n.split(":")[0] for n in [*LONGER, *WIDER, *LARGER]}
    }
    nodes = {
        f"{name}:{node.name}": node
        for name, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }
    assert not [name for name in LONGER if body_lines(nodes[name]) <= FUNCTION_LINES]
    assert not [name for name in WIDER if positional(nodes[name]) <= ARGUMENTS]
    assert not [name for name in LARGER if len(texts[name].splitlines()) <= MODULE_LINES]
    assert not [
        n for n in FULLER if len([p for p in (ROOT / n).glob("*.py") if p.stem != "__init__"]) <= ROOM_FILES
    ]


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
    assert len(list(too_many_names("x", many))) == 1
    assert full_rooms([Path(f"/a/b/{k}.py") for k in range(13)], Path("/a")) == {"b": 13}
    assert len(list(over_budget("x", "x = 1\n" * 301))) == 1
