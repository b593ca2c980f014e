"""The wheel carries what the program needs when there is no clone beside it."""

import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    from hatchling.builders.wheel import WheelBuilder

    path = next(
        WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    )
    return set(zipfile.ZipFile(path).namelist())


def test_types_and_modules_are_in(names):
    assert "headlong/py.typed" in names
    sources = {
        path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "headlong").rglob("*.py")
    }
    assert sources <= names


def test_data_files_are_in(names):
    kinds = (".csv", ".toml", ".npz", ".nc", ".txt", ".html", ".json")
    source = ROOT / "src"
    data = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.suffix in kinds}
    assert data <= names


def test_every_case_is_in(names):
    cases = {path.parent.name for path in (ROOT / "cases").glob("*/case.toml")}
    assert cases, "no case in cases/"
    for case in cases:
        for path in (ROOT / "cases" / case).iterdir():
            assert f"headlong/cases/{case}/{path.name}" in names
