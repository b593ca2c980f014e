"""The contract of every mechanism: its file says the law, what it reads and what it writes, and keeps to it."""

import ast
import importlib
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import steps as steps_module
from hypothesis import given, settings
from numba.core.dispatcher import Dispatcher
from steps import STEPS, calls, changed, copied, fields, look, same, step_alone, steps
from worlds import Size, default, morning, neutral, plays, random_play, row_play, with_params

import headlong.mechanisms as mechanisms
from headlong.board.state import FLED, LEADERS, OVERRUN
from headlong.engine.day import one_day
from headlong.parameters import pars_of, room_of

FILES = sorted(p for p in Path(mechanisms.__file__).parent.rglob("*.py") if p.stem != "__init__")
NAMES = [p.stem for p in FILES]
CLASS = {c.__module__.rpartition(".")[2]: c for c in mechanisms.PARAMETERS}
HOME = {name: getattr(steps_module, name).py_func.__module__.rpartition(".")[2] for name in STEPS}
"""The file in which each step of the day stands."""

WORDS = {"strain": {"slow", "fast"}}
"""Words of the docstrings that stand for more than one array."""


def lively(play):
    """The play with what is rare made common."""
    often = {"leaders__early": 0.3, "comeback__back": 0.5, "comeback__holdout": 1.0, "columns__cut": 0.3}
    return with_params(play, **often)


@cache
def some_plays():
    """Plays of all sorts, acting."""
    odd = (
        Size(),
        Size(6, 2, 3, 1, 1),
        Size(5, 2, 1, 0, 0, 0.6, 1.0),
        Size(14, 4, 4, 3, 3, 0.2, 1.0),
        Size(9, 3, 4, 2, 0, 0.0),
        Size(2, 2),
    )
    waiting = row_play([-1, 0, 0, 1], outside=[0], crossings=[1], leaders=[(0, 1)], km=80.0, days=6)
    waiting = with_params(waiting, comeback__back=0.7)
    waiting.opening.start.chiefs.status[:] = FLED
    waiting.opening.start.border.queue[0, LEADERS] = 1
    return (waiting, *(lively(random_play(seed, size, days=6)) for seed in range(10) for size in odd))


@cache
def moments():
    """Steps of lived days: (play, day, step, state before, state after)."""
    found = []
    for play in some_plays():
        for day, name, before, after in steps(play):
            if day in (2, 3, 6):
                found.append((play, day, name, before, copied(after)))
    return found


def imported(name):
    """The file of a mechanism, in whichever room it stands."""
    room = next(p.parent.name for p in FILES if p.stem == name)
    return importlib.import_module(f"headlong.mechanisms.{room}.{name}")


def declared(name):
    """Arrays that a file says it reads, and those that it says it writes."""
    text = imported(name).__doc__
    found = re.search(r"^Reads\s+([\w,\s]+)\.\s+Writes\s+([\w,\s]+)\.\s*\Z", text, re.MULTILINE)
    assert found, f"{name}: the docstring ends with a line 'Reads ... .     Writes ... .'"
    known = fields(moments()[0][3])
    arrays = []
    for words in found.groups():
        arrays.append(set())
        for word in re.split(r",\s*", words.strip()):
            meant = set() if word == "nothing" else WORDS.get(word, {word})
            assert meant <= set(known), f"{name}: no array is called {word}"
            arrays[-1] |= meant
    return arrays


def kernels_of(name):
    """Compiled functions that are at home in a file."""
    module = imported(name)
    return {
        k: v
        for k, v in vars(module).items()
        if isinstance(v, Dispatcher) and v.py_func.__module__ == module.__name__
    }


def test_steps_are_those_of_the_day():
    assert calls(steps_module.act) == calls(one_day)


def test_steps_add_up_to_the_day():
    for play in some_plays()[:10]:
        *_, (_, whole) = steps_module.evenings(play)
        *_, (_, _, _, parts) = steps(play)
        assert same(whole, parts)


def test_every_file_takes_part_in_the_day():
    # `handover` moves the fronts, they are as near as the border, `loss` reads covariates
    by_others = {"front", "border", "covariates"}
    reached = set(HOME.values()) | by_others
    assert set(NAMES) - reached == set()
    assert set(CLASS) <= set(NAMES)


def test_every_class_of_parameters_is_listed():
    found = set()
    for name in NAMES:
        module = imported(name)
        found |= {v for v in vars(module).values() if isinstance(v, type) and hasattr(v, "pars")}
    assert found == set(mechanisms.PARAMETERS)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_file_says_its_law(path):
    text = path.read_text("utf-8")
    assert 30 <= len(text.splitlines()) <= 150
    doc = ast.get_docstring(ast.parse(text))
    assert re.match(r"[A-Z][\w-]+: \S.*\.", doc.replace("\n", " ")), "starts with 'Name: what it is.'"
    if path.stem in CLASS:
        assert re.search(r"::\n\n    \S", doc), "an indented law after two colons"
        for name in pars_of(CLASS[path.stem]):
            assert text.count(name) >= 2, f"{name} is declared and never used"
    assert kernels_of(path.stem), "something that acts"
    for name, function in kernels_of(path.stem).items():
        assert function.py_func.__doc__, f"{name} has no docstring"
    declared(path.stem)


def test_parameters_are_read_by_their_own_file_or_the_core():
    """No mechanism reads the numbers of another, but for the core, which is one equation in three files."""
    rooms = {room_of(c): c.__module__.rpartition(".")[2] for c in mechanisms.PARAMETERS}
    core = {c.__module__.rpartition(".")[2] for c in mechanisms.CORE} | {"covariates"}
    for path in FILES:
        for room in re.findall(r"params\.(\w+)", path.read_text("utf-8")):
            assert rooms[room] == path.stem or {rooms[room], path.stem} <= core


def written():
    """Arrays seen to change, by file."""
    seen = defaultdict(set)
    for play in some_plays():
        for _, name, before, after in steps(play):
            seen[HOME[name]] |= changed(before, after)
    play = row_play([1, 1])  # a column with nowhere to go
    before = morning(play)
    before.troops.marching[1, 0, 0] = 10
    seen["columns"] |= changed(before, step_alone(play, "columns", before, 1))
    play = row_play([0, -1, 1], days=1)  # a replay in which a place is lost and one taken from nobody
    path = np.array([[0, -1, 1], [1, 1, 1]])
    way = np.zeros((2, 3), int)
    way[1, 0] = OVERRUN
    play = play._replace(world=play.world._replace(known=play.world.known._replace(control=path, way=way)))
    before = morning(play)
    before.hold.seat_fallen[:], before.hold.pressed[:], before.hold.taker[:] = True, False, 0
    seen["replay"] |= changed(before, step_alone(play, "replay", before, 1))
    for play, _, name, before, _ in moments():
        if name == "clear":
            after = copied(before)
            after.hold.control[:] = np.roll(after.hold.control, 1)
            moved = copied(after)
            look(play.world, moved)
            seen["front"] |= changed(after, moved)
    return seen


@pytest.fixture(scope="module")
def seen():
    return written()


@pytest.mark.parametrize("name", NAMES)
def test_a_mechanism_writes_only_what_it_declares(name, seen):
    assert seen[name] <= declared(name)[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_mechanism_writes_all_that_it_declares(name, seen):
    assert seen[name] >= declared(name)[1]


def scrambled(rng, name, array, play):
    """Other values that the array might hold."""
    places, sides = play.world.sides.seat_log.shape
    low, high = {
        "control": (-1, sides), "taker": (-1, sides), "lost": (-1, sides), "way": (0, 6),
        "leader_status": (0, 4), "leader_place": (0, places),
    }.get(name, (0, 900))  # fmt: skip
    if array.dtype == bool:
        return rng.random(array.shape) < 0.5
    if array.dtype == float:
        return np.abs(rng.normal(0.0, 1.0, array.shape)) * (100.0 if name == "near_km" else 1.0)
    return rng.integers(low, high, array.shape)


@cache
def read():
    """Arrays seen to matter, by file, although they are neither read nor written by its docstring."""
    rng = np.random.default_rng(5)
    seen = defaultdict(set)
    for k, (play, day, name, before, after) in enumerate(moments()):
        if name == "clear" or day == 2 or k % 7 > 1:
            continue
        for field in set(fields(before)) - set.union(*declared(HOME[name])):
            other = copied(before)
            fields(other)[field][...] = scrambled(rng, field, fields(other)[field], play)
            if changed(step_alone(play, name, other, day), after) - {field}:
                seen[HOME[name]].add(field)
    return seen


@pytest.mark.parametrize("name", [n for n in NAMES if n != "front"])
def test_a_mechanism_reads_only_what_it_declares(name):
    assert read()[name] == set()


QUIET = {
    "support", "strength", "example_of_leaders", "doubt_promises", "hold_out", "mobilisation", "leaders",
    "flight", "crossings", "comeback",
}  # fmt: skip
"""Steps that do nothing at all when their parameters are neutral, whatever else goes on."""


@pytest.mark.parametrize("name", sorted(QUIET))
def test_a_neutral_mechanism_does_nothing(name):
    room = room_of(CLASS[HOME[name]])
    did = 0
    for play, day, step, before, after in moments():
        if step == name:
            did += bool(changed(before, after))
            params = neutral(play.params, room)
            assert changed(before, step_alone(play, name, before, day, params)) == set()
    assert did > 3  # it does something when it is not neutral


def test_neutral_columns_all_arrive():
    for play, day, step, before, _ in moments():
        if step == "columns":
            after = step_alone(play, step, before, day, neutral(play.params, "columns"))
            home, captured = 0, 1
            lost = (after.troops.ledger - before.troops.ledger)[:, [home, captured]]
            assert not lost.any()


def test_neutral_garrisons_shed_no_blood():
    lost = 0
    for play, day, step, before, _ in moments():
        if step == "garrisons":
            after = step_alone(play, step, before, day, neutral(play.params, "garrisons"))
            lost += (before.hold.lost >= 0).sum()
            captured, dead = 1, 2
            assert (after.troops.ledger == before.troops.ledger)[:, [captured, dead]].all()
            assert (after.troops.arms == before.troops.arms).all()
            assert (after.troops.garrison[before.hold.lost >= 0] == 0).all()
    assert lost > 20


def test_neutral_news_is_not_heeded_and_a_neutral_front_is_not_seen():
    for play, day, step, before, _ in moments():
        if step == "loss":
            params = neutral(play.params, "news", "loss")
            deaf = step_alone(play, step, before, day, params)
            before.mood.shed[:] = before.mood.won[:] = 7.0
            before.mood.nearby[:] = 7.0
            before.hold.border_log[:] = -2.0
            assert same(step_alone(play, step, before, day, params).hold.lost, deaf.hold.lost)


def test_a_neutral_strain_loses_nothing():
    for play, day, step, before, _ in moments():
        if step == "loss":
            after = step_alone(play, step, before, day, neutral(play.params, "strain"))
            assert (after.hold.lost == -1).all()


@given(play=plays(members=3, days=15))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_nothing_changes_when_all_is_neutral(play):
    record = play._replace(params=neutral(play.params)).run()
    start = play.opening.start
    assert (record.control == start.hold.control).all()
    assert not record.way.any() and not record.on_road.any()
    assert (record.displaced == start.people.guests).all()
    assert (record.at_home == start.people.residents.sum()).all()
    assert not record.arrivals.any() and not record.queue.any()
    assert (record.leader_status == start.chiefs.status).all()
    assert not record.arms.any() and not record.soldiers[:, :, 3:].any()
    assert (record.soldiers[:, :, 1] == start.troops.field).all()
    assert (record.soldiers[:, :, 2] == start.troops.pool.sum(axis=0)).all()


def test_in_a_forecast_nothing_acts_back():
    """With default parameters nothing is pushed, whatever the scenario says."""
    pushed = 0
    for play, day, step, before, after in moments():
        if step == "loss":
            pushed += np.abs(after.hold.push).sum()
            state, params = copied(before), default(1)
            state.hold.push[:] = 0.0
            for name in ("support", "strength", "example_of_leaders", "doubt_promises", "hold_out"):
                state = step_alone(play, name, state, day, params)
            assert not state.hold.push.any()
    assert pushed > 0


def test_every_law_and_kernel_is_compiled_alike():
    """Kernels are compiled without counting of references, so that they cannot make an array."""
    packages = ("board", "mechanisms", "engine")
    modules = [m for n, m in sys.modules.items() if n.startswith(tuple(f"headlong.{p}" for p in packages))]
    found = {v for m in modules for v in vars(m).values() if isinstance(v, Dispatcher)}
    found = {f for f in found if f.py_func.__module__.startswith("headlong.")}
    laws = {"many_uniforms", "run_members"}  # with arrays of the caller, once
    laws |= {"part", "look_of", "window_of", "slot_of"}  # with numbers
    counted = {f.py_func.__name__ for f in found if f.targetoptions.get("_nrt") is not False}
    scalar = {f.py_func.__name__ for n in NAMES for f in kernels_of(n).values() if is_scalar(f)}
    assert counted <= laws | scalar
    assert len(found) > 40
    for f in found:
        assert (
            f.targetoptions["nopython"] and f.targetoptions["nogil"] and not f.targetoptions.get("fastmath")
        )
        assert f.targetoptions["error_model"] == "numpy"


def is_scalar(function):
    """Whether a law was only ever compiled for numbers, or for none as yet."""
    return all(str(t) in ("float64", "int64", "bool", "uint64") for s in function.signatures for t in s)
