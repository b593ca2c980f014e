"""Roads: proposed between neighbours that need no detour, or measured on a layer of lines."""

import sys
from importlib import import_module
from math import cos, radians
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import samples

from headlong.errors import BadRequest
from headlong.importers.ground.roads import propose_roads, straight


def row(ident, lat, lon):
    return {"id": ident, "lat": lat, "lon": lon}


PLACES = [row(n.split()[0].lower(), lat, lon) for n, (lat, lon, *_) in samples.TOWNS.items()]


def test_a_place_between_two_others_takes_the_road():
    line = [row("a", 0.0, 0.0), row("b", 0.0, 1.0), row("c", 0.01, 2.0)]
    assert {(r["from"], r["to"]) for r in propose_roads(line)} == {("a", "b"), ("b", "c")}
    assert all(r["confidence"] == "low" and r["source"].startswith("proposed") for r in propose_roads(line))


@pytest.mark.parametrize("count", [2, 3, 4, 50, 400])
def test_all_places_hang_together(count):
    luck = np.random.default_rng(3)
    places = [row(f"p{n}", *luck.uniform(0, 10, 2)) for n in range(count)]
    group = {p["id"]: p["id"] for p in places}

    def root(name):
        return name if group[name] == name else root(group[name])

    roads = propose_roads(places)
    for road in roads:
        group[root(road["from"])] = root(road["to"])
    assert len({root(p["id"]) for p in places}) == 1 and len(roads) <= 3 * count
    assert roads == propose_roads(places), "the same places, the same roads"


def test_places_on_one_spot_or_one_line():
    assert len(propose_roads([row("a", 1.0, 1.0), row("b", 1.0, 1.0)])) == 1
    assert len(propose_roads([row(f"p{n}", 5.0, float(n)) for n in range(6)])) == 5
    assert propose_roads([row("a", 1.0, 1.0)]) == [] and propose_roads([]) == []


SPOTS = {1: (10.0, 20.0), 2: (10.2, 20.4), 3: (10.5, 20.5), 4: (11.0, 20.2), 5: (11.3, 21.0)}
WAYS = [(1, "primary", (1, 2, 3)), (2, "trunk", (3, 4)), (3, "footway", (4, 5))]
"""A small extract: a road from Alpha by a bend to Beta and on to Gamma, a footpath to Delta."""


def as_xml(path):
    nodes = "".join(
        f'<node id="{n}" lat="{lat}" lon="{lon}" version="1"/>' for n, (lat, lon) in SPOTS.items()
    )
    text = "".join(
        f'<way id="{n}" version="1">'
        + "".join(f'<nd ref="{r}"/>' for r in refs)
        + f'<tag k="highway" v="{kind}"/></way>'
        for n, kind, refs in WAYS
    )
    path.write_text(f'<?xml version="1.0"?><osm version="0.6">{nodes}{text}</osm>')


def as_pbf(path):
    """The same as people download it, written by OpenStreetMap's own library."""
    osmium = import_module("osmium")
    made = osmium.osm.mutable
    with osmium.SimpleWriter(str(path)) as writer:
        for n, (lat, lon) in SPOTS.items():
            writer.add_node(made.Node(id=n, location=(lon, lat), version=1))
        for n, kind, refs in WAYS:
            writer.add_way(made.Way(id=n, nodes=refs, tags={"highway": kind}, version=1))


@pytest.mark.parametrize(("name", "write"), [("small.osm", as_xml), ("small.osm.pbf", as_pbf)])
def test_roads_are_measured_on_an_extract(tmp_path, name, write):
    import_module("pyogrio")
    from headlong.importers.ground.road_layer import roads_from_layer

    write(tmp_path / name)
    rows, apart = roads_from_layer(tmp_path / name, PLACES)
    assert {(r["from"], r["to"]) for r in rows} == {("alpha", "beta"), ("beta", "gamma")}
    legs = [straight([row("a", *SPOTS[i]), row("b", *SPOTS[j])])[0, 1] for i, j in ((1, 2), (2, 3))]
    assert rows[0]["distance_km"] == pytest.approx(sum(legs), abs=0.06) and "ODbL" in rows[0]["source"]
    assert set(apart) == {"delta", "epsilon"}
    assert rows[0]["distance_km"] > 111.2 * np.hypot(0.5, 0.5 * cos(radians(10.25)))


@pytest.mark.parametrize("name", ["bad.osm", "bad.osm.pbf"])
def test_what_is_no_extract_is_refused(tmp_path, name):
    import_module("pyogrio")
    from headlong.importers.ground.road_layer import roads_from_layer

    (tmp_path / name).write_text("<osm><node")
    with pytest.raises(BadRequest, match=r"cannot be read as a layer of roads|no lines"):
        roads_from_layer(tmp_path / name, PLACES)
