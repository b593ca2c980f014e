"""Whose deed a claim is, after the network: no side that is not there, and who is named as doer."""

from datetime import date

import numpy as np
import pytest

from headlong.case import open_case
from headlong.reading.reader import reading_of
from headlong.reading.trained.doers import away_sides, labelled, named_doer
from headlong.reading.trained.network import Scores
from headlong.reading.trained.revise import Found, claims_of, found_in
from headlong.reading.trained.slots import CLAIMS, slots_of
from reading import open_gold_case

CASE = open_case("afghanistan-2021")
IVORY = open_gold_case("cote-divoire-2002")


class Sure:
    """A network that is sure of one thing: that a place fell, most likely to the last side."""

    def __init__(self):
        self.least = {"alone": 0.5, "agreed": 0.3}

    def scores(self, slots):
        chance = np.zeros((len(slots.places) + 1, 2 * len(CLAIMS)), np.float32)
        chance[1, CLAIMS.index("fell")] = 0.9
        made = Scores(chance, chance, chance, chance, self)
        made.side_chances = lambda at, cell: np.arange(len(slots.sides) + 1) / 10
        made.about = lambda at, cell: (np.full(8, -2.0), 0.0)
        return made


def drafted(text):
    reading = reading_of(text, IVORY, date(2002, 10, 8))
    slots = slots_of(reading, 1, [])
    own = [one for one in reading.claims if one.number == 1]
    return list(found_in(Sure().scores(slots), slots, own, Sure(), away_sides(reading)))


def test_a_side_that_holds_nothing_and_is_not_spoken_of_has_done_nothing():
    (without,) = drafted("Vavoua has fallen to the rebels, a nurse said.")
    assert without.side not in ("", "west")
    (spoken_of,) = drafted("Vavoua has fallen to the rebels, a nurse said. The MPIGO was seen in the west.")
    assert spoken_of.side == "west"


@pytest.mark.parametrize(
    ("text", "place", "claim", "side"),
    [
        ("Herat was captured by the Taliban on Thursday.", "herat", "fell", "taliban"),
        ("The Taliban attacked Herat on Thursday.", "herat", "attacked", "taliban"),
        ("They captured Herat on Thursday.", "herat", "fell", ""),
        ('"Our fighters captured Herat on Thursday," the Taliban said.', "herat", "fell", ""),
        ("The capture of Herat was announced by the Taliban.", "herat", "fell", ""),
        ("Kandahar was captured by the Taliban on Thursday.", "herat", "fell", ""),
    ],
)
def test_who_is_named_as_doer_did_it(text, place, claim, side):
    reading = reading_of(text, CASE, date(2021, 8, 13))
    assert named_doer((place, claim, False), reading.claims, reading) == side
    assert named_doer((place, claim, True), reading.claims, reading) == ""


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Herat: besieged since 8 August.", "besieged"),
        ("Herat: the Taliban besieged the town.", ""),
        ("The Taliban besieged Herat.", ""),
    ],
)
def test_the_state_of_a_place_told_as_a_label_is_what_the_rules_read(text, claim):
    reading = reading_of(text, CASE, date(2021, 8, 13))
    label = labelled("herat", reading.claims)
    assert (label.event.claim if label else "") == claim
    assert labelled("kandahar", reading.claims) is None


@pytest.mark.parametrize(
    ("head", "side"),
    [
        ("COMMUNIQUE No. 7 OF THE GENERAL COMMAND, TALIBAN", "taliban"),
        ("STATEMENT BY THE GENERAL COMMAND OF THE TALIBAN", "taliban"),
        ("STATEMENT BY THE MINISTRY OF DEFENCE ON THE TALIBAN", "republic"),
        ("COMMUNIQUE OF THE GENERAL COMMAND", "republic"),
    ],
)
def test_a_communique_is_that_of_the_side_whose_command_puts_it_out(head, side):
    text = f"{head}\n13 August 2021\n\nOur valiant forces liberated Herat on the morning of 13 August."
    reading = reading_of(text, CASE, date(2021, 8, 13))
    assert reading.memory.default.side == side
    (one, *_) = claims_of(
        Found("herat", "fell", False, side, 0.9, "belligerent", False), reading, 1, reading.claims
    )
    assert one.speaker.side == side


@pytest.mark.parametrize(("denied", "side"), [(False, "taliban"), (True, "republic")])
@pytest.mark.parametrize("group", ["group", "movement"])
def test_a_claim_is_its_groups_and_the_denial_beside_it_another_speakers(group, denied, side):
    text = (
        f"Fighters of the Taliban have captured Herat, the {group} said on Friday, a claim the army denied."
    )
    reading = reading_of(text, CASE, date(2021, 8, 13))
    found = Found("herat", "fell", denied, "taliban", 0.9, "belligerent", False)
    (one,) = claims_of(found, reading, 1, reading.claims)
    assert one.speaker.side == side
