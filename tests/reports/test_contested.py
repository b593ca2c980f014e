"""Contradictions: which claims on a place are answered, and by whom."""

from datetime import timedelta

import pytest
from tables import START, report

from headlong.reports.contested import LAPSE, unanswered
from headlong.reports.observation import observe


def said(name, day=2, claim="fell", side="rebels", **other):
    return report(name, day, "town", claim, side, **other)


OWN = {"interest": "own_success", "source_class": "belligerent"}
TAKEN = said("taken", 5, **OWN)
DENIED = said("denied", 5, polarity="denied", **OWN)
ADMITTED = said("admitted", 7, claim="withdrew", side="gov", interest="own_failure")


def against(holder, *rows, day=20):
    return [o.row["id"] for o in unanswered(observe(rows, START, START + timedelta(days=day)), holder, day)]


def test_a_claim_that_only_its_enemy_denies_stays_open_for_either_holder():
    assert against("gov", TAKEN, DENIED) == ["taken"]
    assert against("rebels", TAKEN, DENIED) == ["denied"]


def test_an_admission_answers_the_denials_before_it():
    assert against("rebels", TAKEN, DENIED, ADMITTED) == []
    assert against("gov", TAKEN, DENIED, ADMITTED) == ["taken", "admitted"]


@pytest.mark.parametrize(
    "answer, open_still",
    (
        ({"source_class": "reporter"}, False),
        ({"source_class": "agency"}, False),
        ({"source_class": "agency", "verification": "unverified"}, True),
        ({"source_class": "resident"}, True),
        ({"source_class": "resident", "verification": "confirmed"}, False),
        ({**OWN}, True),
        ({"source_class": "reporter", "day": 4}, True),
    ),
)
def test_who_can_answer(answer, open_still):
    word = said("word", **{"day": 6, "claim": "held", "side": "gov", **answer})
    assert against("gov", TAKEN, word) == (["taken"] if open_still else [])


@pytest.mark.parametrize("firm", ({"verification": "confirmed"}, {"source_class": "reporter"}))
def test_two_firm_words_of_one_day_leave_the_place_open_until_a_later_one(firm):
    taken, held = said("taken", 5, **firm), said("held", 5, claim="held", side="gov", **firm)
    assert against("gov", taken, held) == ["taken"] and against("rebels", taken, held) == ["held"]
    later = said("later", 6, claim="held", side="gov", source_class="reporter")
    assert against("gov", taken, held, later) == []


def test_what_somebody_saw_after_an_admission_is_not_answered_by_it():
    seen_later = said("seen", 8, claim="held", side="gov", source_class="agency")
    assert against("rebels", ADMITTED, seen_later) == ["seen"]


def test_a_claim_is_left_behind_in_the_end():
    assert against("gov", TAKEN, day=5 + LAPSE) and not against("gov", TAKEN, day=6 + LAPSE)


def test_attacks_and_sieges_contradict_nobody():
    assert against("rebels", said("a", claim="attacked"), said("b", claim="besieged")) == []
