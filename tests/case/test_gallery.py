"""The bundled cases: right, light to open, and without a trace of how they ended."""

import csv
import re
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import combinations, pairwise

import pytest

from casebuild.build import build
from casebuild.days import spans
from casebuild.people import HINDSIGHT
from headlong.case import check, day_counted, gallery, open_case, read
from headlong.case.case import KNOWN_SINCE
from headlong.case.findings.checks import great_circle_km
from headlong.case.gallery import gallery_folder
from headlong.case.sample import LONG_KNOWN, STRATA, roles, sisters, split, strata
from headlong.errors import BadRequest
from headlong.reports.confirmed import settled, settles

CASES = gallery()
DETAILED = sorted(LONG_KNOWN)
OUTSIDE = gallery_folder().parents[1] / "shared" / "facts"


@cache
def opened(name):
    return open_case(name)


def days(case):
    """Some days of a case: its default init, and every eighth of the period."""
    step = (case.end - case.start) / 8
    return [case.init, *(case.start + timedelta(days=round(step.days * n)) for n in range(9))]


def test_they_are_thirty_six():
    assert len(CASES) == 36 and set(DETAILED) < set(CASES)


def test_unknown_names_have_a_near_miss():
    with pytest.raises(BadRequest, match="Did you mean 'libya-2019'"):
        open_case("libya-2018")


def test_a_folder_can_be_opened_by_path():
    folder = gallery_folder() / "mali-2012"
    assert open_case(folder).hash == open_case(str(folder)).hash == open_case("mali-2012").hash


@pytest.mark.parametrize("name", CASES)
def test_it_passes_the_check(name):
    assert check(gallery_folder() / name) == []
    case = opened(name)
    assert case.id == name and case.start < case.init <= case.end
    odd = [w for w in case.warnings if w.file in ("history.csv", "roads.csv")]
    assert not [w for w in odd if "later than the end" not in w.problem]
    assert case.scenarios and case.assumptions and case.history and case.home
    assert case.stratum in STRATA and (case.reports or name not in DETAILED)
    assert (case.folder / "sources.md").read_text(encoding="utf-8").count("\n## ") >= 5


@pytest.mark.parametrize("name", CASES)
def test_every_row_has_a_source(name):
    for path in (gallery_folder() / name).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows and all(row["source"] and row["confidence"] for row in rows), path


@pytest.mark.parametrize("name", CASES)
def test_nothing_known_is_dated_later(name):
    case = opened(name)
    for day in days(case):
        known = case.known_by(day)
        for table, column in KNOWN_SINCE.items():
            for row in getattr(known, table):
                assert row[column] is None or str(row[column])[:10] <= str(day), (table, row)
        assert all(row.known_until is None or row.known_until <= day for row in known.leaders)


@pytest.mark.parametrize("name", CASES)
def test_deleting_later_rows_is_the_same(name, tmp_path):
    case = opened(name)
    (tmp_path / "case.toml").write_bytes((case.folder / "case.toml").read_bytes())
    for path in case.folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        column = KNOWN_SINCE.get(path.stem)
        at = rows[0].index(column) if column in rows[0] else None
        kept = [row for row in rows[1:] if at is None or not row[at] or row[at][:10] <= str(case.init)]
        if kept:
            with (tmp_path / path.name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([rows[0], *kept])
    (tmp_path / "scenarios.toml").write_bytes((case.folder / "scenarios.toml").read_bytes())
    fewer = read(tmp_path)
    assert len(fewer.reports) < len(case.reports) or case.init >= case.end or name not in DETAILED
    assert fewer.known_by(case.init).hash == case.known_by(case.init).hash


def texts(case):
    """Yield every free text that a reader of a forecast's tables sees, with the day it is visible from."""
    for row in case.garrisons:
        yield row.known_from, f"{row.unit}; {row.note}"
    for row in case.leaders:
        yield row.known_from, f"{row.role}; {row.reason}"
    for row in case.patrons:
        yield max(row.announced_on, row.from_), row.reason  # an announcement names its own day
    for row in [*case.crossings, *case.relations]:
        yield row["from"], row.reason
    for row in case.places:
        yield None, f"{row.name}; {row.note}"


@pytest.mark.parametrize("name", CASES)
def test_no_text_tells_what_came_later(name):
    case = opened(name)
    for since, text in texts(case):
        seen = max(since or case.start, case.start)
        plain = re.sub(r"\[[^\]]*\]", "", text)  # the source of a coding, dated by the coding
        later = [span.first for span in spans(plain, case.start, case.end) if span.first > seen]
        assert not later, (text, later)
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", plain)]
        assert all(year <= seen.year for year in years), text


@pytest.mark.parametrize("name", CASES)
def test_no_unit_or_leader_tells_an_outcome(name):
    case = opened(name)
    for row in [*case.garrisons, *case.leaders]:
        text = f"{row.get('unit', '')} {row.get('role', '')} {row.get('note', '')}"
        assert not HINDSIGHT.search(re.sub(r"\[[^\]]*\]", "", text)), text


@pytest.mark.parametrize("name", CASES)
def test_units_stand_where_their_side_stood(name):
    case = opened(name)
    for row in case.garrisons:
        if row.kind == "total" or not row.place:
            continue
        day = row.known_from or case.start
        holder = {place.id: place.held_by for place in case.places}[row.place]
        for change in sorted(case.history, key=day_counted):
            if change.place == row.place and day_counted(change) <= day:
                holder = change.to_side
        assert holder in {row.side, *case.side(row.side).friends}, row


@pytest.mark.parametrize("name", CASES)
def test_press_reports_follow_their_event(name):
    for row in opened(name).reports:
        if row.id.startswith("press-"):
            assert timedelta(0) <= row.published_at.date() - row.event_date <= timedelta(days=5)
            assert (row.claim, row.verification, row.source_class) == ("fell", "confirmed", "agency")


@pytest.mark.parametrize("name", CASES)
def test_reports_from_a_chronology_are_marked(name):
    case = opened(name)
    for row in case.reports:
        if row.id.startswith("timeline-"):
            assert row.id == f"timeline-{row.event_date}-{row.place}" and row.side
            assert timedelta(0) <= row.published_at.date() - row.event_date <= timedelta(days=5)
            assert (row.claim, row.verification, row.source_class) == ("fell", "confirmed", "agency")
    counted = sum(row.id.startswith("timeline-") for row in case.reports)
    assert (f"{counted} reports whose id starts with `timeline-`" in sources_of(case)) == (counted > 0)


def sources_of(case):
    return (case.folder / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DETAILED[1:])
def test_reports_are_as_coded_by_hand(name):
    path = gallery_folder().parent / "tools" / "casebuild" / "codings" / f"{name}.reports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [row for row in opened(name).reports if not row.id.startswith(("press-", "timeline-", "found-"))]
    coded = [row for row in rows if row["claim"]]
    assert sorted(row.id.split("-")[0] for row in told) == sorted(row["id"] for row in coded)
    for row in rows:
        assert row["claim"] or (
            row["reason"] and not any(row[key] for key in ("side", "place", "verification"))
        )
    for row in coded:
        assert (row["polarity"] == "denied") == (row["verification"] == "denied"), row
        if row["verification"] == "confirmed":
            assert row["reason"], row
    for row in told:
        assert (
            row.source and row.words and (row.event_date is None or row.event_date <= row.published_at.date())
        )


@pytest.mark.parametrize("name", CASES)
def test_how_far_reports_lag_is_said(name):
    """The number of changes that no report settles within seven days, counted anew."""
    case = opened(name)
    week = timedelta(days=7)

    def tells(row, change):
        if (row.place, row.side) != (change.place, change.to_side) or not settles(row):
            return False
        day = row.published_at.date()
        first = (change.date or change.earliest) - week
        return first <= (row.event_date or day) and day <= day_counted(change) + week

    missed = [change for change in case.history if not any(tells(row, change) for row in case.reports)]
    line = f"No report settles {len(missed)} of the {len(case.history)} changes"
    assert (line in sources_of(case)) == bool(missed)


def test_known_losses_are_known_from_reports():
    known = {"iraq-2014": ("mosul", "tikrit", "kirkuk"), "south-vietnam-1975": ("ban-me-thuot",)}
    for name, places in known.items():
        case = opened(name)
        holder = {place.id: place.held_by for place in case.places}
        for claim in settled(case.known_by(case.init).reports, case.start, case.init):
            holder[claim.place] = claim.holder
        truth = {row.place: row.to_side for row in case.history if day_counted(row) <= case.init}
        assert [holder[place] for place in places] == [truth[place] for place in places]


@pytest.mark.parametrize(
    ("name", "seats"),
    [
        ("afghanistan-2021", {"republic": "kabul", "taliban": None}),
        ("chad-2008", {"gov": "ndjamena", "rebels": None, "jem": None}),
        ("drc-kivu-2012", {"gov": None, "m23": None, "militia": "pinga", "adf": None, "monusco": None}),
        ("iraq-2014", {"goi": "baghdad", "isil": None, "krg": "erbil"}),
        ("libya-2019", {"gna": "tripoli", "lna": "benghazi"}),
        ("south-vietnam-1975", {"rvn": "saigon", "pavn": "loc-ninh"}),
        ("zaire-1996-97", {"faz": "kinshasa", "afdl": None, "exfar": None, "merc": None}),
    ],
)
def test_seats_are_places_held_at_the_start(name, seats):
    case = opened(name)
    assert {side.id: case.seat_of(side.id) for side in case.sides} == seats
    held = {place.id: place.held_by for place in case.places}
    assert all(seat is None or held[seat] == side for side, seat in seats.items())


def test_a_holdout_is_known_from_before_the_war():
    marked = {name: [row.id for row in opened(name).places if row.get("holdout")] for name in CASES}
    assert marked.pop("afghanistan-2021") == ["bazarak"] and not any(marked.values())


@pytest.mark.parametrize("name", CASES)
def test_denials_are_denied(name):
    for row in opened(name).reports:
        assert (row.polarity == "denied") == (row.verification == "denied"), row


def test_afghanistan_is_as_it_was_on_the_days():
    case = open_case("afghanistan-2021")
    assert (case.start, case.init) == (date(2021, 5, 1), date(2021, 8, 12))
    status = [row for row in case.reports if row.id.startswith("status-")]
    assert len(status) == 68 and {row.published_at.date() for row in status} == {date(2021, 8, 5)}
    assert all(place.held_by != "taliban" for place in case.places)
    unknown = [row for row in case.history if row.earliest == case.start]
    assert len(unknown) == 12 and {row.confidence for row in unknown} == {"low"}
    assert case.seat_of("republic") == "kabul"
    assert {row.distance_km for row in case.known_by(case.init).hinterland} == {60, 61, 56, 37, 35}
    wanted = {"support-stays", "strongmen-stay", "amnesty-not-credible", "bridge-open", "bridge-closed"}
    assert {*wanted, "ghosts-present"} == set(case.scenarios)
    azimi = next(row for row in case.leaders if row.id == "mohammad-asif-azimi")
    assert azimi.side == "republic"


def test_who_presses_whom_follows_the_codings():
    mali = open_case("mali-2012")
    assert ("islamists", "mnla") not in mali.presses(date(2012, 5, 31))
    assert ("islamists", "mnla") in mali.presses(date(2012, 6, 1))
    assert ("isil", "krg") in open_case("iraq-2014").presses(date(2014, 8, 1))
    assert ("gov", "militia") in open_case("drc-kivu-2012").presses(date(2012, 5, 1))


def test_codings_name_reason_source_and_date():
    for path in (gallery_folder().parent / "tools" / "casebuild" / "codings").glob("*.toml"):
        if path.name.endswith(".scenarios.toml"):
            continue
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if not isinstance(rows, list) or table in ("doubts", "declared_sides"):
                continue
            for row in rows:
                dated = row.get("date") or row.get("from") or row.get("announced_on")
                assert row["reason"] and row["source"] and dated, (path.name, table, row)


FOUND = sorted((gallery_folder().parent / "tools" / "casebuild" / "codings").glob("*.found.csv"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_reports_that_were_looked_up_name_their_day_and_address(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    case = opened(path.name.removesuffix(".found.csv"))
    told = {row.id: row for row in case.reports if row.id.startswith("found-")}
    assert [row["id"] for row in rows] == [f"found-{number:02d}" for number in range(1, len(rows) + 1)]
    assert told.keys() == {row["id"] for row in rows}
    for row in rows:
        report = told[row["id"]]
        assert row["words"] and row["outlet"] and row["url"].startswith("http"), row
        assert row["confidence"] in ("high", "medium") and row["event_date"] <= row["published_at"], row
        assert case.start < report.published_at.date() <= case.end, row
        assert row["verification"] != "confirmed" or row["source_class"] in ("agency", "reporter"), row


VALIDATE = [
    "chad-1990",
    "colombia-1998",
    "croatia-1995",
    "el-salvador-1989",
    "ethiopia-1991",
    "iraq-2016",
    "iraq-2017-kirkuk",
    "korea-1950",
    "liberia-2003",
    "sierra-leone-1998",
    "somalia-2006",
    "sri-lanka-1999",
]
"""Written down once: a war that changes its role after somebody has looked is no test."""


def test_the_wars_that_validate_are_fixed():
    assert sorted(name for name, role in roles().items() if role == "validate") == VALIDATE
    assert all(roles()[name] == "learn" for name in DETAILED)
    count = {stratum: sum(found == stratum for found in strata().values()) for stratum in STRATA}
    assert count == {"fell": 12, "partly": 13, "held": 11}
    kept = {stratum: sum(strata()[name] == stratum for name in VALIDATE) for stratum in STRATA}
    assert kept == {"fell": 4, "partly": 5, "held": 3}


def test_the_split_needs_names_and_strata_only():
    assert split(dict(reversed(strata().items()))) == dict(roles())
    assert split({"chad-2008": "held"}) == {"chad-2008": "learn"} and split({}) == {}


def test_wars_on_one_map_know_each_other():
    """Half of the places in common, or several of them in the same months: one map."""
    inside = {name: [place for place in opened(name).places if place.kind != "refuge"] for name in CASES}
    for one, other in combinations(CASES, 2):
        a, b = sorted((inside[one], inside[other]), key=len)
        near = [p for p in a if any(abs(p.lat - q.lat) < 0.1 and great_circle_km(p, q) < 8 for q in b)]
        together = opened(one).start <= opened(other).end and opened(other).start <= opened(one).end
        if 2 * len(near) >= len(a) or (len(near) > 2 and together):
            assert other in sisters(one) and one in sisters(other), (one, other, len(near))
    assert sisters("iraq-2016") == ("iraq-2014", "iraq-2017-kirkuk")
    assert not sisters("zaire-1996-97") and not sisters("no-such-war")


@pytest.mark.parametrize("name", CASES)
def test_days_are_spread_by_how_far_they_are_known(name):
    """Each change within its interval, in the order of its place, within the period; sure days are narrow."""
    case, by_place = opened(name), defaultdict(list)
    for row in case.history:
        assert row.earliest <= day_counted(row) <= row.latest and row.latest >= case.start
        assert row.latest <= case.end or day_counted(row) > case.end
        width = (row.latest - row.earliest).days
        if row.date:
            assert row.earliest > case.start
            assert width <= {"high": 10, "medium": 10, "low": 30}[row.confidence]
        by_place[row.place].append(row)
    sure = [row for row in case.history if row.confidence == "high" and row.date]
    assert sum((row.latest - row.earliest).days <= 2 for row in sure) >= 0.8 * len(sure)
    for rows in by_place.values():
        for before, after in pairwise(rows):
            assert before.latest < after.earliest or day_counted(before) == day_counted(after), (
                before,
                after,
            )


@pytest.mark.parametrize("name", CASES)
def test_home_is_a_side_of_the_case_or_nobodys(name):
    case = opened(name)
    assert set(case.home_of.values()) <= {None, *(side.id for side in case.sides)}
    inside = {place.id for place in case.places if place.kind != "refuge"}
    assert len(inside - set(case.home_of)) <= len(inside) // 10


def test_no_title_tells_the_end():
    for name in CASES:
        words = (
            r"\b(fall|falls|fell|collapse\w*|end|stop\w*|revers\w*|lost|loss|held|holds|taken|split|leaves)\b"
        )
        assert not re.search(words, opened(name).title, re.IGNORECASE), opened(name).title


@pytest.mark.skipif(not OUTSIDE.is_dir(), reason="the facts lie outside the repository")
@pytest.mark.parametrize("name", CASES)
def test_it_is_what_the_builder_makes_of_its_facts(name, tmp_path):
    list(build(OUTSIDE / name, tmp_path / name))
    made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    kept = {path.name: path.read_bytes() for path in (gallery_folder() / name).iterdir()}
    assert [file for file in made.keys() | kept.keys() if made.get(file) != kept.get(file)] == []
