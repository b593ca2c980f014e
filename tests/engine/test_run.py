"""The same bits however members are run, a start that is each member's own, and a record of what was lived."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import typeof
from scipy import stats
from steps import copied, dawn, evenings, same
from worlds import Size, neutral, random_play, toy_play, toy_world

from headlong.board.state import FLED, SOLDIERS, TAKEN, empty_state
from headlong.board.world import NOBODY
from headlong.engine import run as engine
from headlong.engine.run import part_of_start, pieces, run
from headlong.engine.warm import least_world
from headlong.mechanisms import AROUND
from headlong.parameters import room_of

AROUND_ROOMS = [room_of(c) for c in AROUND]


@pytest.fixture(scope="module")
def play():
    return toy_play(14, 600, 12, acting=True)


@pytest.fixture(scope="module")
def whole(play):
    return play.run()


@pytest.mark.parametrize(
    ("threads", "chunk"), [(2, 50), (1, 1), (2, 7), (2, 64), (1, 599), (3, 600), (2, 5000)]
)
def test_the_same_bits_for_any_threads_and_chunks(play, whole, threads, chunk):
    for span, record in pieces(play.work(), threads=threads, chunk=chunk):
        assert same(record, [a[span] for a in whole])


def test_the_same_bits_on_all_cores_and_again(play, whole):
    assert same(play.run(threads=None), whole)
    assert same(play.run(threads=None), whole)


def some(play, span):
    """Only some members of a play, by their place in it, run alone."""
    numbers = np.arange(play.members)[span]
    opening = play.opening._replace(slow=play.opening.slow[span], fast=play.opening.fast[span])
    return run(play._replace(opening=opening, params=play.params[span]).work(numbers), 1)


def test_members_alone_or_together(play, whole):
    assert same(some(play, slice(300, 600)), [a[300:600] for a in whole])
    assert same(some(play, slice(417, 418)), [a[417:418] for a in whole])


def test_members_in_any_order(play, whole):
    order = np.random.default_rng(1).permutation(play.members)
    assert same(some(play, order), [a[order] for a in whole])


def test_a_part_of_the_opening(play):
    piece = part_of_start(play.opening, slice(3, 9))
    assert same(piece.start.memory, play.opening.start.memory) and same(piece.muster, play.opening.muster)
    assert same(piece.slow, play.opening.slow[3:9]) and same(piece.fast, play.opening.fast[3:9])


def test_a_longer_run_begins_as_a_shorter_one(play, whole):
    short = play._replace(days=5).run()
    for name in ("control", "way", "displaced", "at_home", "on_road", "arrivals", "queue", "leader_status"):
        assert same(getattr(short, name), np.ascontiguousarray(getattr(whole, name)[:, :6]))


def test_the_run_writes_to_nothing_it_was_given(play, whole):
    before = copied(play.world), copied(play.opening), play.params.copy()
    play.run(threads=2)
    assert same(before[0], play.world) and same(before[1], play.opening) and same(before[2], play.params)


def test_another_seed_or_number_is_another_life(play, whole):
    assert not same(play._replace(seed=play.seed + 1).run().control, whole.control)
    numbers = np.arange(600) + 600
    again = run(play.work(numbers), 1)
    assert not same(again.control, whole.control)
    assert np.unique(whole.control.reshape(600, -1), axis=0).shape[0] > 300


def test_seeds_up_to_the_last(play):
    last = [play._replace(seed=seed).run().control for seed in (2**32 - 1, 2**32 - 2, 2**31)]
    assert not same(last[0], last[1]) and not same(last[1], last[2])


def test_the_order_and_progress_of_pieces(play):
    done, spans = [], []
    for span, record in pieces(play.work(), threads=2, chunk=70):
        spans.append(span)
        assert record.control.shape[0] == span.stop - span.start
    assert [s.start for s in spans] == list(range(0, 600, 70)) and spans[-1].stop == 600
    play.run(threads=2, progress=done.append)
    assert done == list(range(50, 601, 50))


def test_no_members_and_no_days(play):
    none = some(play, slice(0, 0))
    assert none.control.shape == (0, play.days + 1, 14)
    still = play._replace(days=0).run()
    assert (still.control == play.opening.start.hold.control).all() and not still.way.any()


def test_an_error_in_a_worker_is_raised(play, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError

    monkeypatch.setattr(engine, "run_members", broken)
    with pytest.raises(ZeroDivisionError):
        play.run(threads=2)


ALL_BUT_SOME = {
    "flight": ("displaced", "home", "road", "at_home", "on_road", "arrivals", "queue"),
    "crossings": ("displaced", "on_road", "arrivals", "queue", "soldiers"),
    "leaders": ("leader_status", "displaced", "arrivals", "queue", "soldiers", "arms"),
    "comeback": ("leader_status", "arrivals", "queue", "soldiers", "arms"),
    "mobilisation": ("soldiers", "arms", "arrivals", "queue", "displaced"),
    "columns": ("soldiers", "arms", "arrivals", "queue", "displaced"),
    "garrisons": ("soldiers", "arms", "arrivals", "queue", "displaced"),
    "support": (),
    "strength": (),
}
"""What may differ when a mechanism is taken out of a forecast; of the rest not one bit."""


def crowded(play):
    """The play with crossings so narrow that people wait."""
    gates = play.world.gates
    return play._replace(world=play.world._replace(gates=gates._replace(capacity=gates.capacity * 0.0 + 5.0)))


@pytest.mark.parametrize("room", ALL_BUT_SOME)
def test_a_mechanism_taken_out_leaves_the_luck_of_the_others(room):
    play = crowded(toy_play(14, 100, 20))
    full, less = play.run(), play._replace(params=neutral(play.params, room)).run()
    moved = {name for name in full._fields if not same(getattr(full, name), getattr(less, name))}
    assert moved <= set(ALL_BUT_SOME[room])
    assert bool(moved) == bool(ALL_BUT_SOME[room])


@pytest.mark.parametrize("room", AROUND_ROOMS)
def test_in_a_forecast_control_rests_on_the_core_alone(room):
    play = toy_play(14, 100, 20)
    full, less = play.run(), play._replace(params=neutral(play.params, room)).run()
    assert same(full.control, less.control)
    assert (np.diff(full.control.astype(int), axis=1) != 0).sum() > 50


def test_soldiers_and_leaders_do_not_see_who_flees():
    """At a crossing they go first."""
    play = toy_play(14, 100, 20)
    full, less = play.run(), play._replace(params=neutral(play.params, "flight")).run()
    for name in ("arrivals", "queue"):
        assert same(getattr(full, name)[..., 1:].copy(), getattr(less, name)[..., 1:].copy())
    assert (full.at_home[:, -1] < full.at_home[:, 0]).any()
    assert (less.at_home[:, -1] == less.at_home[:, 0]).all()


def test_a_what_if_shares_its_luck_until_it_acts():
    """With clients who heed their leaders, nothing differs before the day after the first leader has gone."""
    play = toy_play(14, 200, 20)
    params = play.params.copy()
    params["leaders"]["shock"] = 3.0
    base, what_if = play.run(), play._replace(params=params).run()
    differ = (base.control != what_if.control).any(axis=2)
    gone = np.isin(base.leader_status, (FLED, TAKEN)).any(axis=2)
    acted = np.cumsum(gone, axis=1) - gone > 0  # gone on an earlier day
    assert not differ[~acted].any()
    assert 0.03 < differ[:, -1].mean() < 0.95


def test_each_member_musters_its_own_garrisons():
    """Log-uniform between the bounds, whole numbers, none where there is no bound."""
    play = random_play(5, Size(6, 2, 1, 1, 1), members=1)
    low, high = 100.0, 900.0
    opening = play.opening._replace(muster=np.array([[low] * 5 + [0.0], [high] * 5 + [0.0]]))
    state, men = empty_state(play.world), []
    for member in range(3000):
        dawn(play.world, opening, state, (play.seed, member), 0)
        men.append(state.troops.garrison.copy())
    men = np.array(men)
    assert men[:, :5].min() >= low and men[:, :5].max() <= high and not men[:, 5].any()
    for place in range(5):
        assert stats.kstest(np.log(men[:, place] / low) / np.log(high / low), "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(men[:, :5].T)[np.triu_indices(5, 1)]).max() < 4.5 / np.sqrt(3000)


def test_a_member_begins_where_the_opening_says():
    """Nothing of the member who lived before is left over."""
    play = random_play(8, members=3)
    used = empty_state(play.world)
    for array in (a for group in used for a in group):
        array[...] = 1
    fresh = empty_state(play.world)
    for state in (used, fresh):
        dawn(play.world, play.opening, state, (play.seed, 2), 2)
    start = play.opening.start
    for group, names in {
        "hold": ("control", "taken"), "mood": ("shed", "won", "nearby"), "troops": ("field", "pool"),
        "people": ("residents", "guests"), "chiefs": ("status", "place"),
    }.items():  # fmt: skip
        for name in names:
            assert same(getattr(getattr(used, group), name), getattr(getattr(start, group), name))
    assert same(used.mood.slow, play.opening.slow[2]) and same(used.mood.fast, play.opening.fast[2])
    passing = {"push", "way"}  # wiped in the morning, written at noon
    for one, other in zip(used[:6], fresh[:6], strict=True):
        for name in set(one._fields) - passing:
            assert same(getattr(one, name), getattr(other, name)), name


def test_the_record_is_what_was_lived():
    for seed in range(6):
        play = random_play(seed, Size(8, 3, 3, 2, 2), members=2, days=8)
        record = play.run()
        for member in range(2):
            for day, state in evenings(play, member):
                hold, people, border = state.hold, state.people, state.border
                assert (record.control[member, day] == hold.control).all()
                assert (record.way[member, day] == (hold.way if day else 0)).all()
                assert (record.displaced[member, day] == people.guests).all()
                assert record.at_home[member, day] == people.residents.sum()
                assert record.on_road[member, day] == people.walking.sum() + people.bound.sum()
                assert (record.arrivals[member, day] == border.crossed).all()
                assert (record.queue[member, day] == border.queue).all()
                assert (record.leader_status[member, day] == state.chiefs.status).all()
            assert (record.arms[member] == state.troops.arms).all()


def test_control_fits_its_type():
    record = toy_play(8, 2, 2).run()
    assert record.control.dtype == np.int8 and record.control.min() == NOBODY
    assert record.arrivals.shape[-1] == 3 and SOLDIERS < 3


ROOT = Path(__file__).parents[2]
PLAIN = """
import hashlib, json, sys, warnings
sys.path[:0] = sys.argv[1:]
warnings.simplefilter("error")
import numpy as np
from worlds import Size, random_play
from numba import config
found = []
for seed in range(6):
    play = random_play(seed, Size(6), 2, 8)
    record = play.run()
    found.append(hashlib.sha256(b"".join(a.tobytes() for a in record)).hexdigest())
print(json.dumps([bool(config.DISABLE_JIT), found]))
"""


def test_uncompiled_it_computes_the_same_bits():
    found = []
    for uncompiled in ("0", "1"):
        environment = {**os.environ, "NUMBA_DISABLE_JIT": uncompiled}
        call = [sys.executable, "-c", PLAIN, str(ROOT / "tests" / "helpers"), str(ROOT / "benchmarks")]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    assert [off for off, _ in found] == [False, True]
    assert found[0][1] == found[1][1]
    assert len(set(found[0][1])) == 6


def test_what_is_compiled_ahead_is_what_runs(play, whole):
    assert typeof(least_world()) == typeof(toy_world(6, days=3))
    known = len(engine.run_members.signatures)
    roads = play.world.roads
    turned = play._replace(world=play.world._replace(roads=roads._replace(hop=np.asfortranarray(roads.hop))))
    assert same(turned.run(), whole)
    assert len(engine.run_members.signatures) == known


def test_one_bit_is_seen(whole):
    """The comparison used above can fail."""
    other = copied(whole)
    other.queue[3, 2, 0, 1] ^= 1
    assert not same(other, whole) and same(copied(whole), whole)
