"""Reading as a whole: odd input does no harm, output is inert, drafts fit a case folder."""

import csv
import io
import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headlong.case import check, open_case
from headlong.errors import BadRequest
from headlong.reading.output.draft_table import drafts_csv, spreadsheet_cell
from headlong.reading.output.printing import lines_of
from headlong.reading.reader import read_text, reading_of
from headlong.reading.text.decode import text_of
from headlong.reading.text.sentences import lay_out

ROOT = Path(__file__).parents[2]

import reading  # noqa: E402

GOLDS = reading.gold_texts("all")
CASE = open_case("afghanistan-2021")
DAY = "2021-08-15"
KEYS = {"sentence", "event_date", "place", "claim", "side", "leader", "count", "polarity", "source_class"}
KEYS |= {"verification", "interest", "words", "note", "drafter"}


def looks_right(found):
    assert set(found) == {"reports", "displaced", "flags", "skipped", "unread"}
    told = {report["sentence"] for report in found["reports"] + found["displaced"]}
    skipped = [entry["sentence"] for entry in found["skipped"]]
    assert not told & set(skipped) and len(skipped) == len(set(skipped))
    for report in found["reports"]:
        assert set(report) == KEYS
    text = json.dumps(found, ensure_ascii=False) + "\n".join(lines_of(found))
    assert not {
        c for c in text if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u200f\ufeff"
    }


def reads_right(raw):
    """What holds words is read; what holds none is refused in words."""
    if text_of(raw).strip():
        looks_right(read_text(raw, CASE, DAY))
    else:
        with pytest.raises(BadRequest, match="the text is empty"):
            read_text(raw, CASE, DAY)


@pytest.mark.parametrize("raw", ["", " \n\t", b"", b"\x00\x00", "\ufeff", "<p></p>", "\u202e"])
def test_a_text_without_words_is_refused(raw):
    with pytest.raises(BadRequest, match="the text is empty"):
        read_text(raw, CASE, DAY)


@pytest.mark.parametrize("seed", range(150))
def test_damaged_texts(seed):
    luck = random.Random(seed)
    reads_right(reading.mutate(luck.choice(GOLDS).text, luck))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    reads_right(raw)


WORDS = """Kabul Taliban army said that "the city" fell to , . ; ( ) - ' entered not denied reports of and who was were
in 200 soldiers Sunday August 2021 Noor he they 's crossed \u2014 : by captured if could"""


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(set(WORDS.split()))), max_size=40))
def test_any_order_of_words(words):
    reads_right(" ".join(words))


UNITS = ["<", "<script>", '"', "(", "'", "- ", "a.", "1 ", "Kabul, ", "\x1b[", "e\u0301", "&amp;"]


def test_a_quotation_that_opens_at_the_end_holds_no_clause():
    """It began a clause after the last word, which a date was then compared with."""
    reads_right("FROM SUNDAY, HERAT A AFTER ENTERED KABUL \"THE TALIBAN'S")


@pytest.mark.parametrize("unit", UNITS)
def test_long_lines_take_no_longer_for_their_length(unit):
    reads_right(unit * (100_000 // len(unit)))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(code):
    text = "Taliban fighters entered Mazar-i-Sharif on Saturday, a \u201cprovincial\u201d official said."
    found = read_text(text.encode(code), CASE, DAY)
    assert [(r["place"], r["claim"], r["side"], r["source_class"]) for r in found["reports"]] == [
        ("mazar-i-sharif", "entered", "taliban", "official")
    ]


def test_markup_is_stripped():
    page = (
        "<html><head><title>x</title><style>p{}</style><script>var a='Kabul fell';</script></head><body>"
        "<p>The Taliban <b>captured</b> Herat &amp; its airport on Friday.</p><!-- Kabul fell --></body></html>"
    )
    found = read_text(page, CASE, DAY)
    assert {r["place"] for r in found["reports"]} == {"herat"}
    assert "<" not in json.dumps(found)


def test_escapes_do_not_reach_the_terminal():
    found = read_text("\x1b[31mThe Taliban\x07 captured Herat\u202e on Friday\x1b]0;x\x07.", CASE, DAY)
    looks_right(found)
    assert found["reports"][0]["place"] == "herat"


@pytest.mark.parametrize(
    ("paragraphs", "sentences"),
    [
        (
            ["Herat: Taliban.", "Kabul: calm, says the army."],
            ["Herat: Taliban.", "Kabul: calm, says the army."],
        ),
        (["1. Jijiga: lost.", "2. Harar: held."], ["Jijiga: lost.", "Harar: held."]),
        (["GOMA, Jan 4 (Agency) - Rebels left.", "Sake: quiet."], ["Rebels left.", "Sake: quiet."]),
        (["KIDAL: Rebels left.", "They went north."], ["Rebels left.", "They went north."]),
        (["He told us. Rebels left."], ["He told us.", "Rebels left."]),
        (["They came on 4 Jan. Rebels left."], ["They came on 4 Jan.", "Rebels left."]),
        (["They came in Jan. 1997 and left."], ["They came in Jan. 1997 and left."]),
        (["Mines on 40 km. Goma is open."], ["Mines on 40 km.", "Goma is open."]),
        (["The U.S. Embassy shut."], ["The U.S. Embassy shut."]),
        (
            ["The town is the state's. Across the river it is not."],
            ["The town is the state's.", "Across the river it is not."],
        ),
        (["Who holds Herat?", "The Taliban."], ["Who holds Herat?", "The Taliban."]),
    ],
)
def test_labels_and_short_words_at_a_stop(paragraphs, sentences):
    laid = lay_out("\n\n".join(["A headline without a stop", *paragraphs]))
    assert [sentence.text for sentence in laid.sentences] == sentences


def test_headline_and_dateline_are_no_claims():
    text = (
        "Taliban take Herat\n\nKABUL, Aug 13 (Agency) - Nothing was known of the north on Friday.\nIt rained."
    )
    found = read_text(text, CASE, DAY)
    assert found["reports"] == []
    assert [entry["sentence"] for entry in found["skipped"]] == [0, 1, 2]


@pytest.mark.parametrize(
    ("opening", "dropped", "source", "side"),
    [
        ("Bulletin of the Taliban, Kandahar, 12 August:", False, "belligerent", "taliban"),
        ("Taliban, Kandahar, 12 August:", False, "belligerent", "taliban"),
        ("Press Bureau of the Taliban, Kandahar, 12 August:", False, "belligerent", "taliban"),
        ("Statement of the High Command, Kabul, 12 August 2021:", False, "belligerent", "republic"),
        ("Ministry of Defence, Kabul, August 12 -", False, "official", "republic"),
        ("Statement, Ministry of Defence, Kabul, 12 August:", False, "official", "republic"),
        ("Taliban statement (Kandahar, August 12):", False, "belligerent", "taliban"),
        ("Bulletin of the Taliban, Kandahar, Thursday:", False, "belligerent", "taliban"),
        ("Army Command, 12 August.", True, "belligerent", "republic"),
        ("Radio Kabul, 12 August:", False, "agency", ""),
        ("KABUL, August 12:", True, "reporter", ""),
        ("Kabul, 12 August.", True, "reporter", ""),
        ("WEST FRONT, August 12 -", True, "reporter", ""),
        ("Man, 12 August:", True, "reporter", ""),
    ],
)
def test_an_opening_that_says_whose_words_a_text_is_stays(opening, dropped, source, side):
    read = reading_of(f"News of the day\n\n{opening} Rain fell. Herat is held.", CASE, date(2021, 8, 13))
    first, *_, last = read.laid.sentences
    assert (
        first.text == ("Rain fell." if dropped else f"{opening} Rain fell.") and last.text == "Herat is held."
    )
    assert {(one.source, one.side) for one in read.speakers[1].values()} == {(source, side)}
    assert not [mention for mention in read.parsed[0].mentions if mention.kind == "place"]


def test_labels_of_items_make_nobody_the_author_of_all():
    text = "News\n\nBulletin of the Taliban, 12 August: Rain fell.\n\nArmy: Snow fell. It was cold."
    read = reading_of(text, CASE, date(2021, 8, 13))
    assert [one.source for one in read.speakers[2].values()] == ["reporter"]
    text = "News\n\nOfficer of the Taliban, Kandahar, Thursday: Rain fell. It was cold."
    assert reading_of(text, CASE, date(2021, 8, 13)).laid.author == ""


def test_paragraphs_that_are_wrapped_stay_one():
    text = "Head\n\nThe Taliban entered\nHerat on Friday. The army\nleft.\n\nAnother day. And more."
    assert [s.text for s in lay_out(text_of(text)).sentences] == [
        "The Taliban entered Herat on Friday.",
        "The army left.",
        "Another day.",
        "And more.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Gen. Haibatullah Alizai spoke to the U.S. ambassador on Aug. 13. He left.",
        'Mr. Noor said: "We hold Mazar." He left.',
        "The U.S. Army left at 5 p.m. The rest stayed.",
    ],
)
def test_stops_that_end_nothing(text):
    assert len(lay_out(text).sentences) == 2


@pytest.mark.parametrize("value", ["=1+1", "+x", "-x", "@x", "\t=x", "|x"])
def test_no_cell_is_a_formula(value):
    assert not spreadsheet_cell(value).startswith(("=", "+", "-", "@", "|", "\t"))


def test_drafts_pass_the_check_of_a_case(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASE.folder, folder)
    for gold in GOLDS:
        if gold.case != CASE.id:
            continue
        found = read_text(gold.text, CASE, gold.published)
        (folder / "reports.csv").write_text(drafts_csv(found, CASE, gold.published, "=cmd()"), "utf-8")
        assert check(folder) == []
        rows = list(csv.DictReader(io.StringIO((folder / "reports.csv").read_text("utf-8"))))
        assert len(rows) == len(found["reports"])


def test_a_bad_date_is_said():
    with pytest.raises(BadRequest, match="not a date"):
        read_text("The city fell.", CASE, "soon")


def test_reading_is_the_same_twice():
    for gold in GOLDS[:5]:
        case = reading.open_gold_case(gold.case)
        assert read_text(gold.text, case, gold.published) == read_text(
            gold.text.encode(), case, gold.published
        )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("About 26,000 people fled Herat, the UN said.", ("herat", 26000, "", "official")),
        (
            "Some 5,000 residents have left Kunduz for Kabul, a doctor said.",
            ("kunduz", 5000, "Kabul", "resident"),
        ),
        ("An estimated 3,000 civilians were displaced from Ghazni.", ("ghazni", 3000, "", "reporter")),
    ],
)
def test_numbers_of_displaced_are_rows_of_their_own(text, wanted):
    found = read_text(f"It rained.\n{text}", CASE, DAY)
    (row,) = found["displaced"]
    assert found["reports"] == [] and row["claim"] == "displaced"
    assert (row["place"], row["count"], row["to"], row["source_class"]) == wanted


def test_people_without_a_number_are_no_displacement_figure():
    assert read_text("Many people fled Herat.", CASE, DAY)["displaced"] == []


def test_what_names_a_place_and_gives_no_row_is_listed():
    found = read_text(
        "It rained.\nThe mullah of Herat sang.\nThe Taliban entered Ghazni on Friday.", CASE, DAY
    )
    assert found["unread"] == [2]
    shown = "\n".join(lines_of(found))
    assert (
        shown.startswith("1 draft report from 3 sentences")
        and "Not read: 1 sentence that names places" in shown
    )


def test_names_in_arabic_script_are_known_where_the_case_has_them():
    merovia = reading.open_gold_case("merovia")
    found = read_text(
        "Front fighters entered \u062f\u0648\u0631\u0648\u0646 on Monday.", merovia, "2003-05-14"
    )
    assert [(row["claim"], row["place"]) for row in found["reports"]] == [("entered", "dorun")]


def test_a_place_that_changed_hands_before_is_no_swap():
    """Qala-e-Naw was taken and retaken in July; Zaranj fell on 6 August, by the case's own reports."""
    text = "It rained.\nZaranj fell to the Taliban, a Taliban commander said."
    assert not read_text(text, CASE, "2021-08-07")["flags"]
    later = read_text(text, CASE, "2021-08-30")["flags"]
    assert [flag["kind"] for flag in later] == ["side_swap"]
