"""What is flagged and what is not: contradictions between sentences, what follows in time, places put elsewhere."""

from datetime import date

import pytest

from headlong.case import open_case
from headlong.reading.claims.rows import rows_of
from headlong.reading.flags.contradictions import contradictions
from headlong.reading.flags.role_swaps import swaps
from headlong.reading.reader import read_text, reading_of, settle_claims

CASE = open_case("afghanistan-2021")
DAY = "2021-08-13"


def clashes(*sentences):
    text = "Headline\n\n" + "\n\n".join(("Rain fell on Thursday.", *sentences))
    return [one["sentences"] for one in read_text(text, CASE, DAY)["flags"] if one["kind"] == "contradiction"]


@pytest.mark.parametrize(
    ("soft", "hard"),
    [
        ("without firing a single round", "The town was carried street by street, a baker said."),
        ("with no shot at all", "There were four hours of hard combat around the bazaar, a nurse said."),
        ("of their own accord", "A driver spoke of a three-hour battle there."),
        ("before any soldier came near", "He and his men fought there for two days, an officer said."),
    ],
)
def test_with_and_without_a_fight(soft, hard):
    said = f"The Taliban left Herat {soft}, elders said."
    assert clashes(said, hard) == [[2, 3]]
    assert not clashes(said, "The bazaar was shut, a baker said.")
    assert not clashes(said, f"In Kandahar: {hard}")


def test_what_is_called_untrue():
    said = "The Taliban captured Herat on Thursday, officials said."
    assert [2, 3] in clashes(said, "The ministry called that pure invention.")
    assert [2, 3] in clashes(said, "A resident has another story.")
    assert not clashes(said, "In Kandahar the ministry called that pure invention.")
    assert not clashes(said, "Along the road lie carts and bedding.")


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("The Taliban captured Jalalabad on Monday.", "The Taliban left Jalalabad on Thursday.", False),
        (
            "The army abandoned Jalalabad on Tuesday.",
            "The governor surrendered Jalalabad on Thursday.",
            False,
        ),
        ("The army abandoned Jalalabad.", "The army surrendered Jalalabad, elders said.", True),
        (
            "The Taliban entered Jalalabad, a baker said.",
            "Jalalabad is held by the army, a nurse said.",
            True,
        ),
        (
            "The Taliban entered Jalalabad on Monday, a baker said.",
            "The army held Jalalabad on Thursday, a nurse said.",
            False,
        ),
    ],
)
def test_what_follows_in_time_excludes_nothing(one, other, wanted):
    assert bool(clashes(one, other)) is wanted


def test_a_leader_who_left_is_elsewhere():
    fled = "Atta Mohammad Noor fled Mazar-i-Sharif on Thursday."
    assert not clashes(fled, "Atta Mohammad Noor was in Kabul on Friday, an aide said.")
    assert clashes(fled, "Atta Mohammad Noor stayed in Mazar-i-Sharif, an aide said.")


def test_an_outlet_speaks_of_itself():
    lines = [
        "Fighting went on in Herat on Thursday.",
        "Our delegates saw soldiers leave, a volunteer told us.",
        "Rain fell.",
    ]
    found = read_text("Headline\n\n" + "\n\n".join(lines), CASE, DAY)
    assert not [flag for flag in found["flags"] if flag["kind"] == "garbled"]


@pytest.mark.parametrize(
    ("named", "wrong"),
    [("Herat, in the province of Kunduz,", True), ("Herat, in the province of Herat,", False)],
)
def test_a_place_in_the_province_of_another(named, wrong):
    flags = read_text(f"Headline\n\nThe Taliban entered {named} on Thursday.", CASE, DAY)["flags"]
    assert any(flag["kind"] == "place_mismatch" for flag in flags) is wrong


@pytest.mark.parametrize(("drafter", "wrong"), [("rules", True), ("both", True), ("local", False)])
def test_what_only_the_trained_reader_reads_is_no_swap_of_sides(drafter, wrong):
    text = "Government forces entered Jalalabad as government forces withdrew from the city."
    reading = reading_of(text, CASE, date(2021, 8, 13))
    settle_claims(reading)
    for one in reading.claims:
        one.drafter = drafter
    notes = [note for _, _, note in swaps(reading, rows_of(reading))]
    assert any("which was its own" in note for note in notes) is wrong


def test_left_or_driven_out():
    left = "The army left Herat on Thursday without being asked, elders said."
    driven = 'The Taliban said: "We captured Herat by storm on Thursday."'
    assert clashes(left, driven) == [[2, 3]]
    assert not clashes(left, 'The Taliban said: "We captured Herat on Thursday."')


@pytest.mark.parametrize(
    "second",
    [
        "The UN put the figure at 450.",
        "A ministry official said 450 men had surrendered in Herat on Thursday.",
    ],
)
def test_two_numbers_for_the_same_people(second):
    first = "In Herat 600 soldiers surrendered to the Taliban on Thursday, officials said."
    assert [2, 3] in clashes(first, second)
    for other in (
        "The UN put the figure at 600.",
        "The UN put the road at 450 km.",
        "In 2014 it was so, too.",
    ):
        assert not clashes(first, other)


@pytest.mark.parametrize(
    "said",
    [
        "The Taliban captured Herat from the Taliban on Thursday.",
        "Taliban fighters threw out the Taliban fighters at Herat on Thursday.",
        "The Taliban were chased out of Herat by the Taliban, a nurse said.",
    ],
)
def test_a_side_that_fights_itself(said):
    def kinds(sentence):
        return {flag["kind"] for flag in read_text(sentence, CASE, DAY)["flags"]}

    assert "side_swap" in kinds(said)
    assert "side_swap" not in kinds(said.replace("Taliban", "army", 1))
    assert "side_swap" not in kinds("The Taliban said Herat was lost to the Taliban.")


def test_a_claim_too_unlikely_for_a_row_contradicts_one_near_it():
    text = (
        "Headline\n\nThe Taliban captured Herat, elders said.\n\nThe army said it controlled Herat.\n\n"
        + 3 * ("Rain fell.\n\n")
    )
    reading = reading_of(text, CASE, date(2021, 8, 13))
    settle_claims(reading)
    faint = [one for one in reading.claims if one.number == 2]
    reading.claims = [one for one in reading.claims if one.number == 1]
    assert faint
    assert not list(contradictions(reading, rows_of(reading)))
    reading.faint = faint
    ((kind, numbers, note),) = contradictions(reading, rows_of(reading))
    assert (kind, numbers) == ("contradiction", (1, 2))
    assert "too unclear for a row" in note
    for one in faint:
        one.number += 3
    assert not list(contradictions(reading, rows_of(reading)))
