"""Cases in copied folders, and a forecast that is quick because its bank is thin."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "benchmarks"), str(ROOT / "tests" / "helpers")]

from headlong.assimilation import particle_filter as particles  # noqa: E402
from headlong.case import open_case, read  # noqa: E402
from headlong.forecast import ensemble  # noqa: E402
from headlong.inference import posterior as assimilate  # noqa: E402
from headlong.inference.calibration import bank_for  # noqa: E402
from headlong.inference.parameter_vector import Draws  # noqa: E402

DATED = {
    "garrisons": "known_from",
    "leaders": "known_from",
    "patrons": "announced_on",
    "crossings": "from",
    "reports": "published_at",
    "relations": "from",
    "hinterland": "published_on",
    "history": "latest",
    "repulses": "date",
    "displacement": "date",
}
"""The column that dates a row, by table: written out here again, so that the code cannot forget one."""


def thin(bank, draws=24):
    """A few draws of a bank, all of one weight."""
    kept = bank.draws.theta[:: len(bank.draws.theta) // draws][:draws]
    return bank._replace(draws=Draws(kept, np.full(len(kept), 1.0 / len(kept))))


def few(patch):
    """Few particles stand for the histories that reports leave open."""
    patch.setattr(particles, "PARTICLES", 40)
    patch.setattr(particles, "ROUND", 20)


@pytest.fixture
def quick(monkeypatch):
    """Forecasts weigh a thin bank, and are content with few effective draws."""
    monkeypatch.setattr(ensemble, "bank_for", lambda case: thin(bank_for(case)))
    monkeypatch.setattr(assimilate, "LEAST_ESS", 1.0)
    few(monkeypatch)


@pytest.fixture(scope="module")
def quick_module():
    """As `quick`, for fixtures that live as long as a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ensemble, "bank_for", lambda case: thin(bank_for(case)))
        patch.setattr(assimilate, "LEAST_ESS", 1.0)
        few(patch)
        yield


def identical(one, other):
    """Say whether two datasets agree in every bit of every variable, coordinate and attribute."""
    names = set(one.variables) == set(other.variables) and one.attrs == other.attrs
    return names and all(
        one[name].dims == other[name].dims
        and one[name].dtype == other[name].dtype
        and one[name].values.tobytes() == other[name].values.tobytes()
        if one[name].dtype.kind in "biufM"
        else list(one[name].values) == list(other[name].values)
        for name in one.variables
    )


def assert_identical(one, other):
    """Name what differs."""
    assert one.attrs == other.attrs
    assert set(one.variables) == set(other.variables)
    odd = [n for n in one.variables if not identical(one[[n]].drop_attrs(), other[[n]].drop_attrs())]
    assert not odd
    assert identical(one, other)


def copy_case(folder, target, change):
    """Copy a case folder, with ``change(table, header, rows) -> rows`` applied to every table."""
    target.mkdir(parents=True)
    for path in sorted(folder.iterdir()):
        if path.suffix != ".csv":
            (target / path.name).write_bytes(path.read_bytes())
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *change(path.stem, header, rows)])
    return target


def since(table, header, row):
    """Return the day from which a row is known, as text; an empty text for always."""
    columns = ("date", "latest") if table == "history" else (DATED.get(table),)
    cells = [row[header.index(column)][:10] for column in columns if column in header]
    return next(filter(None, cells), "")


def cut_rows(day, leaders):
    """Return a change for `copy_case`: every row dated after `day` goes, and every later date in the others."""

    def change(table, header, rows):
        kept = [list(r) for r in rows if since(table, header, r) <= str(day)]
        for row in kept:
            if "known_until" in header and row[header.index("known_until")] > str(day):
                row[header.index("known_until")] = ""
            if "leader" in header and row[header.index("leader")] not in leaders:
                row[header.index("leader")] = ""
        return kept

    return change


def cut_case(case, day, target):
    """Case read from a copy of its folder as it would have been written on the evening of `day`."""
    leaders = {row["id"] for row in case.known_by(day).leaders}
    folder = copy_case(case.folder, target, cut_rows(day, leaders))
    text = (folder / "case.toml").read_text(encoding="utf-8")
    text = text.replace(f"end = {case.end}", f"end = {day}").replace(f"init = {case.init}", f"init = {day}")
    (folder / "case.toml").write_text(text, encoding="utf-8")
    found = read(folder)
    assert found.end == found.init == day
    return found


@pytest.fixture(scope="session")
def cases():
    """Return a function that opens a bundled case once."""
    opened = {}

    def find(name):
        if name not in opened:
            opened[name] = open_case(name)
        return opened[name]

    return find
