"""The books: every array of people is counted once, and a state has room for every world."""

import numpy as np
import pytest
from steps import fields
from worlds import Size, random_play

from headlong.board import state as board
from headlong.board import world as ground
from headlong.board.copying import copy_line, wipe_table
from headlong.board.state import CIVILIANS, LEADERS, SOLDIERS, civilians_total, empty_state, soldiers_total

PEOPLE = {
    "soldiers": {"garrison", "field", "pool", "marching", "ledger"},
    "civilians": {"residents", "guests", "walking", "bound", "elsewhere"},
}
OTHER = {
    "control", "near_km", "front_log", "border_log", "pressed", "taker", "push", "lost", "way",
    "seat_fallen", "held", "taken", "chance", "alarm", "cut", "taste", "draw", "door", "waiting", "fond",
    "call", "flow", "way_open", "trod",
    "slow", "fast", "shed", "won", "won_lately", "nearby", "heard", "arms", "leader_status", "leader_place",
    "extra",
}  # fmt: skip
TOTALS = {"soldiers": soldiers_total, "civilians": civilians_total}


def totals(state):
    return {name: total(state) for name, total in TOTALS.items()}


@pytest.mark.parametrize("size", [Size(), Size(2, 2, 0, 0, 0, 0.0, 0.0), Size(5, 4, 1, 3, 1)])
def test_an_empty_state_fits_the_world_and_holds_nobody(size):
    world = random_play(1, size).world
    state = empty_state(world)
    assert totals(state) == {"soldiers": 0, "civilians": 0}
    assert (state.hold.control == ground.NOBODY).all() and (state.hold.lost == ground.NOBODY).all()
    assert state.hold.near_km.shape == (size.places, size.sides)
    assert state.border.queue.shape == (size.crossings, 3)
    assert state.chiefs.status.shape == (size.leaders,)
    assert all(a.flags.c_contiguous for a in fields(state).values())


@pytest.mark.parametrize("kind", ["soldiers", "civilians"])
def test_everybody_is_counted_once(kind):
    world = random_play(1).world
    for name, array in fields(empty_state(world)).items():
        state = empty_state(world)
        here = fields(state)[name].reshape(-1)
        if name in PEOPLE[kind]:
            here[:] = 1
            assert totals(state) == {**dict.fromkeys(TOTALS, 0), kind: array.size}, name
        elif name in OTHER:
            here[:] = 1
            assert totals(state)[kind] == 0, name
    for name, civilians in (("queue", 5), ("crossed", 0)):  # civilians who crossed are in a refuge
        state = empty_state(world)
        fields(state)[name][1] = (5, 70, 900)
        assert totals(state) == {"civilians": civilians, "soldiers": 70}


def test_no_array_is_forgotten():
    known = PEOPLE["soldiers"] | PEOPLE["civilians"] | OTHER | {"queue", "crossed"}
    assert set(fields(empty_state(random_play(1).world))) == known


def test_a_count_of_many_people_does_not_overflow():
    state = empty_state(random_play(1).world)
    state.people.residents[:] = 2_000_000_000
    assert civilians_total(state) == 2_000_000_000 * state.people.residents.size


def test_names_stand_where_their_numbers_say():
    assert (CIVILIANS, SOLDIERS, LEADERS) == (0, 1, 2)
    assert board.STREAMS == ("civilians", "soldiers", "leaders")
    for number, name in enumerate(("STAYS", "FLED", "TAKEN", "RETURNED", "GONE")):
        assert getattr(board, name) == number
    assert len(board.STATUSES) == 5
    for number, name in enumerate(("HELD", "HANDED_OVER", "WITHDREW", "SWITCHED", "MELTED", "OVERRUN")):
        assert getattr(board, name) == number
    assert len(board.WAYS) == 6


def test_no_field_hides_what_a_tuple_can_do():
    for module in (board, ground):
        for kind in vars(module).values():
            if isinstance(kind, type) and hasattr(kind, "_fields"):
                assert not set(kind._fields) & set(dir(tuple)), kind


def test_a_copy_of_memory_is_a_copy_of_the_board():
    one, other = empty_state(random_play(1).world), empty_state(random_play(1).world)
    for k, array in enumerate(fields(one).values()):
        array.flat[:] = np.arange(array.size) + k
    for target, source in zip(other.memory, one.memory, strict=True):
        copy_line.py_func(target, source)
    for name, array in fields(one).items():
        assert array.dtype == bool or (array == fields(other)[name]).all(), name
    assert sum(a.size for a in fields(one).values() if a.dtype != bool) == sum(m.size for m in one.memory)


def test_a_wiped_table():
    table = np.arange(6.0).reshape(2, 3)
    wipe_table.py_func(table)
    assert not table.any()
