"""The bundled cases: right, light to open, and without a trace of how they ended."""

import csv
import re
import tomllib
from datetime import date, timedelta

import pytest

from casebuild.days import spans
from casebuild.people import HINDSIGHT
from headlong.case import check, gallery, open_case, read
from headlong.case.case import KNOWN_SINCE
from headlong.case.gallery import gallery_folder
from headlong.errors import BadRequest
from headlong.reports.confirmed import settled, settles

CASES = (
    "afghanistan-2021",
    "chad-2008",
    "drc-kivu-2012",
    "iraq-2014",
    "libya-2019",
    "mali-2012",
    "south-vietnam-1975",
    "zaire-1996-97",
)


def days(case):
    """Some days of a case: its default init, and every eighth of the period."""
    step = (case.end - case.start) / 8
    return [case.init, *(case.start + timedelta(days=round(step.days * n)) for n in range(9))]


def test_the_eight_are_there():
    assert gallery() == CASES


def test_unknown_names_have_a_near_miss():
    with pytest.raises(BadRequest, match="Did you mean 'libya-2019'"):
        open_case("libya-2018")


def test_a_folder_can_be_opened_by_path():
    folder = gallery_folder() / "mali-2012"
    assert open_case(folder).hash == open_case(str(folder)).hash == open_case("mali-2012").hash


@pytest.mark.parametrize("name", CASES)
def test_it_passes_the_check(name):
    assert check(gallery_folder() / name) == []
    case = open_case(name)
    assert case.id == name and case.start < case.init <= case.end
    odd = [w for w in case.warnings if w.file in ("history.csv", "roads.csv")]
    assert not [w for w in odd if "later than the end" not in w.problem]
    assert case.scenarios and case.assumptions and case.history and case.reports
    assert (case.folder / "sources.md").read_text(encoding="utf-8").count("\n## ") >= 5


@pytest.mark.parametrize("name", CASES)
def test_every_row_has_a_source(name):
    for path in (gallery_folder() / name).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows and all(row["source"] and row["confidence"] for row in rows), path


@pytest.mark.parametrize("name", CASES)
def test_nothing_known_is_dated_later(name):
    case = open_case(name)
    for day in days(case):
        known = case.known_by(day)
        for table, column in KNOWN_SINCE.items():
            for row in getattr(known, table):
                assert row[column] is None or str(row[column])[:10] <= str(day), (table, row)
        assert all(row.known_until is None or row.known_until <= day for row in known.leaders)


@pytest.mark.parametrize("name", CASES)
def test_deleting_later_rows_is_the_same(name, tmp_path):
    case = open_case(name)
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
    assert len(fewer.reports) < len(case.reports) or case.init >= case.end
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
    case = open_case(name)
    for since, text in texts(case):
        seen = max(since or case.start, case.start)
        plain = re.sub(r"\[[^\]]*\]", "", text)  # the source of a coding, dated by the coding
        later = [span.first for span in spans(plain, case.start, case.end) if span.first > seen]
        assert not later, (text, later)
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", plain)]
        assert all(year <= seen.year for year in years), text


@pytest.mark.parametrize("name", CASES)
def test_no_unit_or_leader_tells_an_outcome(name):
    case = open_case(name)
    for row in [*case.garrisons, *case.leaders]:
        text = f"{row.get('unit', '')} {row.get('role', '')} {row.get('note', '')}"
        assert not HINDSIGHT.search(re.sub(r"\[[^\]]*\]", "", text)), text


@pytest.mark.parametrize("name", CASES)
def test_units_stand_where_their_side_stood(name):
    case = open_case(name)
    for row in case.garrisons:
        if row.kind == "total" or not row.place:
            continue
        day = row.known_from or case.start
        holder = {place.id: place.held_by for place in case.places}[row.place]
        for change in sorted(case.history, key=lambda change: change.latest):
            if change.place == row.place and change.latest <= day:
                holder = change.to_side
        assert holder in {row.side, *case.side(row.side).friends}, row


@pytest.mark.parametrize("name", CASES)
def test_press_reports_follow_their_event(name):
    for row in open_case(name).reports:
        if row.id.startswith("press-"):
            assert timedelta(0) <= row.published_at.date() - row.event_date <= timedelta(days=5)
            assert (row.claim, row.verification, row.source_class) == ("fell", "confirmed", "agency")


@pytest.mark.parametrize("name", CASES)
def test_reports_from_a_chronology_are_marked(name):
    case = open_case(name)
    for row in case.reports:
        if row.id.startswith("timeline-"):
            assert (
                row.id == f"timeline-{row.event_date}-{row.place}"
                and row.published_at.date() == row.event_date
            )
            assert (row.claim, row.verification, row.source_class) == ("fell", "confirmed", "agency")
            assert row.side and "chronology" in row.note
    counted = sum(row.id.startswith("timeline-") for row in case.reports)
    assert (f"{counted} reports whose id starts with `timeline-`" in sources_of(case)) == (counted > 0)


def sources_of(case):
    return (case.folder / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES[1:])
def test_reports_are_as_coded_by_hand(name):
    path = gallery_folder().parent / "tools" / "casebuild" / "codings" / f"{name}.reports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [row for row in open_case(name).reports if not row.id.startswith(("press-", "timeline-"))]
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
    case = open_case(name)
    week = timedelta(days=7)

    def tells(row, change):
        if (row.place, row.side) != (change.place, change.to_side) or not settles(row):
            return False
        day = row.published_at.date()
        return change.earliest - week <= (row.event_date or day) and day <= change.latest + week

    missed = [change for change in case.history if not any(tells(row, change) for row in case.reports)]
    assert f"No report settles {len(missed)} of the {len(case.history)} changes" in sources_of(case)


def test_known_losses_are_known_from_reports():
    known = {"iraq-2014": ("mosul", "tikrit", "baiji", "kirkuk"), "south-vietnam-1975": ("ban-me-thuot",)}
    for name, places in known.items():
        case = open_case(name)
        holder = {place.id: place.held_by for place in case.places}
        for claim in settled(case.known_by(case.init).reports, case.start, case.init):
            holder[claim.place] = claim.holder
        truth = {row.place: row.to_side for row in case.history if row.latest <= case.init}
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
    case = open_case(name)
    assert {side.id: case.seat_of(side.id) for side in case.sides} == seats
    held = {place.id: place.held_by for place in case.places}
    assert all(seat is None or held[seat] == side for side, seat in seats.items())


def test_a_holdout_is_known_from_before_the_war():
    marked = {name: [row.id for row in open_case(name).places if row.get("holdout")] for name in CASES}
    assert marked.pop("afghanistan-2021") == ["bazarak"] and not any(marked.values())


@pytest.mark.parametrize("name", CASES)
def test_denials_are_denied(name):
    for row in open_case(name).reports:
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
