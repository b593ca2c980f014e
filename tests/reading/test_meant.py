"""Words that mean a side without naming it."""

from datetime import date

import pytest

import reading
from headlong.case import open_case
from headlong.reading.reader import reading_of
from headlong.reading.trained.meant import meant_in
from headlong.reading.trained.speaking import side_that_speaks

CASE = open_case("afghanistan-2021")
DAY = "2021-08-13"


def meant(text, number=1, case=CASE, day=DAY):
    """Return the words of a sentence that mean a side, with the side."""
    reading_ = reading_of(text, case, date.fromisoformat(day))
    tokens = reading_.parsed[number - 1].tokens
    return {tokens[at].text: side for at, side in meant_in(reading_, number).items()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The army left Herat to the rebels.", {"army": "republic", "rebels": "taliban"}),
        ("Rebel patrols met loyalist troops in Herat.", {"Rebel": "taliban", "loyalist": "republic"}),
        ("The Uzbek army watched Herat.", {}),
        ("The rebel army entered Herat.", {"rebel": "taliban"}),
        ("Fighters of their army and rebels of the Taliban met in Herat.", {}),
        ("Bandits burned the market of Herat, a shopkeeper said.", {}),
        ("Terrorists burned the market of Herat, a shopkeeper said.", {"Terrorists": "taliban"}),
    ],
)
def test_words_for_a_side_are_told_from_each_other(text, wanted):
    assert meant(text) == wanted


def test_we_and_the_enemy_depend_on_who_speaks():
    ours = "Statement of the Islamic Emirate\n\nOur fighters hold Herat. The enemy fled from us."
    assert meant(ours, 1) == {"Our": "taliban"}
    assert meant(ours, 2) == {"enemy": "republic", "us": "taliban"}
    theirs = 'The defence ministry said on Monday: "We hold Herat and the enemy has fled."'
    assert meant(theirs, 1) == {"We": "republic", "enemy": "taliban"}
    assert meant("The enemy of Herat is thirst.", 1) == {}


def test_a_party_that_puts_out_a_text_means_itself():
    text = "The Taliban inform the people of Herat.\n\nOur men are in Kandahar. As President Ghani says, we are many."
    read = reading_of(text, CASE, date.fromisoformat(DAY))
    assert side_that_speaks(read, 3) == "taliban"


def test_several_rebels_are_told_apart_by_where_they_are():
    case = open_case("liberia-2003")
    text = "Rebels entered Tubmanburg. Rebels entered Buchanan."
    day = "2003-08-05"
    assert [meant(text, number, case, day) for number in (1, 2)] == [{"Rebels": "lurd"}, {"Rebels": "model"}]
    assert meant("MODEL denied it. The rebels said so.", 2, case, day) == {"rebels": "model"}


def test_men_of_a_force_of_several_countries_are_its_own():
    case = reading.open_gold_case("sierra-leone-1998")
    read = reading_of("Nigerian soldiers hold Makeni.", case, date(1999, 1, 5))
    assert read.names.country_side["NGA"] == "gov"
    assert "NGA" not in reading_of("Rain.", CASE, date(2021, 8, 13)).names.country_side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("A Taliban spokesman said his men had entered Herat.", "taliban"),
        ("A Taliban spokesman said their fighters were in Herat.", "taliban"),
        ("An army officer said that his soldiers had left Herat.", "republic"),
        ("His men had entered Herat, a trader said.", ""),
    ],
)
def test_his_men_are_of_the_side_of_who_speaks(text, side):
    told = {word: found for word, found in meant(text).items() if word in ("men", "fighters", "soldiers")}
    assert set(told.values()) == ({side} if side else set())
