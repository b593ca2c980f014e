"""The order of lines in any table, and of sides in case.toml, changes no bit: luck belongs to ids."""

import random
import re
from pathlib import Path

import numpy as np
import pytest
from quick import QUICK, forecast
from same import assert_identical

import headlong as hl
from headlong.board.names import numbers_of

HOW = {"days": 12, "members": 60}


def shuffled(folder, target, seed):
    """A copy of a case with the lines of every table and the blocks of case.toml's sides in another order."""
    rng = random.Random(seed)
    target.mkdir()
    for path in Path(folder).iterdir():
        if path.suffix == ".csv":
            text = path.read_text(encoding="utf-8")
            head, *lines = records(text)
            rng.shuffle(lines)
            (target / path.name).write_text("".join([head, *lines]), encoding="utf-8")
        elif path.name == "case.toml":
            before, *blocks = re.split(r"(?m)^(?=\[\[sides\]\])", path.read_text(encoding="utf-8"))
            rng.shuffle(blocks)
            text = before + "\n".join(blocks)
            (target / path.name).write_text(text, encoding="utf-8")
        elif path.suffix == ".toml":
            (target / path.name).write_bytes(path.read_bytes())
    return hl.open_case(target)


def records(text):
    """Lines of a table, those in quotes whole."""
    found, part = [], ""
    for line in text.splitlines(keepends=True):
        part += line if line.endswith("\n") else f"{line}\n"
        if part.count('"') % 2 == 0:
            found.append(part)
            part = ""
    return found


@pytest.mark.parametrize("name", ("afghanistan-2021", "mali-2012", "chad-2008"))
@pytest.mark.parametrize("control", ("reports", "history"))
def test_the_order_of_rows_changes_no_bit(quick, cases, tmp_path, name, control):
    case = cases(name)
    made = forecast(case, control=control, **HOW)
    for seed in (1, 2):
        other = shuffled(case.folder, tmp_path / str(seed), seed)
        assert [r.line for r in other.places] != [r.line for r in case.places]
        assert other.hash == case.hash
        assert_identical(made, forecast(other, control=control, **HOW))


def test_nowcasts_too(quick, cases, tmp_path):
    case = cases("mali-2012")
    one, other = (
        hl.nowcast(c, members=60, settings=QUICK)
        for c in (case, shuffled(case.folder, tmp_path / "other", 5))
    )
    assert_identical(one, other)


def test_a_place_keeps_its_number_whoever_else_is_there():
    ids = [f"place-{k}" for k in range(2000)]
    numbers = numbers_of(ids)
    assert len(set(numbers.tolist())) == 2000 and numbers.min() >= 0 and numbers.max() < 2**32
    again = numbers_of(ids[::-3])
    np.testing.assert_array_equal(again, numbers[::-3])
