"""Not one person is lost or made: any world, any member, any day, any step of the day."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from steps import evenings, fields, steps
from worlds import Size, default, plays, random_play, toy_play

from headlong.board.state import (
    CIVILIANS,
    FLED,
    LEADERS,
    RETURNED,
    SOLDIERS,
    STAYS,
    TAKEN,
    civilians_total,
    soldiers_total,
)
from headlong.board.world import NOBODY
from headlong.engine.record import BOOKS

RELAXED = settings(
    max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
COUNTS = (
    "garrison", "field", "pool", "marching", "ledger", "arms", "residents", "guests", "walking",
    "bound", "waiting", "elsewhere", "queue", "crossed",
)  # fmt: skip


@given(play=plays(days=12))
@RELAXED
def test_nobody_is_lost_or_made_at_any_step(play):
    totals = None
    for day, name, before, after in steps(play):
        if totals is None:
            totals = soldiers_total(before), civilians_total(before)
        assert (soldiers_total(after), civilians_total(after)) == totals, (day, name)
        arrays = fields(after)
        gate = play.world.exits.gate
        queued = [arrays["waiting"][gate == c].sum() for c in range(len(arrays["queue"]))]
        assert (queued == arrays["queue"][:, CIVILIANS]).all(), (day, name)
        for field in COUNTS:
            assert arrays[field].min(initial=0) >= 0, (day, name, field)


@given(play=plays(members=3, days=40), acting=st.booleans())
@RELAXED
def test_the_record_of_every_member_balances(play, acting):
    if not acting:
        play = play._replace(params=default(play.members))
    record = play.run()
    gates = record.arrivals.astype(np.int64) + record.queue
    civilians = record.displaced.astype(np.int64).sum(axis=2) + record.at_home + record.on_road
    civilians += record.queue[..., 0].astype(np.int64).sum(axis=2) + record.elsewhere
    start = play.opening.start.people
    assert (civilians == start.residents.sum() + start.guests.sum()).all()
    soldiers = record.soldiers.sum(axis=(1, 2)) + gates[:, -1, :, SOLDIERS].sum(axis=1)
    for member in range(play.members):
        (_, state), *_ = evenings(play, member)
        assert soldiers[member] == soldiers_total(state)
    for name in ("displaced", "at_home", "on_road", "elsewhere", "arrivals", "queue", "soldiers", "arms"):
        assert getattr(record, name).min(initial=0) >= 0
    assert (np.diff(record.arrivals, axis=1) >= 0).all()


ODD = {
    "two places": Size(2, 2, 1, 1, 0),
    "two places, one beyond the border": Size(2, 2, 1, 1, 1),
    "no roads": Size(8, 3, 3, 2, 2, 0.0),
    "no crossings": Size(8, 3, 3, 0, 2),
    "no leaders": Size(8, 3, 0, 2, 2),
    "nothing beyond the border": Size(8, 3, 3, 2, 0),
    "nobody presses": Size(8, 3, 3, 2, 2, 0.3, 0.0),
    "all press all": Size(8, 4, 3, 2, 2, 0.3, 1.0),
    "all crossings": Size(6, 2, 3, 6, 2),
    "all beyond the border but one": Size(6, 2, 3, 2, 5),
}


@pytest.mark.parametrize("size", ODD.values(), ids=ODD)
def test_odd_worlds(size):
    changes = 0
    for seed in range(8):
        play = random_play(seed, size, days=25)
        for day, state in evenings(play):
            if day == 0:
                totals = soldiers_total(state), civilians_total(state)
            changes += (state.hold.lost >= 0).sum()
            assert (soldiers_total(state), civilians_total(state)) == totals
    quiet = size.pressing == 0.0 or size.outside == size.places - 1 == 0
    assert (changes == 0) if quiet else (changes > 0 or size.places - size.outside == 1)


def test_the_books_name_all_fates():
    assert len(BOOKS) == toy_play(8, 2, 2).run().soldiers.shape[2]


def test_the_record_says_where_soldiers_are():
    for seed in range(10):
        play = random_play(seed, days=15)
        *_, (_, state) = evenings(play)
        t, books = state.troops, play.run().soldiers[0]
        for s in range(len(t.field)):
            here = t.garrison[state.hold.control == s].sum()
            fates = [here, t.field[s], t.pool[:, s].sum(), t.marching[..., s].sum(), *t.ledger[s]]
            assert books[s].tolist() == fates
        assert t.garrison[state.hold.control == NOBODY].sum() == 0


@given(play=plays(days=15))
@RELAXED
def test_leaders_have_one_status_and_none_is_counted_twice(play):
    """Each step of a life is a possible one; only who flees at a crossing queues there, and once."""
    allowed = {
        "leaders": {(STAYS, FLED), (STAYS, TAKEN), (RETURNED, FLED), (RETURNED, TAKEN)},
        "comeback": {(FLED, RETURNED)},
    }
    cross_at, flights = play.world.ground.cross_at, 0
    for _, name, before, after in steps(play):
        was, now, place = before.chiefs.status, after.chiefs.status, after.chiefs.place
        assert np.isin(now, (STAYS, FLED, TAKEN, RETURNED)).all()
        assert ((place >= 0) & (place < cross_at.size)).all()
        moves = {(int(a), int(b)) for a, b in zip(was, now, strict=True) if a != b}
        assert moves <= allowed.get(name, set()), name
        fled = (was != FLED) & (now == FLED)
        counted = (after.border.queue + after.border.crossed)[:, LEADERS]
        new = counted - (before.border.queue + before.border.crossed)[:, LEADERS]
        for c in range(len(new)):
            came = (fled & (cross_at[place] == c)).sum()
            left = ((now == RETURNED) & (was == FLED) & (cross_at[before.chiefs.place] == c)).sum()
            assert came - left <= new[c] <= came, name
        flights += fled.sum()
        assert counted.sum() <= flights


def test_a_leader_at_home_is_in_no_queue():
    for seed in range(60):
        play = random_play(seed, Size(6, 2, 4, 3, 0, 0.5, 1.0), days=15)
        play.params["comeback"]["back"] = 0.5
        play.params["crossings"]["scale"] = 0.0
        for _, state in evenings(play):
            away = (state.chiefs.status == FLED).sum()
            assert state.border.queue[:, LEADERS].sum() <= away


@given(play=plays(members=2, days=20))
@RELAXED
def test_places_go_only_to_those_who_press(play):
    """Each change is from a side to one that presses it; places of nobody or beyond the border never change."""
    record = play.run()
    control = record.control
    presses, outside = play.world.sides.presses, play.world.ground.outside
    nobody = control[:, 0] == NOBODY
    assert ((control == NOBODY) == nobody[:, None]).all()
    assert (control[..., outside] == control[:, :1, outside]).all()
    moved = control[:, 1:] != control[:, :-1]
    loser, taker = control[:, :-1][moved], control[:, 1:][moved]
    assert presses[taker, loser].all()
    assert (moved == (record.way[:, 1:] > 0)).all() and not record.way[:, 0].any()
    meek = ~presses.any(axis=1)
    for side in np.flatnonzero(meek):
        assert not ((control == side) & (control[:, :1] != side)).any()


def test_places_beyond_the_border_are_left_alone_whoever_holds_them():
    """Even if a table says that somebody holds a place beyond the border."""
    pressed = 0
    for seed in range(20):
        play = random_play(seed, Size(8, 2, 2, 1, 4, 0.5, 1.0), days=10)
        play.opening.start.hold.control[:] = 0
        play.opening.start.hold.control[:2] = 1
        record = play.run()
        pressed += (record.way > 0).sum()
        out = play.world.ground.outside
        assert (record.control[..., out] == record.control[:, :1, out]).all()
    assert pressed > 0
