"""Who held what at the start is proposed from all events that tell it; a side that held nothing is named."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import open_case

ARMY, GUILD = samples.ARMY, samples.GUILD
TAKEN, REGAINED, BASE = samples.TAKEN, samples.REGAINED, "Headquarters or base established"
STATE, REBELS = "government", "guild-of-the-moors"


@pytest.fixture
def told(say, tmp_path, monkeypatch):
    """Import these events into a new war, and return the holders at its start and what was said."""

    def told(*events, start=None):
        monkeypatch.setattr(samples, "EVENTS", list(events))
        Path("towns.csv").write_text(samples.gazetteer())
        Path("acled.csv").write_text(samples.acled())
        say("new", "moorland", "--places", "towns.csv")
        said = say("import", "acled", "acled.csv", "moorland")
        if start:  # as a person says it; holders are proposed anew
            case, table = Path("moorland/case.toml"), Path("moorland/places.csv")
            case.write_text(
                case.read_text().replace(f"start = {open_case('moorland').start}", f"start = {start}")
            )
            table.write_text(table.read_text().replace(f",{STATE},", ",,").replace(f",{REBELS},", ",,"))
            said = say("import", "acled", "acled.csv", "moorland", "--replace")
        return {place.id: place.held_by for place in open_case("moorland").places}, said

    return told


def test_a_base_a_regaining_and_a_taking_tell_who_held_the_place(told):
    held, said = told(
        ("2031-01-05", REGAINED, ARMY, GUILD, "Beta"),
        ("2031-01-20", BASE, GUILD, "", "Gamma"),
        ("2031-02-10", TAKEN, GUILD, ARMY, "Delta"),
    )
    assert held == {"alpha": STATE, "beta": REBELS, "gamma": REBELS, "delta": STATE, "epsilon-og": STATE}
    assert f"{STATE} 1 place (Delta)" in said and f"{REBELS} 2 places (Beta, Gamma)" in said
    assert f"Of 2 places no event tells who held it on 2031-01-04: '{STATE}' is proposed." in said
    assert "none at the start" not in said and "1 places" not in said


def test_what_is_regained_from_nobody_named_was_the_one_rival_s(told):
    held, _ = told(("2031-01-05", REGAINED, ARMY, "", "Beta"), ("2031-01-20", TAKEN, GUILD, ARMY, "Gamma"))
    assert held["beta"] == REBELS and held["gamma"] == STATE


@pytest.mark.parametrize(
    ("events", "holder"),
    [
        ([("2031-01-05", BASE, GUILD), ("2031-01-09", TAKEN, GUILD)], STATE),  # a base before its own taking
        ([("2031-01-05", BASE, GUILD), ("2031-01-09", REGAINED, ARMY)], REBELS),
        ([("2031-01-05", TAKEN, GUILD), ("2031-01-09", BASE, GUILD)], STATE),  # the first decides
    ],
)
def test_the_first_event_that_tells_decides(told, events, holder):
    foe = {ARMY: GUILD, GUILD: ARMY}
    held, _ = told(*((day, what, who, "" if what == BASE else foe[who], "Beta") for day, what, who in events))
    assert held["beta"] == holder


def test_until_the_start_the_last_event_decides(told):
    held, _ = told(
        ("2031-01-05", TAKEN, GUILD, ARMY, "Beta"),
        ("2031-01-09", BASE, GUILD, "", "Gamma"),
        ("2031-01-12", REGAINED, ARMY, GUILD, "Beta"),
        ("2031-01-20", TAKEN, GUILD, ARMY, "Delta"),
        start="2031-01-15",
    )
    assert (held["beta"], held["gamma"], held["delta"]) == (STATE, REBELS, STATE)


def test_a_side_that_held_nothing_is_named_by_import_and_by_check(told, say):
    held, said = told(("2031-01-05", TAKEN, GUILD, ARMY, "Beta"), ("2031-01-20", TAKEN, GUILD, ARMY, "Gamma"))
    words = f"places.csv: column 'held_by': side '{REBELS}' has places in 2 reports, but none at the start."
    assert set(held.values()) == {STATE} and words in said and "hardly believed" in said
    assert words in " ".join(say("check", "moorland").split())
    table = Path("moorland/places.csv")
    table.write_text(table.read_text().replace(f",{STATE},", f",{REBELS},", 1))
    assert "none at the start" not in say("check", "moorland")


def test_land_without_places_is_a_start_too(told, say):
    told(("2031-01-05", TAKEN, GUILD, ARMY, "Beta"))
    assert "none at the start" in say("check", "moorland")
    Path("moorland/hinterland.csv").write_text(
        f"published_on,side,place,distance_km,reason,source,confidence\n2031-01-04,{REBELS},,30,seen,us,low\n"
    )
    assert "none at the start" not in say("check", "moorland")
