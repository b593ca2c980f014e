"""What an import leaves undone is said, and ends with 2; whoever holds the state is the incumbent."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.case import open_case
from headlong.cli import headlong
from headlong.cli.edge import run


@pytest.fixture
def bring(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def bring(kind, name, data, *options, case="moorland", code=0):
        Path(name).write_text(data)
        found = run(headlong, ["import", kind, name, case, *options])
        said = capsys.readouterr()
        assert found == code, said
        return said.out + said.err

    return bring


MAP = "place,date,holder\n" + "".join(
    f"{place},2031-01-0{day},{holder}\n"
    for day in (1, 2, 3)
    for place, holder in (("Beta", "{rebels}"), ("Gamma", "{rebels}"), ("Delta", "{state}"))
)


@pytest.mark.parametrize(
    "state", ["gov", "Government", "the regime", "Govt. forces", "State security forces"]
)
def test_the_government_is_the_incumbent_though_others_hold_more(bring, state):
    gazetteer = samples.gazetteer().replace("capital", "town").replace("PPLC", "PPL")
    bring("places", "towns.csv", gazetteer, "--least", "0")
    bring("control", "map.csv", MAP.format(state=state, rebels="Guild"))
    roles = {side.name: side.role for side in open_case("moorland").sides}
    assert roles == {state: "incumbent", "Guild": "insurgent"}


def test_an_islamic_state_is_no_government(bring):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    bring("control", "map.csv", MAP.format(state="Islamic State", rebels="Alliance"))
    roles = {side.name: side.role for side in open_case("moorland").sides}
    assert roles == {"Islamic State": "insurgent", "Alliance": "incumbent"}


def test_events_of_nobody_in_the_case_are_an_error(bring):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    sides = "".join(
        f'\n[[sides]]\nid = "{name}"\nname = "{name}"\nrole = "{role}"\n'
        for name, role in (("quux", "incumbent"), ("zyzzy", "insurgent"))
    )
    Path("moorland/case.toml").write_text(f'id = "moorland"\ntitle = "M"\nstart = 2031-01-01\n{sides}')
    rows = samples.acled().splitlines()
    one_side = [rows[0], *(row for row in rows[1:] if "Guild" in row and "Government" not in row)]
    said = bring("acled", "acled.csv", "\n".join(one_side) + "\n", code=2)
    assert "No report was written" in said and "acled-actors.csv" in said and "Left out" in said
    assert not Path("moorland/reports.csv").exists()


def test_places_alone_are_no_case_and_this_is_said(bring):
    said = bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    assert "There is no case.toml yet" in said and "headlong new NAME --places" in said
    assert "headlong check" not in said


def test_a_new_case_has_a_name_that_a_case_can_have(bring):
    said = bring("places", "towns.csv", samples.gazetteer(), "--least", "0", case="My War", code=2)
    assert "Try 'my-war'" in said and not Path("My War").exists()


def guild_alone(rows):
    """The lines of an export of which the guild is the actor, as somebody has it who asked for one group."""
    return [rows[0], *(row.replace(samples.ARMY, "") for row in rows[1:] if f",{samples.GUILD}," in row.split(samples.ARMY)[0])]  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("new", [False, True])
def test_a_file_of_one_side_makes_a_case_and_says_so(bring, new, capsys):
    Path("towns.csv").write_text(samples.gazetteer())
    if new:
        assert run(headlong, ["new", "moorland", "--places", "towns.csv"]) == 0
        capsys.readouterr()
    text = "\n".join(guild_alone(samples.acled().splitlines())) + "\n"
    assert samples.ARMY not in text and text.count("\n") == 6
    said = bring("acled", "acled.csv", text)
    assert "names one side alone, 'Guild of the Moors'" in said and "Left out" not in said
    case = open_case("moorland")
    assert {s.id: s.role for s in case.sides} == {"government": "incumbent", "guild-of-the-moors": "insurgent"}  # fmt: skip  # noqa: E501
    assert len(case.reports) == 4 and {h.place for h in case.history} <= {"beta", "gamma", "delta"}


def test_a_file_in_which_nobody_is_a_side_names_who_is_there(bring):
    text = samples.acled().replace("Rebel group", "Protesters").replace("State forces", "Civilians")
    said = bring("acled", "acled.csv", text, code=2)
    assert "names neither the state's forces nor a rebel group" in said and f"'{samples.GUILD}'" in said
    assert "acled-actors.csv" in said and not Path("moorland/case.toml").exists()


def test_names_without_a_side_are_named(bring):
    bring("acled", "acled.csv", samples.acled())
    table = Path("moorland/import/acled-actors.csv")
    table.write_text(table.read_text().replace(f"{samples.GUILD},guild-of-the-moors", f"{samples.GUILD},"))
    said = bring("acled", "acled.csv", samples.acled(), "--replace")
    assert f"of names without a side: {samples.GUILD} (4)." in said


def test_of_two_governments_the_one_in_the_capital_is_the_incumbent(bring):
    gazetteer = samples.gazetteer().replace("pcode", "pcode,feature_code").replace("MO00", "MO00,PPLC")
    bring("places", "towns.csv", gazetteer, "--least", "0")
    rows = MAP.format(state="Government of Unity", rebels="Government of Stability")
    rows += "Alpha,2031-01-02,Government of Unity\n"
    said = bring("control", "map.csv", rows)
    roles = {side.name: side.role for side in open_case("moorland").sides}
    assert roles == {"Government of Unity": "incumbent", "Government of Stability": "insurgent"}
    assert "'Government of Unity', who is the first to hold the capital, Alpha" in said


def test_a_government_that_holds_least_is_a_side(bring):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    rows = "place,date,holder\nEpsilon Óg,2031-01-01,Military Forces of Moorland\n"
    for place, holder in (("Alpha", "A"), ("Beta", "B"), ("Gamma", "C"), ("Delta", "D")):
        rows += "".join(f"{place},2031-01-0{day},{holder} Front\n" for day in (1, 2))
    bring("control", "map.csv", rows)
    roles = {side.name: side.role for side in open_case("moorland").sides}
    assert roles["Military Forces of Moorland"] == "incumbent" and len(roles) == 4


def village(text):
    """The events at Delta at a village far from all towns."""
    return text.replace(",Delta,11.32,21.0,", ",Far End,12.9,21.6,")


def test_places_of_events_that_the_case_lacks_are_named_and_can_be_added(bring):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    said = bring("acled", "acled.csv", village(samples.acled()))
    assert "2 of 6 events at none of the case's places: Far End (2)." in said and "--add-places" in said
    said = bring("acled", "acled.csv", village(samples.acled()), "--replace", "--add-places")
    assert "1 places are added, with proposed roads: Far End." in said and "Left out" not in said
    case = open_case("moorland")
    assert len(case.places) == 6 and case.places[-1].held_by == "government"
    assert any("far-end" in (r.from_, r.to) for r in case.roads) and len(case.reports) == 6
    assert ("far-end", "guild-of-the-moors") in {(h.place, h.to_side) for h in case.history}
    assert "--init 2031-02-14 reads all of these reports" in said


def test_an_import_that_fails_leaves_the_case_as_it_was(bring, capsys):
    Path("towns.csv").write_text(samples.gazetteer().replace("10.", "40."))
    assert run(headlong, ["new", "moorland", "--places", "towns.csv"]) == 0
    before = {p.name: p.read_bytes() for p in Path("moorland").glob("*.*")}
    far = samples.acled().replace(",Beta,", ",A,").replace(",Gamma,", ",B,").replace(",Delta,", ",C,").replace(",Alpha,", ",D,")  # fmt: skip  # noqa: E501
    said = bring("acled", "acled.csv", far.replace(",20.", ",60.").replace(",21.", ",61."), code=2)
    assert "No report was written" in said
    assert {p.name: p.read_bytes() for p in Path("moorland").glob("*.*")} == before


def test_a_side_that_lost_ground_is_a_side(bring):
    other = "FL: Front of the Low"
    text = samples.acled().replace(f"{samples.ARMY},,State forces,{samples.GUILD}", f"{samples.ARMY},,State forces,{other}")  # fmt: skip  # noqa: E501
    assert other in text
    bring("acled", "acled.csv", text)
    assert "front-of-the-low" in {s.id for s in open_case("moorland").sides}


@pytest.mark.parametrize(
    ("kind", "name", "text", "words"),
    [
        ("control", "a.csv", samples.acled(), "looks like an ACLED export: headlong import acled a.csv moorland"),
        ("acled", "a.csv", samples.ged(), "looks like events of UCDP: headlong import ucdp a.csv moorland"),
        ("ucdp", "a.csv", samples.acled(), "looks like an ACLED export: headlong import acled"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told(bring, kind, name, text, words):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    assert words in bring(kind, name, text, code=2)


def zones(**more):
    """A map of ten zones, with a name each and further attributes that take turns."""
    found = []
    for n, (lat, lon, *_) in enumerate([*samples.TOWNS.values()] * 2):
        said = {"fid": n, "Name": f"zone {n}", "date": "2031-01-01"}
        said |= {name: values[n % len(values)] for name, values in more.items()}
        found.append((samples.square(lat, lon), said))
    return samples.features(found)


def test_the_attribute_of_the_holder_is_found_and_said(bring):
    bring("places", "towns.csv", samples.gazetteer(), "--least", "0")
    said = bring("control", "map.geojson", zones(Faction=["Guild", "Crown", "Guild", "Crown", "Crown"]))
    assert "Holders are taken from 'Faction': Crown, Guild. --holder names another." in said
    said = bring("control", "map.geojson", zones(colour=["red", "blue"]), "--replace", code=2)
    assert "is 'Name' the holder? It has 10 values" in said and "--holder NAME" in said and "colour" in said
    said = bring("control", "map.geojson", zones(colour=["red", "blue"]), "--holder", "COLOUR", "--replace", code=2)  # fmt: skip  # noqa: E501
    assert "no holder on the map has a side yet" in said and "case.toml has: " in said
