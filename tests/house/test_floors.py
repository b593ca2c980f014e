"""Floors by name: what import-linter checks in full, checked here without it, and what it cannot see."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "headlong"
FLOORS = [
    {"errors", "version"},
    {"text", "files", "parallel", "kernel_cache", "parameters"},
    {"board", "case"},
    {"importers", "mechanisms"},
    {"engine", "reports", "forms"},
    {"reading"},
    {"inputs"},
    {"inference"},
    {"assimilation"},
    {"forecast"},
    {"verify"},
    {"view"},
    {"cli"},
]
"""From the ground up; rooms on one floor do not see each other."""
MODEL = {"parameters", "board", "mechanisms", "engine", "forms"}
TALK = {"case", "importers", "reading", "reports"}
HEAVY = {"pandas", "xarray"}
SHARED = {"headlong.errors", "headlong.kernel_cache", "headlong.text"}


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


def test_the_linter_holds_the_same_order():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = [{name.removeprefix("headlong.") for name in layer.split(" | ")} for layer in layers]
    assert order == FLOORS[::-1]
