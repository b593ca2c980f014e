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
