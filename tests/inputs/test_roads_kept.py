"""Shortest ways are found once for each net of roads, and read again without the library that finds them."""

import numpy as np
import pytest
from scipy.sparse import csgraph

from headlong.inputs import geography


@pytest.fixture
def road(tmp_path, monkeypatch):
    monkeypatch.setattr(geography, "folder_of", lambda kind: tmp_path / kind)
    road = np.zeros((6, 6))
    for i, j, km in ((0, 1, 10.0), (1, 2, 20.0), (0, 2, 25.0), (3, 4, 7.0)):
        road[i, j] = road[j, i] = km
    return road


def refuse(*args, **kwargs):
    raise AssertionError("looked for anew")


def test_a_net_is_solved_once(road, monkeypatch):
    km, hop = geography.ways_by_road(road)
    assert km[0, 2] == 25.0 and km[1, 2] == 20.0 and np.isinf(km[0, 3]) and hop[0, 2] == 2
    monkeypatch.setattr(csgraph, "shortest_path", refuse)
    again = geography.ways_by_road(road)
    assert again[0].tobytes() == km.tobytes() and again[1].tobytes() == hop.tobytes()
    road[0, 5] = road[5, 0] = 1.0
    with pytest.raises(AssertionError, match="anew"):
        geography.ways_by_road(road)


def test_what_is_kept_of_another_shape_is_made_again(road, tmp_path):
    km, _ = geography.ways_by_road(road)
    (file,) = (tmp_path / "roads").glob("*.npz")
    np.savez(file, km=km[:2], hop=np.zeros((2, 6), np.int32))
    assert (geography.ways_by_road(road)[0] == km).all()


@pytest.mark.parametrize("name, value", [("km", np.nan), ("km", -1.0), ("hop", 6), ("hop", -2)])
def test_what_is_kept_and_cannot_be_is_made_again(road, tmp_path, name, value):
    km, hop = geography.ways_by_road(road)
    (file,) = (tmp_path / "roads").glob("*.npz")
    wrong = {"km": km.copy(), "hop": hop.copy()}
    wrong[name][0, 2] = value
    np.savez(file, **wrong)
    again = geography.ways_by_road(road)
    assert (again[0] == km).all() and (again[1] == hop).all()
