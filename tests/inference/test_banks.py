"""The shipped bank belongs to the bundled cases as they stand; from it any war is left out with its sisters."""

import io
import json
import tracemalloc
import zipfile

import numpy as np
import pytest

from headlong.case import open_case
from headlong.case.sample import sisters
from headlong.errors import BadRequest
from headlong.inference.bank import Bank, bank_for, load_bank, save_bank
from headlong.inference.calibration import LEAST_ESS, exposures_of, fingerprint

WHOLE = bank_for("a-war-of-ones-own")


@pytest.mark.parametrize("name", WHOLE.wars)
def test_the_bank_is_of_the_cases_as_they_stand(name):
    assert WHOLE.wars[name] == fingerprint(exposures_of(open_case(name))), "run: python scripts/make_bank.py"


@pytest.mark.parametrize("name", [*WHOLE.wars, "a-war-of-ones-own"])
def test_a_case_is_forecast_without_itself_and_its_sisters(name):
    bank = bank_for(name)
    assert set(bank.cases) == set(WHOLE.wars) - {name, *sisters(name)}
    assert bank.draws.ess >= LEAST_ESS


def changed(tmp_path, **other):
    path = tmp_path / "bank.npz"
    save_bank(WHOLE, path)
    with np.load(path) as found:
        arrays = dict(found)
    arrays.update(other)
    np.savez(path, **arrays)
    return path


def numbers(**change):
    arrays = {
        "theta": WHOLE.theta.astype("f4"),
        "base": WHOLE.base.astype("f4"),
        "told": WHOLE.told.astype("f4"),
    }
    for name, (place, value) in change.items():
        arrays[name] = arrays[name].copy()
        arrays[name][place] = value
    return arrays


def meta(**change):
    form = [WHOLE.form.name, WHOLE.form.title, WHOLE.form.free]
    found = {"wars": WHOLE.wars, "used": WHOLE.used, "form": form, "parameters": WHOLE.form.free} | change
    return {"meta": np.frombuffer(json.dumps(found).encode(), np.uint8)}


HOSTILE = {
    "not finite": numbers(theta=((0, 0), np.nan)),
    "not finite, too": numbers(told=((3, 3), np.inf)),
    "above 0": numbers(theta=((0, 1), -2.0)),
    "all sense": numbers(theta=((0, 4), 3000.0)),
    "shape": {"base": np.zeros(3, "f4")},
    "other parameters": meta(parameters=["a", "b"]),
    "no war called": meta(used=["atlantis"]),
    "not a bank": meta(form=[1]),
    "not a bank, either": {"meta": np.frombuffer(b"[]", np.uint8)},
    "a war or its fingerprint is no text": meta(used=[{}]),
    "frees no parameter": meta(form=["a", "b", []]),
    "used twice": meta(used=[*list(WHOLE.wars)[:1], *list(WHOLE.wars)[:1]]),
    "beyond all sense": {"base": np.full(len(WHOLE.theta), 1e30)},
    "no draws": {"theta": WHOLE.theta[:0], "base": WHOLE.base[:0], "told": WHOLE.told[:0]},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_bank_is_not_believed(tmp_path, what):
    with pytest.raises(BadRequest, match=what.split(",")[0]):
        load_bank(changed(tmp_path, **HOSTILE[what]))


def packed(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in parts.items():
            made.writestr(f"{name}.npy", raw)
    return path


def header(shape):
    box = io.BytesIO()
    np.lib.format.write_array_header_1_0(box, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return box.getvalue()


def test_sizes_are_looked_at_before_anything_is_read(tmp_path):
    """A head that speaks of ten million million numbers, and a zip that unpacks to a thousand times its size."""
    with pytest.raises(BadRequest, match="not as long as it says"):
        load_bank(packed(tmp_path / "lie.npz", theta=header((10**13,))))
    bomb = packed(tmp_path / "bomb.npz", theta=header((25_000_000,)) + bytes(8 * 25_000_000))
    assert bomb.stat().st_size < 300_000
    tracemalloc.start()
    with pytest.raises(BadRequest, match="25,000,000 numbers"):
        load_bank(bomb)
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    wrong = numbers(theta=((0, 1), np.nan), base=(5, 1e9)) | meta(used=["atlantis", "mu"])
    with pytest.raises(BadRequest) as error:
        load_bank(changed(tmp_path, **wrong))
    for what in ("theta has numbers that are not finite", "in base is beyond all sense", "atlantis", "mu"):
        assert what in str(error.value)


def test_a_whole_bank_is_believed(tmp_path):
    assert isinstance(load_bank(changed(tmp_path, **numbers(), **meta())), Bank)
