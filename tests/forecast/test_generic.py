"""Cases as thin as can be, and of odd shapes: each can be forecast, summed up, saved and read again."""

import json
from datetime import timedelta

import numpy as np
import pytest
from books import check_books, soldiers
from quick import forecast
from toyland import SIDES

import headlong as hl
from headlong.case import check, read
from headlong.forecast.results.summary import fall_probability, summarise
from headlong.inputs.geography import DETOUR, read_map, straight_km

TOML = f"""id = "thinland"
title = "Thinland"
start = 2031-01-01
end = 2031-03-01

{SIDES}"""
THIRD = """
[[sides]]
id = "hill"
name = "Hill folk"
role = "{role}"
"""
PLACES = "id,name,kind,lat,lon,held_by,source,confidence\n"
ROADS = "from,to,distance_km,source,confidence\n"
ROWS = {
    "alpha": "alpha,Alpha,capital,0.0,0.0,crown,atlas,high\n",
    "beta": "beta,Beta,provincial_capital,0.8,0.1,crown,atlas,high\n",
    "gamma": "gamma,Gamma,town,1.2,0.2,guild,atlas,high\n",
    "delta": "delta,Delta,crossing,0.5,0.9,crown,atlas,low\n",
    "haven": "haven,Haven,refuge,0.6,1.2,,atlas,low\n",
}
LINKS = {
    ("alpha", "beta"): 110,
    ("beta", "gamma"): 60,
    ("beta", "delta"): 120,
    ("delta", "haven"): 40,
}


@pytest.fixture
def write(tmp_path):
    """Write a case of some of the places, with the roads between them; `extra` replaces or adds files."""

    def write(places=tuple(ROWS), toml=TOML, rows=None, extra=None):
        folder = tmp_path / "thinland"
        folder.mkdir(exist_ok=True)
        table = ROWS | (rows or {})
        links = "".join(
            f"{a},{b},{km},atlas,low\n" for (a, b), km in LINKS.items() if a in places and b in places
        )
        files = {
            "case.toml": toml,
            "places.csv": PLACES + "".join(table[p] for p in places),
            "roads.csv": ROADS + links,
            **(extra or {}),
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        assert check(folder) == []
        return read(folder)

    return write


def go(case, tmp_path, **how):
    """Forecast, check the books, sum up, write, read: whatever the case."""
    how = {"days": 20, "members": 40} | how
    made = forecast(case, **how)
    check_books(made)
    assert soldiers(made).tolist() == soldiers(forecast(case, **how | {"days": 1})).tolist()
    told = summarise(made)
    assert json.dumps(told, allow_nan=False) and told["sentence"]
    hl.save(made, tmp_path / "made.nc")
    assert summarise(hl.load(tmp_path / "made.nc")) == told
    return made


def falls(made):
    return {str(p): float(v) for p, v in zip(made["place"].values, fall_probability(made, 20), strict=True)}


def test_places_and_roads_are_enough(write, quick, tmp_path):
    case = write()
    assert not (case.leaders or case.patrons or case.reports or case.garrisons or case.crossings)
    made = go(case, tmp_path, init="2031-01-20", members=400)
    assert made.sizes["leader"] == 0 and list(made["crossing"].values) == ["delta"]
    assert made.attrs["control_from"].startswith("holders at the start of the case")
    assert all(0 < p < 1 for name, p in falls(made).items() if name != "haven")
    assert soldiers(made).min() > 0


def test_on_the_first_day_and_on_the_last(write, quick, tmp_path):
    case = write()
    for init in (case.start, case.end):
        assert go(case, tmp_path, init=init)["control"].shape == (40, 21, 5)


def test_two_places(write, quick, tmp_path):
    made = go(write(("beta", "gamma")), tmp_path)
    assert made.sizes["crossing"] == made.sizes["leader"] == 0
    assert summarise(made)["capital"] == [] and summarise(made)["crossings"] == []


def test_without_capital(write, quick, tmp_path):
    case = write(("beta", "gamma", "delta", "haven"))
    assert case.seat_of("crown") is None
    assert summarise(go(case, tmp_path))["capital"] == []


def test_without_crossing_and_without_refuge(write, quick, tmp_path):
    made = go(write(("alpha", "beta", "gamma")), tmp_path)
    assert made["arrivals"].size == 0
    assert (made["displaced"].isel(time=-1).sum("place") + made["on_road"].isel(time=-1) > 0).all()


def test_a_refuge_without_a_crossing_takes_people_in(write, quick, tmp_path):
    roads = ROADS + "alpha,beta,110,atlas,low\nbeta,gamma,60,atlas,low\nbeta,haven,130,atlas,low\n"
    made = go(write(("alpha", "beta", "gamma", "haven"), extra={"roads.csv": roads}), tmp_path)
    there = made["displaced"].sel(place="haven")
    assert (there.diff("time") >= 0).all() and bool((there.isel(time=-1) > 0).any())
    assert falls(made)["haven"] == 0.0 and (made["control"].sel(place="haven") == 2).all()


def test_a_place_without_a_road(write, quick, tmp_path):
    """It is as far as the crow flies and a half; nobody walks there or away."""
    case = write(rows={"lone": "lone,Lone,town,3.0,3.0,crown,atlas,low\n"}, places=(*ROWS, "lone"))
    assert any("no road" in w.problem for w in case.warnings)
    where = read_map(case)
    assert np.allclose(where.km[5, :5], DETOUR * straight_km(case)[5, :5])
    assert (where.hop[5, :5] == -1).all() and (where.km == where.km.T).all()
    made = go(case, tmp_path, members=200, days=30)
    assert falls(made)["lone"] > 0
    there = made["displaced"].sel(place="lone").diff("time").values
    assert (there >= 0).all() and there.any()  # those who leave their homes cannot leave the town


def test_roads_in_two_pieces(write, quick, tmp_path):
    roads = ROADS + "alpha,delta,140,atlas,low\nbeta,gamma,60,atlas,low\n"
    go(write(extra={"roads.csv": roads}), tmp_path)


@pytest.mark.parametrize(
    "role, presses, pressed",
    (("third", True, False), ("insurgent", True, True), ("outside", False, False)),
)
def test_three_sides(write, quick, tmp_path, role, presses, pressed):
    """A third side takes and is not pressed; an insurgent is pressed back; an outside side only holds."""
    case = write(
        rows={"hills": "hills,Hills,town,0.9,-0.4,hill,atlas,low\n"},
        places=("alpha", "beta", "gamma", "hills"),
        toml=TOML + THIRD.format(role=role),
        extra={"roads.csv": ROADS + "alpha,beta,110,x,low\nbeta,gamma,60,x,low\nbeta,hills,65,x,low\n"},
    )
    made = go(case, tmp_path, members=3000, init="2031-01-20")
    taken = (made["control"].sel(place=["alpha", "beta", "gamma"]) == 2).any()
    assert bool(taken) == presses
    assert (falls(made)["hills"] > 0) == pressed
    assert list(made["holder"].values) == ["crown", "guild", "hill"] and made.sizes["side"] == 4


def test_a_side_that_holds_nothing(write, quick, tmp_path):
    """Its front is the way to the refuge; without one it is far. It may take places all the same."""
    for places in (tuple(ROWS), ("alpha", "beta", "gamma", "delta")):
        case = write(places, rows={"gamma": ROWS["gamma"].replace("guild", "crown")})
        made = go(case, tmp_path, members=300, init="2031-01-20")
        assert (made["control"].isel(time=0).sel(place=["alpha", "gamma"]) == 0).all()
        assert bool((made["control"] == 1).any())


def test_nobody_holds_anything(write, quick, tmp_path):
    rows = {name: text.replace(",crown,", ",,").replace(",guild,", ",,") for name, text in ROWS.items()}
    made = go(write(rows=rows), tmp_path)
    assert (made["control"] == 2).all() and set(falls(made).values()) == {0.0}
    assert all(p["holder"] is None for p in summarise(made)["places"])


def test_sides_that_do_not_press_each_other(write, quick, tmp_path):
    toml = TOML.replace('role = "insurgent"', 'role = "insurgent"\nfriends = ["crown"]')
    made = go(write(toml=toml), tmp_path)
    assert set(falls(made).values()) == {0.0}


REPORTS = (
    "id,published_at,event_date,place,claim,side,source_class,verification,source,confidence\n"
    "r1,2031-01-10,2031-01-09,beta,fell,guild,agency,confirmed,wire,high\n"
    "r2,2031-01-12,2031-01-12,alpha,fell,guild,agency,unverified,wire,high\n"
    "r3,2031-01-15,2031-01-15,delta,fell,guild,agency,confirmed,wire,high\n"
)


def test_confirmed_reports_by_init_say_who_holds_what(write, quick, tmp_path):
    case = write(extra={"reports.csv": REPORTS})
    for day, held in ((9, "crown"), (10, "guild"), (14, "guild")):
        made = go(case, tmp_path, init=case.start + timedelta(days=day - 1), days=2, members=40)
        start, side = made["control"].isel(time=0), list(made["side"].values).index
        assert (start.sel(place="beta") == side(held)).mean() > 0.9
    made = go(case, tmp_path, init="2031-01-14", control="start", days=2, members=3)
    assert (made["control"].isel(time=0).sel(place="beta") == 0).all()


def test_a_war_so_far_raises_what_is_feared(write, quick, tmp_path):
    """The same places held on the same evening: after two losses in three days more falls than after peace."""
    war = REPORTS.replace("2031-01-15", "2031-01-11")
    peace = "\n".join(line for line in war.splitlines() if not line.startswith(("r1", "r3"))) + "\n"
    rows = {name: ROWS[name].replace("crown", "guild") for name in ("beta", "delta")}
    one = go(write(extra={"reports.csv": war}), tmp_path, init="2031-01-12", members=400)
    other = go(write(rows=rows, extra={"reports.csv": peace}), tmp_path, init="2031-01-12", members=400)
    assert falls_of_held(one, "alpha") > falls_of_held(other, "alpha") + 0.02


def falls_of_held(made, place):
    """Share of the members in which a place falls, of those in which the crown holds it at init."""
    control = made["control"].sel(place=place).values
    held = control[control[:, 0] == 0]
    return (held != 0).any(axis=1).mean()


def test_names_in_any_script_and_of_any_length(write, quick, tmp_path):
    rows = {"alpha": f"alpha,{'مدينة' * 20} – ‘A’,capital,0,0,crown,atlas,high\n"}
    made = go(write(rows=rows), tmp_path)
    assert str(made["place_name"].values[0]).startswith("مدينة")


def test_leaders_patrons_and_units_where_they_are_few(write, quick, tmp_path):
    extra = {
        "leaders.csv": "id,name,role,side,base,source,confidence\n"
        "ann,Ann,head,crown,alpha,x,low\nbob,Bob,head,guild,,x,low\n",
        "patrons.csv": "patron,side,announced_on,from,level,reason,source,confidence\n"
        "isle,crown,2031-01-05,2031-02-01,0.5,said,x,low\n",
        "garrisons.csv": "side,place,unit,kind,effective_low,effective_high,source,confidence\n"
        "crown,beta,First,army,0,0,x,low\nguild,,All,total,,,x,low\nguild,alpha,Cell,army,10,20,x,low\n",
    }
    made = go(write(extra=extra), tmp_path, init="2031-01-20")
    assert list(made["leader"].values) == ["ann"]


def test_five_years(write, quick, tmp_path):
    made = go(write(), tmp_path, days=1826, members=8, init="2031-01-20")
    assert made.sizes["time"] == 1827


def test_calibration_on_a_thin_case_is_refused_or_done(write, quick):
    with pytest.raises(hl.errors.BadRequest, match="no history"):
        hl.calibrate([write()])
