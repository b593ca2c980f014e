"""What a side says of its own takings: once is a claim, again is no other, of every town at once it is no rarity."""

from datetime import date, timedelta

import pytest

from headlong.case.rows import Row
from headlong.reports.credibility import base_rate_ratio
from headlong.reports.duplicates import counting_shares
from headlong.reports.observation import observe

START = date(2020, 1, 1)
ANYBODY, TAKER = base_rate_ratio("fell", "asserted"), base_rate_ratio("fell", "asserted", "own_success")


def report(name, day=2, **other):
    row = {
        "id": name, "published_at": START + timedelta(days=day), "event_date": None, "place": "town", "claim": "fell",
        "side": "rebels", "leader": None, "count": None, "polarity": "asserted", "source_class": "belligerent",
        "verification": "attributed", "interest": "own_success", "origin": None, "outlet": None, "url": None,
        "words": None, "note": None, "source": "made up", "confidence": "low",
    }  # fmt: skip
    return Row({**row, **other}, 1)


def rarities(*rows):
    seen = observe(rows, START, START + timedelta(days=30))
    return {o.row["id"]: o.base_rate_ratio for o in seen}


PLAIN = {"interest": "none", "source_class": "reporter"}


@pytest.mark.parametrize("claim", ["fell", "handed_over", "withdrew"])
def test_a_boast_said_again_is_no_other_however_long_it_goes_on(claim):
    side = {"side": "gov"} if claim == "withdrew" else {}
    daily = [report(f"r{day}", day, claim=claim, **side) for day in range(2, 25)]
    assert counting_shares(daily) == [1.0] + [0.0] * 22


def test_a_boast_after_a_silence_counts_anew():
    assert counting_shares([report("a", 2), report("b", 11)]) == [1.0, 1.0]


@pytest.mark.parametrize("between", [{"side": "gov"}, {"side": "rebels", "claim": "withdrew"}])
def test_a_boast_counts_anew_once_the_place_went_to_another(between):
    rows = [report("a", 2), report("b", 3, **PLAIN, **between), report("c", 4)]
    assert counting_shares(rows)[2] == 1 / 2


@pytest.mark.parametrize(
    "other", [PLAIN, {"source_class": "official"}, {"origin": "another speaker"}, {"polarity": "denied"}]
)
def test_only_a_sides_own_boast_is_one_with_its_last(other):
    assert counting_shares([report("a", 2, **other), report("b", 3, **other)])[1] in (1 / 2, 0.0)
    if "origin" not in other:
        assert counting_shares([report("a", 2, **other), report("b", 3, **other)])[1] == 1 / 2


@pytest.mark.parametrize("places", [1, 2, 4, 8, 40])
@pytest.mark.parametrize("apart", [0, 1])
def test_of_many_places_at_once_a_takers_word_is_that_much_less_rare(places, apart):
    rows = [report(f"r{k}", 2 + min(6, apart * k), place=f"p{k}") for k in range(places)]
    found = rarities(*rows)
    assert min(found.values()) == max(ANYBODY, TAKER / places)
    if not apart:
        assert len(set(found.values())) == 1
    assert found == rarities(*reversed(rows))


def test_what_others_tell_too_does_not_make_a_takers_word_common():
    rows = [report(f"r{k}", place=f"p{k}") for k in range(5)]
    told = [report(f"t{k}", place=f"p{k}", **PLAIN) for k in range(4)]
    assert rarities(*rows, *told)["r4"] == TAKER


def test_later_boasts_change_no_earlier_one():
    first = report("a", 2)
    assert rarities(first, *(report(f"b{k}", 3, place=f"p{k}") for k in range(9)))["a"] == TAKER


def test_a_confirmed_word_that_a_side_holds_a_place_fits_no_loss_of_the_day_before():
    held = report(
        "a", 3, claim="held", side="gov", source_class="reporter", verification="confirmed", interest="none"
    )
    took_lately, lost_today, lost_lately, other = (
        observe([held], START, held["published_at"])[0].fit[k] for k in (1, 3, 4, 5)
    )
    assert took_lately == 1.0 > lost_today > lost_lately == other == 0.0
