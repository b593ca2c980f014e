"""What reports say of who holds what: order, copies, interest, denials, priors."""

import ast
import csv
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from headlong.case.rows import Row
from headlong.case.tables.schema import HAS_IT, columns_of
from headlong.reports.credibility import (
    CLASSES,
    FITS,
    GROUPS,
    base_rate_ratio,
    believed,
    chance_heard,
    fits,
    prior,
    value,
)
from headlong.reports.duplicates import counting_shares
from headlong.reports.observation import NEUTRAL, group_of, observe, speaks_of_control

START = date(2020, 1, 1)


def report(name, day=2, **other):
    row = {
        "id": name, "published_at": START + timedelta(days=day), "event_date": None, "place": "town", "claim": "fell",
        "side": "rebels", "leader": None, "count": None, "polarity": "asserted", "source_class": "official",
        "verification": "attributed", "interest": "none", "origin": name, "outlet": None, "url": None, "words": None,
        "note": None, "source": "made up", "confidence": "low",
    }  # fmt: skip
    return Row({**row, **other}, 1)


def seen(*rows, day=10):
    return observe(rows, START, START + timedelta(days=day))


def test_the_order_of_rows_changes_nothing():
    rows = [report(f"r{k}", day=2 + k % 3, origin=f"o{k % 4}") for k in range(12)]
    assert seen(*rows) == seen(*rows[::-1])


def test_what_is_published_later_is_not_there():
    early, late = report("a", 2), report("b", 9)
    assert seen(early, late, day=5) == seen(early, day=5)


def test_copies_of_one_origin_do_not_count():
    rows = [report(f"r{k:04}", day=2 + k % 4, origin="One Radio") for k in range(1000)]
    assert sum(o.counted for o in seen(*rows)) == 1.0


def test_copies_of_one_text_do_not_count():
    words = "Rebels took the town before dawn after the garrison left for the hills"
    rows = [
        report("a", words=words),
        report("b", words=words.upper() + "!"),
        report("c", words="Quite another text"),
    ]
    assert counting_shares(rows) == [1.0, 0.0, 0.5]


def test_short_or_missing_words_make_no_copy():
    assert counting_shares([report("a", words="taken"), report("b", words="taken")]) == [1.0, 0.5]
    assert counting_shares([report("a", origin=None), report("b", origin=None)]) == [1.0, 0.5]


def test_the_same_claim_by_one_class_counts_less_each_time():
    rows = [report(f"r{k}") for k in range(4)]
    assert counting_shares(rows) == [1.0, 1 / 2, 1 / 3, 1 / 4]
    assert counting_shares([report("a"), report("b", source_class="resident")]) == [1.0, 1.0]
    assert counting_shares([report("a", 2), report("b", 20, origin="a")]) == [1.0, 1.0]


def test_a_confirmed_report_is_no_copy_of_an_unconfirmed_one():
    assert counting_shares([report("a"), report("b", origin="a", verification="confirmed")]) == [1.0, 1.0]


def test_every_claim_of_the_schema_has_fits():
    for claim in columns_of("reports")["claim"].choices:
        for polarity in ("asserted", "denied"):
            row = fits(claim, polarity)
            assert len(row) == len(FITS) and all(0.0 <= x <= 1.0 for x in row)
    assert set(columns_of("reports")["source_class"].choices) == set(CLASSES)


def test_which_claims_say_that_a_side_has_its_place_stands_once():
    assert set(columns_of("reports")["claim"].choices) > HAS_IT
    found = []
    for path in Path(str(files("headlong"))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.Tuple, ast.Set, ast.List)):
                words = [word.value for word in node.elts if isinstance(word, ast.Constant)]
                found += [path.name] if len(words) == len(node.elts) and set(words) == HAS_IT else []
    assert found == ["schema.py"]


def test_a_denial_speaks_against_what_the_claim_speaks_for():
    for claim in columns_of("reports")["claim"].choices:
        yes, no = fits(claim, "asserted"), fits(claim, "denied")
        assert (max(yes[:3]) - max(yes[3:])) * (max(no[:3]) - max(no[3:])) <= 0.0


def test_fell_is_sharper_than_entered():
    fell, entered = fits("fell", "asserted"), fits("entered", "asserted")
    assert fell[0] / max(fell[5], 1e-9) > entered[0] / entered[5]
    assert fell[0] > fell[1] > fell[2]


@pytest.mark.parametrize("name", CLASSES)
def test_interest_lowers_and_admission_raises(name):
    def mean(group):
        a, b = prior(name, group)
        return a / (a + b)

    assert mean("denial") < mean("interested") < mean("plain") < mean("admitted")


def test_groups():
    assert group_of(report("a", interest="own_success")) == "interested"
    assert group_of(report("a", interest="own_failure")) == "admitted"
    assert group_of(report("a", interest=None)) == "plain"
    assert group_of(report("a", polarity="denied", interest="own_success")) == "denial"
    assert {o.cell for o in seen(report("a"))} == {CLASSES.index("official") * len(GROUPS)}


def test_a_denial_is_of_what_was_said_in_the_days_before():
    """What is older than a week is not looked at again for each report; it would say nothing."""
    rows = [
        report(f"r{k:03}", 1 + k % 40, claim=("fell", "held", "repulsed")[k % 3], interest="own_success",
               side=("rebels", "gov")[k % 2], place=("town", "port")[k % 5 == 0])
        for k in range(120)
    ]  # fmt: skip
    said = {o.row["id"]: o for o in seen(*rows, day=60)}
    told = [said[row["id"]].row for row in sorted(rows, key=lambda r: (r["published_at"], r["id"]))]
    groups = [GROUPS[said[row["id"]].cell % len(GROUPS)] for row in told]
    assert groups == [group_of(row, told[:k]) for k, row in enumerate(told)] and "denial" in groups


def test_unverified_lowers_and_confirmed_teaches_nothing():
    (plain,), (open_,) = seen(report("a")), seen(report("a", verification="unverified"))
    (sure,) = seen(report("a", verification="confirmed"))
    assert open_.shift < plain.shift == 0.0 and sure.confirmed and not plain.confirmed
    assert value("verification", "confirmed") > max(
        prior(c, "plain")[0] / sum(prior(c, "plain")) for c in CLASSES
    )


@pytest.mark.parametrize(
    "lack", ({"place": None}, {"side": None}, {"claim": "support"}, {"claim": "crossed"})
)
def test_claims_that_say_nothing_of_control_are_neutral(lack):
    row = report("a", **lack)
    assert not speaks_of_control(row)
    assert seen(row)[0].fit == NEUTRAL


def test_days_are_kept_within_the_war_so_far():
    (odd,) = seen(report("a", 4, event_date=START + timedelta(days=6)))
    assert odd.day == 4
    (old,) = seen(report("a", 4, event_date=START - timedelta(days=30)))
    assert old.day == 1


def test_news_of_a_change_gets_likelier_with_time_and_size():
    town = [chance_heard(d, "town") for d in range(6)]
    assert town == sorted(town) and town[-1] < chance_heard(5, "provincial_capital") < 1.0


def test_shares_shift_by_log_odds():
    assert believed(0.8, 0.0) == pytest.approx(0.8)
    assert believed(0.5, 1.0) > 0.5 > believed(0.5, -1.0)


def test_every_prior_has_a_reason():
    text = (files("headlong.reports") / "priors.csv").read_text("utf-8")
    assert all(row["source"] and row["meaning"] for row in csv.DictReader(text.splitlines()))


def test_what_a_side_admits_has_odds_of_its_own():
    def odds(interest, claim="withdrew", side="gov", group="plain"):
        a, b = prior("belligerent", group)
        sure, fit, times = (
            a / (a + b),
            fits(claim, "asserted", interest),
            base_rate_ratio(claim, "asserted", interest),
        )

        def chance(x):
            return sure * x + (1.0 - sure) * (1.0 - x) / times

        return chance(fit[3]) / chance(fit[2])

    assert odds("own_failure", group="admitted") > 300.0
    assert 20.0 < odds(None) < 200.0
    assert (
        fits("fell", "asserted")
        == fits("fell", "asserted", "own_success")
        != fits("fell", "asserted", "own_failure")
    )
    assert base_rate_ratio("fell", "asserted", "own_failure") > 10.0 * base_rate_ratio("fell", "asserted")


@pytest.mark.parametrize("claim", ("fell", "handed_over"))
def test_a_takers_own_word_lies_between_anybodys_and_an_admission(claim):
    """In what it is worth, at the reliabilities that are believed before a war."""

    def odds(interest, group):
        a, b = prior("belligerent", group)
        return a / b * base_rate_ratio(claim, "asserted", interest)

    assert 2.0 * odds("none", "plain") < odds("own_success", "interested")
    assert 10.0 * odds("own_success", "interested") < odds("own_failure", "admitted")


def test_to_deny_ones_own_success_is_to_admit():
    assert group_of(report("a", polarity="denied", interest="own_failure")) == "admitted"


def test_what_a_side_says_for_itself_is_one_stance_until_another_says_the_place_has_gone():
    own = {"interest": "own_success", "source_class": "belligerent"}
    words = [
        report("a", 2, claim="repulsed", **own),
        report("b", 3, claim="held", side="gov", **own),
        report("c", 4, claim="entered", polarity="denied", **own),
        report("d", 5, claim="fell", **own),
        report("e", 5, claim="fell", polarity="denied", **own),
        report("f", 6, claim="held", side="gov", **own),
    ]
    assert counting_shares(words) == [1.0, 1 / 2, 1 / 3, 1.0, 1.0, 1 / 2]
    assert counting_shares([report("a", claim="held", side="gov"), report("b", claim="repulsed")]) == [
        1.0,
        1.0,
    ]


def test_to_hold_what_another_says_to_have_taken_is_to_deny():
    own = {"interest": "own_success", "source_class": "belligerent"}
    told = seen(
        report("a", 2, **own),
        report("b", 3, claim="held", side="gov", **own),
        report("c", 3, claim="held", **own),
    )
    assert {o.row["id"]: GROUPS[o.cell % len(GROUPS)] for o in told} == {
        "a": "interested",
        "b": "denial",
        "c": "interested",
    }


def test_what_was_published_before_the_start_is_left_aside():
    early = report("a", -3)
    assert seen(early, report("b")) == seen(report("b"))


def test_sieges_are_evidence_of_who_holds():
    siege, relief = fits("besieged", "asserted"), fits("relieved", "asserted")
    assert siege[5] > 10 * siege[2] and relief[2] > 10 * relief[5]
    assert not speaks_of_control(report("a", claim="besieged", polarity="denied"))
