"""Kept forecasts of any length, where control is taken from, and members that are not those of the day."""

import pytest
from click.testing import CliRunner
from kept import small_war
from quick import QUICK
from same import assert_identical_but_text

import headlong as hl
from headlong.cli import headlong
from headlong.view.over_time.plain import archive_list

HOW = {"days": 8, "members": 60, "settings": QUICK}
DAY = "2031-02-01"


@pytest.fixture(scope="module")
def war(tmp_path_factory):
    return small_war(tmp_path_factory.mktemp("war") / "toyland")


def said(*words):
    done = CliRunner().invoke(headlong, [str(word) for word in words])
    return done, f"{done.output} {'' if done.exception is None else done.exception}"


def test_members_of_another_forecast_are_not_taken_for_those_of_the_day(tmp_path, quick_module, war):
    """A day that was taken away and kept again, by another seed: its old members are still there."""
    kept = tmp_path / "kept"
    hl.archive(kept).keep(war, [DAY], members_too=True, **HOW)
    (kept / f"{DAY}.nc").unlink()
    hl.archive(kept).keep(war, [DAY], **HOW | {"seed": 7})
    made = hl.archive(kept).whole(DAY, war)
    assert made.attrs["seed"] == 7
    assert_identical_but_text(made, hl.forecast(war, init=DAY, **HOW | {"seed": 7}))
    (kept / "members" / f"{DAY}.nc").write_bytes(b"no file")
    assert hl.archive(kept).whole(DAY, war).attrs["seed"] == 7


@pytest.mark.parametrize("days", [1, 2, 3, 4, 6, 7, 9])
def test_forecasts_of_any_length_are_listed(war, quick_module, tmp_path, days):
    words = ["archive", tmp_path / "kept"]
    done, text = said(
        *words, war, "--from", DAY, "--to", "2031-02-02", "--members", 20, "--days", days, "--json"
    )
    assert done.exit_code == 0, text
    done, text = said(*words)
    assert done.exit_code == 0 and f"places in {3 if 3 <= days < 7 else min(days, 7)} days" in " ".join(
        text.split()
    ), text


@pytest.mark.parametrize("members, ends", [(3, False), (10, True)])
def test_too_few_members_give_the_number_no_interval(war, quick_module, tmp_path, members, ends):
    kept = hl.archive(tmp_path / "kept")
    kept.keep(war, [DAY], **HOW | {"members": members, "control": "start"})
    [entry] = archive_list(kept)["kept"]
    assert [entry["number"][q] is not None for q in ("p05", "p50", "p95")] == [ends, True, ends]
    text = said("archive", tmp_path / "kept")[1]
    assert f"{entry['number']['p50']} (" in text if ends else "–" not in text


def test_where_control_is_taken_from(war, quick_module, tmp_path):
    """By one option as `forecast` has it, or by its other spellings."""
    words = ["archive", tmp_path / "kept", war, "--init", DAY, "--members", 20, "--days", 5]
    for more in (["--control", "history"], ["--known-control"]):
        done, text = said(*words, *more)
        assert done.exit_code == 0, text
        assert hl.archive(tmp_path / "kept").latest.data.attrs["control"] == "history"
    done, text = said(*words, "--control", "start")
    assert "keeps other forecasts: control history, not start" in text
    for more, why in (
        (["--known-control", "--no-reports"], "say different things"),
        (["--control", "start", "--reports", "x.csv"], "exclude each other"),
        (["--control", "replay"], "'replay' is not one of"),
    ):
        done, text = said(*words, *more)
        assert done.exit_code == 2 and why in text, text
