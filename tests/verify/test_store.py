"""What is kept on disk: named by all that it depends on."""

from pathlib import Path

import numpy as np

from headlong.inference.bank import bank_for
from headlong.result_cache import source_files
from headlong.verify.hindcasts import cache as store
from headlong.verify.hindcasts.runs import HindcastRun


def test_the_name_follows_every_source_that_matters():
    found = {"/".join(p.parts[-3:]) for p in source_files(store.START)}
    for name in (
        "verify/hindcasts/runs.py", "headlong/engine/day.py", "mechanisms/control/loss.py", "headlong/board/draws.py",
        "headlong/inference/strain_filter.py", "headlong/inputs/control_history.py", "headlong/inputs/force_levels.py",
        "headlong/case/case.py",
        "src/headlong/parameters.py", "headlong/reports/confirmed.py",
    ):  # fmt: skip
        assert name in found, name
    assert not {n for n in found if n.startswith(("view/", "headlong/cli"))}
    assert "forecast/results/summary.py" not in found and "verify/scores/scores.py" not in found


def test_the_name_follows_the_case_the_bank_and_what_was_asked():
    one, other = bank_for("chad-2008"), bank_for("mali-2012")
    names = [
        store.path_of(Path("f"), "x", "hash", one, 7, 30, 400, 1),
        store.path_of(Path("f"), "x", "other", one, 7, 30, 400, 1),
        store.path_of(Path("f"), "x", "hash", other, 7, 30, 400, 1),
        store.path_of(Path("f"), "x", "hash", one, 14, 30, 400, 1),
        store.path_of(Path("f"), "x", "hash", one, 7, 30, 400, 2),
    ]
    assert len(set(names)) == 5
    assert names[0] == store.path_of(Path("f"), "x", "hash", one, 7, 30, 400, 1)


def test_kept_and_fetched(tmp_path):
    run = HindcastRun(
        np.arange(12, dtype=np.uint16).reshape(3, 4),
        np.ones((3, 2, 1, 3), np.int32),
        np.array(["a"]),
        np.ones((3, 2, 2), np.int32),
        np.array(["b", "c"]),
    )
    path = tmp_path / "new" / "a.npz"
    assert store.fetch_run(path) is None
    store.keep_run(path, run)
    for a, b in zip(store.fetch_run(path), run, strict=True):
        assert np.array_equal(a, b)
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a.npz"]
    with np.load(path) as found:
        arrays = dict(found)
    np.savez(path, **{name: array for name, array in arrays.items() if name != "day"})
    assert store.fetch_run(path) is None
    path.write_bytes(b"PK nonsense")
    assert store.fetch_run(path) is None and store.fetch_run(None) is None
