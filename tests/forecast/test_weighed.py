"""A war that was weighed before is read from disk: the same bits, never those of another question."""

import os
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from quick import QUICK
from same import assert_identical

from headlong import result_cache
from headlong.assimilation import particle_filter
from headlong.case.rows import Row
from headlong.forecast import ensemble, weighed
from headlong.forecast.api import run
from headlong.forecast.request import Request
from headlong.forecast.settings import Runtime
from headlong.forecast.weighed import ALONG, path_of
from headlong.npz import read_arrays

HOW = {"days": 5, "members": 30, "settings": QUICK}


@pytest.fixture
def counted(monkeypatch):
    """How often a war was weighed."""
    calls = []
    for room, name in ((particle_filter, "assimilate"), (ensemble, "weigh")):
        real = getattr(room, name)
        monkeypatch.setattr(
            room, name, lambda *a, _real=real, _n=name, **k: calls.append(_n) or _real(*a, **k)
        )
    return calls


@pytest.mark.parametrize("control, verb", (("reports", "assimilate"), ("history", "weigh")))
def test_the_second_time_it_is_read_and_nothing_moves(quick, cases, counted, tmp_path, control, verb):
    asked = {"case": cases("iraq-2014"), "control": control, **HOW}
    plain = run(Request(**asked), Runtime())
    first = run(Request(**asked), Runtime(folder=tmp_path))
    second = run(Request(**asked), Runtime(folder=tmp_path))
    assert counted == [verb] * 2
    assert_identical(plain, first)
    assert_identical(first, second)


def test_a_damaged_file_is_made_again(quick, cases, counted, tmp_path):
    asked = Request(case=cases("iraq-2014"), **HOW)
    first = run(asked, Runtime(folder=tmp_path))
    (path,) = tmp_path.glob("iraq-2014-*.npz")
    whole = path.read_bytes()
    for broken in (b"PK broken", whole[: len(whole) // 2], whole[:9000] + b"\0\1\2" + whole[9003:]):
        path.write_bytes(broken)
        assert_identical(first, run(asked, Runtime(folder=tmp_path)))
        assert path.read_bytes() == whole
    np.savez(path, theta=np.zeros(3))
    assert_identical(first, run(asked, Runtime(folder=tmp_path)))
    assert counted == ["assimilate"] * 5


@pytest.mark.parametrize("control, arrays", (("reports", ALONG), ("history", ("theta", "weight"))))
def test_what_is_kept_whole_and_cannot_be_is_made_again(quick, cases, tmp_path, control, arrays):
    """Arrays narrower than they were, and numbers that are none, under a checksum that is right."""
    asked = Request(case=cases("iraq-2014"), control=control, **HOW)
    first = run(asked, Runtime(folder=tmp_path))
    (path,) = tmp_path.glob("iraq-2014-*.npz")
    whole = read_arrays(path)

    def is_made_anew():
        room = weighed.particles_of if control == "reports" else weighed.posterior_of_war
        with pytest.raises(LookupError):
            room(asked, Runtime(folder=tmp_path), lambda: {}["made anew"])

    for name in arrays:
        array = whole[name]
        wrong = [np.zeros((*array.shape, 1), array.dtype)]
        if array.dtype.kind == "f":
            wrong.append(np.full_like(array, np.nan))
        if name == "weight":
            wrong += [-array, array * 2.0, array * 0.0]
        if (
            array.ndim
            and name != "state.theta"
            and name not in ("state.odds", "state.reliability", "reliability")
        ):
            wrong.append(array[..., :-1] if array.ndim > 1 or array.size > 1 else array[:0])
        for other in wrong:
            np.savez(path, **whole | {name: other})
            is_made_anew()
    np.savez(path, **whole)
    assert_identical(first, run(asked, Runtime(folder=tmp_path)))


def test_every_other_question_has_a_name_of_its_own(quick, cases, tmp_path, monkeypatch):
    case, at = cases("iraq-2014"), Runtime(folder=tmp_path)
    asked = {"case": case, "init": case.init, "control": "reports"}
    more = [
        asked,
        asked | {"init": case.init - timedelta(days=1)},
        asked | {"control": "history"},
        asked | {"control": "start"},
        asked | {"case": cases("libya-2019"), "init": date(2019, 6, 1)},
        asked | {"bank": Request(case=cases("libya-2019")).parameters},
    ]
    names = {path_of(Request(**one), at, "particles", 1) for one in more}
    names |= {path_of(Request(**asked), at, "particles", 2), path_of(Request(**asked), at, "posterior", 1)}
    assert len(names) == len(more) + 2
    other = replace(case, reports=case.reports[1:])
    assert path_of(Request(**asked | {"case": other}), at, "particles", 1) not in names
    before = path_of(Request(**asked), at, "particles", 1)
    monkeypatch.setattr("headlong.forecast.weighed.source_hash", lambda: "of another version")
    assert path_of(Request(**asked), at, "particles", 1) != before


@pytest.mark.parametrize("kind", ("strains", "parameters"))
@pytest.mark.parametrize("spoil", (lambda a: a[:-1], lambda a: a * np.nan, lambda a: a.astype(int), None))
def test_what_members_drew_is_drawn_again_where_it_cannot_be(quick, cases, tmp_path, kind, spoil):
    asked = Request(case=cases("iraq-2014"), control="history", **HOW)
    first = run(asked, Runtime(folder=tmp_path))
    (path,) = tmp_path.glob(f"{kind}-*.npz")
    whole, kept = path.read_bytes(), dict(read_arrays(path))
    name = next(iter(kept))
    kept = {name: kept[name]} if spoil is None else kept | {name: spoil(kept[name])}
    np.savez(path, **kept)
    assert_identical(first, run(asked, Runtime(folder=tmp_path)))
    assert path.read_bytes() == whole


def test_other_words_are_another_question(quick, cases, tmp_path):
    """A report in the words of another is its copy and does not count; no hash of a case has words."""
    case, at = cases("iraq-2014"), Runtime(folder=tmp_path)
    last = replace(case, reports=tuple(Row({**row, "words": "quite other words"}) for row in case.reports))
    for one in (case, last):
        run(Request(case=one, **HOW), at)
    assert len([*tmp_path.glob("iraq-2014-*.npz")]) == 2 and last.hash == case.hash


def test_nothing_is_kept_where_nothing_is_to_be(monkeypatch):
    monkeypatch.setenv("HEADLONG_KEEP", "0")
    assert result_cache.folder_of("weighed") is None
    result_cache.keep(None, {"x": np.zeros(1)})
    assert result_cache.fetch(None) is None


def test_a_folder_has_a_limit_and_what_was_used_longest_ago_goes(tmp_path):
    for k in range(4):
        result_cache.keep(tmp_path / f"{k}.npz", {"x": np.zeros(1000)}, most=10**6)
        os.utime(tmp_path / f"{k}.npz", (k, k))
    assert result_cache.fetch(tmp_path / "0.npz")["x"].size == 1000  # used just now
    result_cache.keep(tmp_path / "new.npz", {"x": np.zeros(1000)}, most=25_000)
    assert {p.name for p in tmp_path.glob("*.npz")} == {"0.npz", "3.npz", "new.npz"}


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").touch()
    result_cache.keep(tmp_path / "file" / "x.npz", {"x": np.zeros(1)})


def test_what_is_hashed_is_all_that_a_number_depends_on():
    package = result_cache.PACKAGE
    for start in ("headlong.forecast.api", "headlong.verify.hindcasts.hindcast"):
        rooms = {path.relative_to(package).parts[0] for path in result_cache.source_files(start)}
        assert not rooms & {*result_cache.ASIDE}, start
