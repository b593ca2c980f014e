# ruff: noqa: E501
"""What the keyword rules read in a paraphrase, and what they leave alone."""

from datetime import date

import pytest

from casebuild.chronology import changes
from casebuild.claims import _values, reports
from casebuild.days import spans
from casebuild.folder import day_of, read_facts, slug
from casebuild.frame import frame
from casebuild.ground import number, places
from casebuild.judgement import Codings
from casebuild.parties import declarations, name_parties, name_places
from casebuild.refs import drop_strangers
from casebuild.words import read_words

CASE = "moorland"


@pytest.fixture
def draft(facts, tmp_path):
    source = read_facts(facts())
    name_parties(source)
    codings = Codings(CASE)
    made = frame(source, codings)
    places(source, made, codings)
    for row in source.rows("places"):
        made.holder[row["id"]] = row["held_by_at_start"] if row["held_by_at_start"] in made.side_ids else ""
    return made


def told(words, speaker, draft, place="beta"):
    row = {"words": words, "speaker": speaker, "published": "2031-02-09", "source": "Wire (9 Feb 2031)"}
    row |= {"confidence": "high"}
    found = read_words(row, place, draft)
    return [(_values(row, about, claim, draft) | {"place": about}) for about, claim in found]


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("The guild has taken Beta", "Guild spokesman", [("beta", "fell", "guild")]),
        ("Beta was captured by the guild on Monday", "Wire", [("beta", "fell", "guild")]),
        ("Beta, Gamma and Gate are in guild hands", "Wire", [(p, "held", "guild") for p in ("beta", "gamma", "gate")]),
        ("Beta and a third town are taken, Alpha is next", "Guild", [("beta", "fell", "guild")]),
        ("Beta fell to the rebels at noon", "residents", [("beta", "fell", "guild")]),
        ("Army lost Beta", "Wire", [("beta", "fell", "guild")]),
        ("Beta was taken from the army", "a traveller", [("beta", "fell", "guild")]),
        ("Army has retaken Beta", "army", [("beta", "fell", "crown")]),
        ("Garrison left Beta with its arms", "residents", [("beta", "withdrew", "crown")]),
        ("Army withdrew from Beta", "army spokesman", [("beta", "withdrew", "crown")]),
        ("Guild fighters held Beta", "Guild", [("beta", "held", "guild")]),
        ("The town is under control", "governor of Beta", []),
        ("Beta is under army control", "Wire", [("beta", "held", "crown")]),
        ("Beta is ours", "Guild", [("beta", "held", "guild")]),
        ("Beta has not been taken", "army", [("beta", "fell", "guild")]),
        ("Beta is surrounded", "Guild", [("beta", "attacked", "guild")]),
        ("Guild entered Beta, army pulled back toward Alpha", "Wire", [("beta", "entered", "guild"), ("beta", "withdrew", "crown")]),
        ("The attack on Beta was repelled", "army", [("beta", "repulsed", "guild")]),
        ("Rebels hold the centre and will lure the army out", "Guild", [("beta", "held", "guild")]),
        ("The barracks of Beta were taken by the guild", "Wire", [("beta", "entered", "guild")]),
    ],
)  # fmt: skip
def test_claims(words, speaker, expected, draft):
    assert [(row["place"], row["claim"], row["side"]) for row in told(words, speaker, draft)] == expected


@pytest.mark.parametrize(
    "words",
    [
        "Beta will fall within days",
        "The guild is able to take Beta",
        "The guild seems to hold Beta",
        "Beta looks abandoned",
        "Three soldiers were hurt near Beta",
        "Army lost 40 men at Beta",
        "The guild captured 30 soldiers at Beta",
        "The guild took part in talks",
        "The refinery fell to the guild",
        "The army held back to spare civilians",
        "Isle troops took Beta and hold the bridge",
        "The army cannot hold Beta",
        "The army marched to Alpha",
        "Nobody knows",
        "",
    ],
)
def test_what_is_no_claim(words, draft):
    assert told(words, "Guild spokesman", draft) == []


def test_without_a_place_there_is_no_claim(draft):
    assert told("The guild has taken everything", "Wire", draft, place="") == []


def test_a_name_that_is_gone_to_is_not_where_it_happened(draft):
    (row,) = told("The garrison left for Alpha", "residents", draft)
    assert row["place"] == "beta"


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("Beta fell", "Wire reporter", ("reporter", "confirmed", "none")),
        ("Beta fell", "Wire", ("agency", "confirmed", "none")),
        ("Beta fell", "Gazette", ("agency", "attributed", "none")),  # another outlet is cited: it was quoted
        ("Beta fell", "sources to Wire", ("agency", "attributed", "none")),
        ("Beta fell", "pro-guild media", ("agency", "attributed", "own_success")),
        ("Beta fell", "rumour", ("none", "unverified", "none")),
        ("Guild has taken Beta", "Guild", ("belligerent", "attributed", "own_success")),
        ("Army admits that Beta was lost", "army", ("belligerent", "confirmed", "own_failure")),
        ("Beta is lost", "minister of the Crown", ("official", "attributed", "own_failure")),
        ("Beta has not been taken", "army", ("belligerent", "denied", "own_success")),
        ("Guild holds Beta", "military sources", ("belligerent", "attributed", "none")),
        ("The barracks of Beta were taken by the guild", "Wire", ("agency", "attributed", "none")),  # a part only
    ],
)  # fmt: skip
def test_who_speaks_and_how_surely(words, speaker, expected, draft):
    (row,) = told(words, speaker, draft)
    assert (row["source_class"], row["verification"], row["interest"]) == expected


def test_coding_by_hand_goes_before_the_rules(facts, tmp_path):
    header = "id,claim,side,place,polarity,source_class,verification,interest,event_date,count,leader,note,reason\n"
    (tmp_path / "moorland.reports.csv").write_text(
        header
        + "r1,entered,guild,beta,asserted,resident,attributed,none,2031-02-08,,,part,Half of it.\n"
        + "r1,withdrew,crown,beta,asserted,belligerent,attributed,own_failure,,,,,\n"
        + "r2,,,,,,,,,,,,A forecast.\n"
        + "r9,,,,,,,,,,,,Not there.\n"
    )
    source, codings = read_facts(facts()), Codings(CASE, tmp_path)
    name_parties(source)
    made = frame(source, codings)
    places(source, made, codings)
    reports(source, made, codings)
    rows = {row["id"]: row for row in made.rows("reports")}
    assert list(rows) == ["r1", "r1-2"]  # r3 is a forecast by the rules too
    assert (rows["r1"]["claim"], str(rows["r1"]["event_date"])) == ("entered", "2031-02-08")
    assert (rows["r1-2"]["claim"], str(rows["r1-2"]["event_date"])) == ("withdrew", "2031-02-09")
    assert rows["r1"]["published_at"] == "2031-02-09" and rows["r1"]["words"] == "The guild has taken Beta"
    assert made.left_out["reports: a forecast"] == 1
    assert codings.unused() == ["codings: reports: no report 'r9' to code"]


def test_rows_name_nothing_that_is_not_there(draft, facts):
    source = read_facts(facts(name="again"))
    draft.add("leaders", id="ann", side="crown", base="nowhere", clients=["beta", "nowhere"])
    draft.add("leaders", id="bob", side="isle", base="beta")
    draft.add("garrisons", side="crown", place="beta", leader="bob", unit="Watch")
    draft.sides[0]["seat"] = "nowhere"
    drop_strangers(source, draft)
    assert draft.rows("leaders") == [{"id": "ann", "side": "crown", "base": "", "clients": ""}]
    assert draft.rows("garrisons") == [{"side": "crown", "place": "beta", "leader": "", "unit": "Watch"}]
    assert "seat" not in draft.sides[0] and len(source.problems) == 5


@pytest.mark.parametrize(
    ("event", "actor", "expected"),
    [
        ("Beta lost; prime minister asks for help", "guild", [("beta", "guild")]),
        ("Beta and Gate taken", "guild", [("beta", "guild"), ("gate", "guild")]),
        ("Beta falls", "", [("beta", "guild")]),
        ("Crown loses Beta", "guild", [("beta", "guild")]),
        ("Beta taken over by the guild", "", [("beta", "guild")]),
        ("Beta retaken", "crown", [("beta", "crown")]),
        ("Beta lost", "crown", [("beta", "guild")]),
        ("Part of Beta taken", "guild", []),
        ("Beta entered", "guild", []),
        ("Guild claims that Beta has fallen", "guild", []),
        ("Beta may be lost soon", "guild", []),
        ("Beta was not taken", "guild", []),
        ("Raid into Beta, beaten off", "guild", []),
        ("Alpha spared; Beta taken on 20 February", "guild", []),  # told of another day
        ("Elsewhere taken", "guild", []),
        ("Beta lost", "isle", []),  # no side
    ],
)
def test_a_chronology_is_read_only_where_it_is_plain(event, actor, expected, draft):
    row = {"event": event, "actor": actor, "category": "military"}
    assert changes(row, date(2031, 2, 15), draft) == expected


@pytest.mark.parametrize(
    ("text", "first", "exact"),
    [
        ("AP (12 Jun 2014)", "2014-06-12", True),
        ("AP, 2014-06-12, https://x", "2014-06-12", True),
        ("of 12 June 2014", "2014-06-12", True),
        ("Jun 12, 2014", "2014-06-12", True),
        ("June 12th, 2014", "2014-06-12", True),
        ("on 12 June", "2014-06-12", True),
        ("https://x.org/2014/06/12/title", "2014-06-12", True),
        ("https://x.org/news/20140612-title", "2014-06-12", True),
        ("June 2014", "2014-06-01", False),
        ("x.org/2014/06/isis", None, False),
        ("n201406123456", None, False),
        ("2014-06-45", None, False),
    ],
)
def test_days_named_in_a_text(text, first, exact):
    found = next(spans(text, date(2014, 6, 5), date(2014, 8, 20)), None)
    assert (found and str(found.first)) == first and bool(found and found.exact) == exact


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-06-12", "2014-06-12"),
        ("2014-06-12T14:30:00Z", "2014-06-12"),
        ("2014/6/12", "2014-06-12"),
        ("12 June 2014", "2014-06-12"),
        ("Jun 12, 2014", "2014-06-12"),
        ("12 June", None),
        ("June 2014", None),
        ("3-5 June 2014", None),
        ("12/06/2014", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_in_a_cell(text, day):
    found = day_of(text)
    assert (found and str(found)) == day


def test_small_things_about_cells():
    assert [slug(text) for text in ("Đà Nẵng", "Port_au Prince!", "Äland", "Герат")] == [
        "da-nang",
        "port-au-prince",
        "aland",
        "433435440430442",
    ]
    assert [number(text) for text in ("1,200,000", "~ 95 km", "about 40", "-3.5", "many", "")] == [
        1.2e6,
        95.0,
        40.0,
        -3.5,
        None,
        None,
    ]
    said = {
        "a": {"role": "Government"},
        "b": {"role": "armed opposition"},
        "c": {"role": "foreign patron"},
        "d": {},
    }
    assert [block["role"] for block in declarations(said)] == ["incumbent", "insurgent", "outside", ""]
    assert [block["id"] for block in declarations(["Gov", {"name": "The Guild"}, None])] == [
        "gov",
        "the-guild",
    ]


def test_full_names_stand_for_ids(facts):
    source = read_facts(facts())
    for row in source.rows("places"):
        row["held_by_at_start"] = {"crown": "Crown of Moorland"}.get(row["held_by_at_start"], "")
    source.rows("places")[1]["name"] = "Beta Town"
    source.rows("falls")[0]["place"] = "Beta Town"
    name_parties(source)
    name_places(source)
    assert {row["held_by_at_start"] for row in source.rows("places")} == {"crown", ""}
    assert source.rows("falls")[0]["place"] == "beta"
