"""Floors by name: what import-linter checks in full, checked here without it, and what it cannot see."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "headlong"
FLOORS = [
    {"errors", "version"},
    {
        "text",
        "files",
        "parallel",
        "cluster",
        "capacity",
        "npz",
        "kernel_cache",
        "callable_package",
        "parameters",
    },
    {"result_cache"},
    {"board", "case"},
    {"importers", "mechanisms"},
    {"engine", "reports", "forms"},
    {"reading"},
    {"inputs"},
    {"inference"},
    {"assimilation"},
    {"forecast"},
    {"verify"},
    {"archive"},
    {"view"},
    {"cli"},
]
"""From the ground up; rooms on one floor do not see each other."""
MODEL = {"parameters", "board", "mechanisms", "engine", "forms"}
TALK = {"case", "importers", "reading", "reports"}
HEAVY = {"pandas", "xarray"}
MANY = 5
"""Rooms of so many files and rooms have layers of their own."""
SHARED = {
    "headlong.callable_package",
    "headlong.errors",
    "headlong.kernel_cache",
    "headlong.text",
}


def imports(path):
    """Every module a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "headlong":
                yield from (f"headlong.{alias.name}" for alias in node.names)
            else:
                yield node.module


def room(module):
    return module.split(".")[1] if module.startswith("headlong.") else None


def allowed(own):
    """Rooms that a file in the room `own` may import from."""
    below = {own}
    for floor in FLOORS:
        if own in floor:
            break
        below |= floor
    return below - (MODEL if own in TALK else TALK if own in MODEL else set())


@pytest.mark.parametrize("own", sorted(set().union(*FLOORS)))
def test_floor(own):
    files = [PACKAGE / f"{own}.py", *(PACKAGE / own).rglob("*.py")]
    for path in filter(Path.exists, files):
        for module in imports(path):
            if module.startswith("headlong") and module not in SHARED:
                name = room(module)
                if name.startswith("__"):
                    continue
                assert name in allowed(own), f"{path.relative_to(PACKAGE)} imports {module}"


@pytest.mark.parametrize("own", ["parameters", "board", "mechanisms", "engine"])
def test_kernel_floors_know_no_tables(own):
    for path in filter(Path.exists, [PACKAGE / f"{own}.py", *(PACKAGE / own).rglob("*.py")]):
        assert not HEAVY & {module.split(".")[0] for module in imports(path)}, path


def test_every_room_has_a_floor():
    known = {*set().union(*FLOORS), "__init__", "__main__"}
    here = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert here <= known, f"no floor is named for {sorted(here - known)}"


def test_every_room_has_tests_of_its_own():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    tested = {path.parent.name for path in (ROOT / "tests").rglob("test_*.py")}
    tested |= {path.parent.parent.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert not rooms - tested, f"no folder of tests for {sorted(rooms - tested)}"


def contracts():
    """What import-linter is told of layers: the container, and its layers as sets of names."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    for contract in found:
        if contract["type"] == "layers":
            layers = [
                {n.removeprefix("headlong.") for n in layer.split(" | ")} for layer in contract["layers"]
            ]
            yield contract.get("containers", ["headlong"])[0], layers


def children(folder):
    return {p.stem for p in folder.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()} - {
        "__init__"
    }


def test_the_linter_holds_the_same_order():
    assert dict(contracts())["headlong"] == FLOORS[::-1]


def test_every_larger_room_has_layers_that_name_all_of_it():
    layers = dict(contracts())
    rooms = {path.parent for path in PACKAGE.rglob("*.py")} - {PACKAGE}
    for folder in rooms:
        name = ".".join(("headlong", *folder.relative_to(PACKAGE).parts))
        if len(children(folder)) >= MANY:
            assert name in layers, (
                f"{name} has {len(children(folder))} files and rooms, and no order among them"
            )
        if name in layers:
            assert set().union(*layers[name]) == children(folder), name
