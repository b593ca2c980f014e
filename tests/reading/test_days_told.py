"""Days that a text tells by an earlier day, by its items, or by a feast; and whose words in the first person are."""

import pytest

from headlong.case import open_case
from headlong.reading.reader import read_text

CASE = open_case("afghanistan-2021")
DAY = "2021-08-13"


def days(text, published=DAY):
    return [(row["place"], row["event_date"]) for row in read_text(text, CASE, published)["reports"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shops in Kabul shut early on Tuesday.\n\nThe Taliban captured Herat that evening.", "2021-08-10"),
        (
            "On Monday the sky was clear.\n\nOn Wednesday it rained.\n\nThe same day the Taliban seized Herat.",
            "2021-08-11",
        ),
        ("The sky was clear.\n\nThe Taliban captured Herat, officials said.", DAY),
    ],
)
def test_that_evening_is_of_the_day_named_last(text, wanted):
    assert days("Headline\n\n" + text) == [("herat", wanted)]


def test_flashes_stand_for_themselves():
    flashes = ["The Taliban seized Herat on Wednesday", "The Taliban captured Kandahar", "Troops left Qalat"]
    text = "\n\n".join(f"URGENT - {one}." for one in [*flashes, "The Taliban took Lashkar Gah"])
    found = dict(days("Headline\n\n" + text))
    assert found["herat"] == "2021-08-11" and set(found.values()) == {"2021-08-11", DAY}
    plain = dict(days("Headline\n\n" + text.replace("URGENT - ", "")))
    assert plain["kandahar"] == "2021-08-11"


MONDAY = "The Taliban captured Herat on Monday."


@pytest.mark.parametrize(
    "entries",
    [
        [
            "06:30 - {}",
            "07:45 - The army left Farah, an aide to the mayor of that town says by telephone.",
            "09:10 - {}",
        ],
        ["- {}", "- The army left Farah, an aide to the mayor of that town told us by telephone.", "- {}"],
        [
            "Herat - {}",
            "Farah - Nothing new from here at all, says the mayor.",
            "Zaranj - Rain all day.",
            "Qalat - {}",
        ],
        [
            "HERAT. {}",
            "FARAH. Nothing new from here at all, says the mayor.",
            "ZARANJ. Rain all day.",
            "QALAT. {}",
        ],
    ],
)
def test_entries_stand_for_themselves(entries):
    long = "Troops left Qalat without a fight and drove north along the old road, two shopkeepers there said."
    texts = iter((MONDAY, long))
    text = "Headline\n\n" + "\n\n".join(one.format(next(texts)) if "{}" in one else one for one in entries)
    assert ("herat", "2021-08-09") in days(text) and ("qalat", DAY) in days(text)


def test_days_stand_over_what_follows():
    text = "Cables\n\nTelegram of 9 August. The Taliban seized Herat.\n\nTelegram of 11 August. Troops left Qalat."
    assert days(text) == [("herat", "2021-08-09"), ("qalat", "2021-08-11")]


LEAD = "The Taliban captured Herat on Tuesday after three days of heavy fighting in its western quarters, elders said."


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        (
            "The army withdrew from Farah before the governor and his guards could be told of it, two elders said.",
            "10",
        ),
        (
            "Some 300 soldiers crossed into Iran at Islam Qala with their rifles and all their vehicles, elders said.",
            "13",
        ),
        (
            "Two battalions have reinforced the garrison of Farah, two elders who had seen them come said.",
            "13",
        ),
        (
            "The army has withdrawn from Farah, and nobody has been told of it by the governor, elders said.",
            "13",
        ),
        (
            "The army withdrew from Farah before anybody was told, the radio of Mashhad reported to its hearers.",
            "13",
        ),
    ],
)
def test_what_takes_the_day_of_the_main_event(then, wanted):
    assert days(f"Headline\n\n{LEAD}\n\n{then}")[-1][1] == f"2021-08-{wanted}"


def test_feasts_are_days():
    assert days("Headline\n\nThe Taliban captured Herat on New Year's Eve.", "2021-01-03") == [
        ("herat", "2020-12-31")
    ]
    ahead = read_text("Headline\n\nThe Taliban hope to take Herat by Christmas Day.", CASE, "2021-12-01")
    assert not ahead["flags"] and not ahead["reports"]


def test_only_lost_quotation_marks_are_flagged_not_a_voice():
    report = [
        "Fighting went on in Herat on Thursday.",
        "Our commanders sold us, a soldier said.",
        "Rain fell.",
    ]
    lost = read_text("Headline\n\n" + "\n\n".join(report), CASE, DAY)
    assert [flag["sentences"] for flag in lost["flags"] if flag["kind"] == "garbled"] == [[2]]
    voice = [f"Soldier: {one}" for one in ("We sold nothing.", "Our men hold Herat.", "We need bread.")]
    post = read_text("Headline\n\n" + "\n\n".join(voice), CASE, DAY)
    assert not [flag for flag in post["flags"] if flag["kind"] == "garbled"]


def test_an_hour_of_the_day_is_no_year():
    text = "Kabul radio, 12 August, 2000 gmt: The Taliban captured Herat."
    assert days(text) == [("herat", "2021-08-12")]
    assert days("In the year 2000 the Taliban captured Herat.") == []


LABELLED = """Radio One, 10 August: The Taliban captured Herat this morning. Soldiers left Kandahar.
Radio Two, 11 August, 1800 gmt: The army left Ghazni today.
Radio Three, 12 August: The Taliban entered Khost."""


def test_entries_that_begin_with_source_and_day_have_that_day():
    wanted = {"herat": "2021-08-10", "kandahar": "2021-08-10", "ghazni": "2021-08-11", "khost": "2021-08-12"}
    assert dict(days(LABELLED)) == wanted
