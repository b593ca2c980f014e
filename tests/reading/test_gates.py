"""What words of the same clause rule out gives no row of the network, and a side's repetition gives no second one."""

from dataclasses import replace
from datetime import date

import pytest

import headlong as hl
import reading
from headlong.case import open_case
from headlong.case.rows import Row
from headlong.reading.claims.rows import rows_of
from headlong.reading.reader import reading_of, settle_claims
from headlong.reading.text.decode import text_of
from headlong.reading.text.sentences import lay_out
from headlong.reading.trained.gates import denies_nothing, ruled_out
from headlong.reading.trained.revise import Found, claims_of
from headlong.reading.trained.weights import weights

CASE = open_case("afghanistan-2021")
DAY = date(2021, 8, 13)


def told(text, *said):
    """A text as if the network had read the same of the place in each of some sentences: number, class, claim."""
    reading = reading_of(text, CASE, DAY)
    reading.claims = [
        one
        for number, source, claim in said
        for one in claims_of(Found("herat", claim, False, "taliban", 0.9, source, False), reading, number, [])
    ]
    settle_claims(reading)
    return reading


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("If the Taliban take Herat, the road is open.", True),
        ("The road is lost unless the army holds Herat.", True),
        ("Should Herat fall, the road is open.", True),
        ("Were Herat to fall, the road would be open.", True),
        ("In case Herat falls, the army has a plan.", True),
        ("In 1995 the Taliban seized Herat.", True),
        ("Two years ago the Taliban seized Herat.", True),
        ("The Taliban seized Herat last year.", True),
        ("The Taliban seized Herat on 3 May.", True),
        ("The Taliban seized Herat.", False),
        ("The Taliban seized Herat on Thursday.", False),
        ("The Taliban seized Herat on Thursday, as they did in 1995.", False),
        ("Herat has been in their hands since 1995.", False),
        ("Herat fell, and if Kabul falls the war is over.", False),
        ("The Taliban seized Herat, where they were beaten in 1995.", False),
        ("Elders should know that Herat fell.", False),
    ],
)
def test_conditions_and_what_is_long_past_give_no_row_of_the_network_alone(text, out):
    reading = told(text, (1, "reporter", "fell"))
    (one,) = reading.claims
    assert ruled_out(one, reading.parsed[0]) is out
    one.drafter = "both"
    assert not ruled_out(one, reading.parsed[0])


FIRST = "The Taliban said they had captured Herat on Thursday."


@pytest.mark.parametrize(
    ("second", "claim", "source", "rows"),
    [
        ('"Our fighters have taken Herat," a Taliban spokesman said.', "fell", "belligerent", 1),
        (
            '"Our fighters have taken Herat," Zabihullah Mujahid of the Taliban said.',
            "fell",
            "belligerent",
            1,
        ),
        ('"Our fighters attacked Herat," a Taliban spokesman said.', "attacked", "belligerent", 2),
        ('"They have taken Herat," an army spokesman said.', "fell", "belligerent", 2),
        ("They took Herat, residents said.", "fell", "resident", 2),
        ('"We took Herat on Wednesday," a Taliban spokesman said.', "fell", "belligerent", 2),
    ],
)
def test_what_a_side_repeats_is_one_row_at_the_first_sentence(second, claim, source, rows):
    reading = told(f"{FIRST}\n{second}", (1, "belligerent", "fell"), (2, source, claim))
    found = [row.cells["sentence"] for row in rows_of(reading)]
    assert found == [1, 2][:rows]


def test_two_named_speakers_of_a_side_are_two_sources():
    reading = told(
        f"{FIRST}\nHerat is ours, they said.", (1, "belligerent", "fell"), (2, "belligerent", "fell")
    )
    one, two = reading.claims
    one.speaker = replace(one.speaker, side="taliban", key="a", name="Mujahid")
    two.speaker = replace(one.speaker, key="b", name="Ahmadi")
    two.dated = one.dated
    assert len(rows_of(reading)) == 2
    two.speaker = replace(two.speaker, name="", key="person:Ahmadi")
    assert len(rows_of(reading)) == 2
    two.speaker = replace(two.speaker, key="b")
    assert len(rows_of(reading)) == 1


def test_that_it_is_theirs_says_no_more_than_that_they_took_it_that_day():
    text = 'The Taliban said they had captured Herat today.\n"Herat is ours," a Taliban spokesman said.'
    one, two = (1, "belligerent", "fell"), (2, "belligerent", "held")
    assert len(rows_of(told(text, one, two))) == 1
    text = text.replace("today", "on Wednesday")
    assert len(rows_of(told(text, one, two))) == 2


SILENCE = [
    "did not deny that",
    "would not dispute that",
    "never denied that",
    "refused to deny that",
    "could not deny that",
]
STANDS = [
    "did not retract its claim that",
    "never withdrew its claim that",
    "refused to take back its report that",
    "has not taken back its report that",
    "declined to withdraw its statement that",
]
READERS = [
    "rules",
    pytest.param("local", marks=pytest.mark.skipif(weights() is None, reason="the weights are not here")),
]


def rows_from(text, drafter):
    found = hl.read_text(text, CASE, DAY.isoformat(), drafter)["reports"]
    return [(row["claim"], row["side"], row["polarity"]) for row in found]


@pytest.mark.parametrize("drafter", READERS)
@pytest.mark.parametrize("words", SILENCE)
def test_what_is_not_denied_is_neither_denied_nor_said(words, drafter):
    assert rows_from(f"The army {words} Herat had fallen to the Taliban.", drafter) == []


@pytest.mark.parametrize("drafter", READERS)
@pytest.mark.parametrize("words", STANDS)
def test_what_is_not_taken_back_stands(words, drafter):
    (row,) = rows_from(f"The defence ministry {words} Herat had fallen to the Taliban.", drafter)
    assert row == ("fell", "taliban", "asserted")


@pytest.mark.parametrize("drafter", READERS)
@pytest.mark.parametrize("view", ["Herat was calm", "its men were brave", "Herat would not fall"])
def test_who_holds_that_something_is_so_holds_no_place(view, drafter):
    assert rows_from(f"The army held that {view}.", drafter) == []
    held = rows_from("The army held Herat on Thursday.", drafter)
    assert held == [("held", "republic", "asserted")]


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("The army did not deny that Herat had fallen.", True),
        ("Claims that Herat had fallen could not be verified.", True),
        ("The army declined to comment on the loss of Herat.", True),
        ("The army denied that Herat had fallen.", False),
        ("The army denied it; the claim could not be verified.", False),
        ("Herat has not fallen.", False),
        ("Herat fell.", False),
    ],
)
def test_words_that_only_leave_a_claim_open_deny_nothing(text, nothing):
    assert denies_nothing(text) is nothing


def test_no_coded_denial_rests_on_words_that_leave_a_claim_open():
    for gold in reading.gold_texts("tuned") + reading.gold_texts("learn")[::5]:
        said = {str(one.number): one.text for one in lay_out(text_of(gold.text)).sentences}
        for row in gold.rows:
            if row["polarity"] == "denied":
                assert not denies_nothing(said.get(row["sentence"], "")), (gold.id, row)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Access to Herat is denied by the authorities.", True),
        ("The authorities denied aid workers access to Herat.", True),
        ("The army denied that the Taliban have access to Herat.", False),
        ("Access to Herat is denied, and the army denied its fall.", False),
    ],
)
def test_who_is_kept_out_is_not_told_that_a_claim_is_false(text, nothing):
    assert denies_nothing(text) is nothing


@pytest.mark.parametrize("item", ["entry", "item", "version"])
def test_what_a_correction_says_of_an_earlier_item_is_taken_back(item):
    reading = reading_of(
        f"Correction: an earlier {item} said that Taliban fighters had taken Herat.", CASE, DAY
    )
    assert [(c.event.claim, c.event.stance.polarity) for c in reading.claims] == [("fell", "denied")]


@pytest.mark.parametrize(("other", "meant"), [("Upper Tarn", []), ("Kunduz", ["herat"])])
def test_a_word_that_ends_several_names_is_short_for_none(other, meant):
    new = {"herat": "Tarn Bridge", "kunduz": other}
    places = tuple(
        Row({**place, "name": new.get(place["id"], place["name"]), "alt_names": ()}) for place in CASE.places
    )
    reading = reading_of("Tarn has fallen.", replace(CASE, places=places), DAY)
    assert [m.id for m in reading.parsed[0].mentions if m.kind == "place"] == meant
