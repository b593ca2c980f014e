"""What soldiers do: garrisons of lost places, columns on the road, men called up."""

import numpy as np
import pytest
from steps import step_alone
from worlds import morning, row_play, with_params

from headlong.board.state import (
    ABROAD,
    CAPTURED,
    DEAD,
    FLED,
    HANDED_OVER,
    HOME,
    MELTED,
    OVERRUN,
    RETURNED,
    SOLDIERS,
    STAYS,
    SWITCHED,
    TAKEN,
    WITHDREW,
)
from headlong.board.world import NOBODY, SLOTS


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (HANDED_OVER, {"home": 100}),
        (MELTED, {"home": 100}),
        (SWITCHED, {"turned": 60, "home": 40}),
        (WITHDREW, {"road": 100}),
        (OVERRUN, {"dead": 10, "captured": 36, "road": 54}),
    ],
)
def test_what_becomes_of_a_garrison(way, expected):
    """Shares as set, on average over many days; the sums of men and of arms are exact."""
    shares = {"garrisons__turn": 0.6, "garrisons__dead": 0.1, "garrisons__caught": 0.4,
              "garrisons__seized": 0.5, "garrisons__move_in": 0.2}  # fmt: skip
    play = with_params(row_play([0, 0, 1]), **shares)
    state = morning(play)
    state.hold.lost[1], state.hold.way[1], state.troops.field[1] = 0, way, 1000
    found = {name: [] for name in ("home", "dead", "captured", "road", "turned", "arms", "fresh")}
    for day in range(1, 150):
        t = step_alone(play, "garrisons", state, day).troops
        fresh = 1000 - t.field[1]
        found["fresh"].append(fresh)
        found["turned"].append(t.garrison[1] - fresh)
        found["arms"].append(t.arms[1])
        found["road"].append(t.marching[(day + 1) % SLOTS, 0, 0])
        for name, column in (("home", HOME), ("dead", DEAD), ("captured", CAPTURED)):
            found[name].append(t.ledger[0, column])
        assert sum(found[n][-1] for n in ("home", "dead", "captured", "road", "turned")) == 100
    means = {name: np.mean(values) for name, values in found.items()}
    for name in ("home", "dead", "captured", "road", "turned"):
        assert means[name] == pytest.approx(expected.get(name, 0.0), abs=1.6), name
    assert means["arms"] == pytest.approx(50.0 - 0.5 * expected.get("road", 0.0), abs=1.6)
    assert means["fresh"] == pytest.approx(200.0, abs=4.0)


def march(play, days, men=100):
    """Let 100 men of side 0 leave the last place of a row when it is lost; state after some days."""
    state = morning(play)
    state.hold.lost[-1], state.hold.way[-1] = 0, WITHDREW
    state.hold.taker[-1] = 1
    state = step_alone(play, "garrisons", state, 0)
    state.hold.control[-1], state.hold.lost[-1] = 1, NOBODY
    for day in range(1, days + 1):
        state = step_alone(play, "columns", state, day)
    return state.troops, state.border


def test_a_column_goes_from_place_to_place_until_it_is_safe():
    play = row_play([0, 1, 1, 0])  # place 3 is lost; home is place 0, two hostile places between, 1 day each
    for days, place in ((0, 2), (1, 1), (2, 0)):
        troops, _ = march(play, days)
        assert troops.marching.sum() == 100 and troops.marching[(days + 1) % SLOTS, place, 0] == 100
    troops, _ = march(play, 3)
    assert troops.marching.sum() == 0 and troops.garrison[0] == 200


def test_a_long_road_takes_its_days():
    play = row_play([0, 1], km=350.0)
    play.opening.start.hold.control[1] = 0
    for days in range(6):
        assert march(play, days)[0].garrison[0] == 100
    assert march(play, 6)[0].garrison[0] == 200  # 60 km a day


def test_a_column_is_cut_off_where_the_enemy_is():
    play = with_params(row_play([0, 1, 1, 0]), columns__cut=1.0)
    troops, _ = march(play, 5)
    assert troops.ledger[0, CAPTURED] == 100 and troops.garrison[0] == 100
    safe = with_params(row_play([0, 0, 0, 0]), columns__cut=1.0)
    assert march(safe, 5)[0].garrison[2] == 200


def test_a_column_loses_men_on_every_road():
    play = with_params(row_play([0, 1, 1, 0]), columns__straggle=0.5)
    troops, _ = march(play, 3)
    home = troops.ledger[0, HOME]
    assert troops.garrison[0] - 100 + home == 100 and 75 < home < 98  # about seven in eight


def test_a_column_with_nowhere_to_go_takes_to_the_field():
    assert march(row_play([1, 1, 0]), 0)[0].field[0] == 100
    assert march(row_play([0, 0, 0], roads=False), 0)[0].field[0] == 100


def test_a_column_at_a_crossing_queues_and_one_beyond_the_border_is_abroad():
    troops, border = march(row_play([1, 1, 0], crossings=[2]), 0)
    assert border.queue[0, SOLDIERS] == 100 and troops.field[0] == 0
    play = row_play([-1, 1, 0], outside=[0])
    troops, border = march(play, 5)
    assert troops.ledger[0, ABROAD] == 100
    troops, border = march(row_play([-1, 1, 1, 0], outside=[0], crossings=[1]), 5)
    assert border.queue[0, SOLDIERS] == 100 and troops.ledger[0, ABROAD] == 0


def test_men_are_called_up_at_the_base_of_a_leader_who_is_there():
    row = row_play([0, 0, 1], leaders=[(0, 0)])
    row.opening.start.troops.pool[:] = 1000
    play = with_params(row, mobilisation__pace=0.1)
    for status, called in ((STAYS, True), (RETURNED, True), (FLED, False), (TAKEN, False)):
        state = morning(play)
        state.chiefs.status[0] = status
        t = step_alone(play, "mobilisation", state, 1).troops
        share = 1 - np.exp(-0.1)  # the front is at 100 km
        assert t.garrison[0] - 100 == pytest.approx(1000 * share if called else 0, abs=30)
        assert t.garrison[0] + t.pool[0, 0] == 1100
        assert t.garrison[1:].tolist() == [100, 100] and t.pool[1:].sum() == 4000
