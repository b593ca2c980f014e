"""What is kept on disk: named by all that it depends on."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from headlong.case import open_case
from headlong.inference.bank import bank_for
from headlong.npz import read_arrays
from headlong.result_cache import source_files
from headlong.verify.hindcasts import cache as store
from headlong.verify.hindcasts import card_cache
from headlong.verify.hindcasts.request import VerifyRequest
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


CASE = SimpleNamespace(
    places=[{"id": i, "kind": "refuge" if i in "yz" else "town"} for i in "abcxyz"], id="toyland"
)
ASKED = store.RunAsked(CASE, (3, 7), 3)
RUN = HindcastRun(
    np.full((3, 6), 8, np.uint16),
    np.ones((3, 2, 1, 3), np.int32),
    np.array(["a"]),
    np.ones((3, 2, 2), np.int32),
    np.array(["y", "z"]),
)


def test_kept_and_fetched(tmp_path):
    path = tmp_path / "new" / "a.npz"
    assert store.fetch_run(path, ASKED) is None
    store.keep_run(path, RUN)
    for a, b in zip(store.fetch_run(path, ASKED), RUN, strict=True):
        assert np.array_equal(a, b)
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a.npz"]
    path.write_bytes(b"PK nonsense")
    assert store.fetch_run(path, ASKED) is None and store.fetch_run(None, ASKED) is None


SPOILT = {
    "no day": {"day": None},
    "another array": {"more": np.zeros(1)},
    "fewer members": {"day": RUN.day[:2]},
    "fewer places": {"day": RUN.day[:, :2]},
    "flat": {"day": RUN.day.ravel()},
    "no day at all": {"day": RUN.day * 0},
    "beyond the longest lead": {"day": RUN.day + 1},
    "no number": {"day": RUN.day * np.nan},
    "texts": {"day": RUN.day.astype(str)},
    "fewer people than none": {"arrivals": -RUN.arrivals},
    "no numbers of people": {"refugees": RUN.refugees * np.nan},
    "fewer leads": {"arrivals": RUN.arrivals[:, :1]},
    "a crossing too many": {"crossings": np.array(["a", "b"])},
    "crossings of another war": {"crossings": np.array(["kabul"])},
    "refuges of another war": {"refuges": np.array(["y", "peshawar"])},
    "a town for a refuge": {"refuges": np.array(["a", "z"])},
    "nothing": {name: np.zeros(0) for name in RUN._fields},
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_kept_hindcast_that_cannot_be_is_made_anew(tmp_path, how):
    arrays = {k: v for k, v in (RUN._asdict() | SPOILT[how]).items() if v is not None}
    np.savez(tmp_path / "a.npz", **arrays)
    found = store.kept_run(tmp_path / "a.npz", ASKED, lambda: RUN)
    assert found is RUN and store.fetch_run(tmp_path / "a.npz", ASKED) is not None  # and kept in its place


LEAD = {
    "observed": 1.0, "expected": {"headlong": 0.5}, "brier": {"headlong": 0.2}, "log": {"headlong": 0.4},
    "count_crps": {"headlong": 0.3}, "inside": [1.0, 1.0, 0.5, 0.9], "pit": [0.1], "reliability": [[0.0, 1.0, 2.0]],
    "ranked": None,
}  # fmt: skip
CAPITAL = {
    "place": "a", "fell": {3: 0.0, 7: None}, "fell_by_day": [0.0], "p": {"headlong": {3: 0.1, 7: 0.2}},
    "by_day": [0.0, 0.1], "date_crps": None,
}  # fmt: skip
CARD = {
    "case": "chad-2008", "day": 1, "n": 6, "undated": [], "quiet": 0, "changes_before": 0,
    "leads": {3: LEAD, 7: LEAD}, "horizon": None, "capital": CAPITAL, "arrivals": [], "camps": [],
}  # fmt: skip


def cards(folder, make):
    """The cards of a case at two days, as kept or as made."""
    case, asked = open_case("chad-2008"), VerifyRequest((3, 7), 20, 1, None, folder)
    return card_cache.cards_of(case, [1, 8], asked, bank_for("chad-2008"), make)


def cards_with(text, change):
    """The text of cards with something changed in the first."""
    cards = card_cache.unpacked(text)
    change(cards[0])
    return card_cache.packed(cards)


WRONG = {
    "another war": lambda c: c.update(case="mali-2012"),
    "another day": lambda c: c.update(day=c["day"] + 1),
    "another lead": lambda c: c["leads"].update({30: c["leads"][7]}),
    "no scores": lambda c: c["leads"][7].pop("brier"),
    "a chance above one": lambda c: c["leads"][3]["brier"].update(headlong=1.5),
    "a chance below nothing": lambda c: c["capital"]["by_day"].append(-0.1),
    "no number": lambda c: c["leads"][3]["log"].update(headlong=float("nan")),
    "a text": lambda c: c["leads"][3].update(observed="many"),
    "a list": lambda c: c.update(horizon=[]),
    "arrivals of no shape": lambda c: c.update(arrivals=[{}]),
}


@pytest.mark.parametrize("how", [*WRONG, "no list", "no JSON", "no text", "deep"])
def test_kept_cards_that_cannot_be_are_made_anew(tmp_path, how):
    assert cards(tmp_path, lambda: [CARD]) == [CARD]
    (path,) = tmp_path.glob("cards-*.npz")
    whole, text = path.read_bytes(), read_arrays(path)["cards"].tobytes().decode()
    if how in WRONG:
        text = cards_with(text, WRONG[how])
    spoilt = {"no list": "7", "no JSON": "{", "deep": "[" * 100_000}.get(how, text).encode()
    np.savez(path, cards=np.zeros(3) if how == "no text" else np.frombuffer(spoilt, np.uint8))
    assert cards(tmp_path, lambda: [CARD]) == [CARD] and path.read_bytes() == whole
    assert cards(tmp_path, lambda: {}["made anew"]) == [CARD]
