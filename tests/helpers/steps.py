"""The kernels of a day, one at a time: kernels have no Python form of their own, so these call them.

`act` repeats the calls of `headlong.engine.day.one_day` word for word; a test compares the two texts.
"""

import ast
import inspect

import numpy as np
from numba import njit

from headlong.board.state import State, empty_state
from headlong.engine.day import clear, one_day
from headlong.engine.start import begin
from headlong.mechanisms.control.front import all_fronts
from headlong.mechanisms.control.handover import age_taken, handover
from headlong.mechanisms.control.leaving import doubt_promises, leaving
from headlong.mechanisms.control.loss import loss
from headlong.mechanisms.control.news import age_news, spread_news
from headlong.mechanisms.control.replay import replay
from headlong.mechanisms.control.strain import strain
from headlong.mechanisms.forces.columns import columns
from headlong.mechanisms.forces.garrisons import garrisons
from headlong.mechanisms.forces.mobilisation import mobilisation
from headlong.mechanisms.forces.strength import strength
from headlong.mechanisms.forces.support import support
from headlong.mechanisms.people.alarm import alarm
from headlong.mechanisms.people.comeback import comeback, hold_out
from headlong.mechanisms.people.crossings import arrivals_at_border, arrivals_on_foot, crossings, see_doors
from headlong.mechanisms.people.destinations import see_exits
from headlong.mechanisms.people.flight import flight
from headlong.mechanisms.people.leaders import example_of_leaders, leaders
from headlong.mechanisms.people.refuges import see_refuges
from headlong.mechanisms.people.registration import registration


@njit(cache=True)
def dawn(world, opening, state, key, n):
    """Set `state` to the evening of init of the `n`-th member."""
    begin(world, opening, state, key, n, False)


@njit(cache=True)
def pass_day(world, state, records, n, key, day):
    """Let one member live one day, with the `n`-th record of parameters."""
    one_day(world, state, records[n], key, day)


@njit(cache=True)
def look(world, state):
    """See all fronts anew."""
    all_fronts(world.roads, world.sides, world.ground, state.hold)


@njit(cache=True)
def act(step, world, state, records, n, key, day):
    """Take one step of the day, counted from 0."""
    params = records[n]
    hold, people, border = state.hold, state.people, state.border
    if step == 0:
        strain(world.sides, state.hold, state.mood, params, key, day)
    elif step == 1:
        age_news(state.mood)
    elif step == 2:
        age_taken(state.hold)
    elif step == 3:
        columns(
            world.roads, world.sides, world.ground, state.hold, state.troops, state.border, params, key, day
        )
    elif step == 4:
        arrivals_on_foot(state.people, day)
    elif step == 5:
        mobilisation(world.roster, state.hold, state.troops, state.chiefs, params, key, day)
    elif step == 6:
        clear(state.hold)
    elif step == 7:
        support(world.backing, state.hold, params, day)
    elif step == 8:
        strength(world.sides, state.hold, state.troops, params)
    elif step == 9:
        example_of_leaders(world.ground, world.roster, state.hold, state.chiefs, params)
    elif step == 10:
        doubt_promises(world.sides, state.hold, params)
    elif step == 11:
        hold_out(world.ground, state.hold, params)
    elif step == 12:
        loss(world.ground, world.sides, state.hold, state.mood, state.scratch, params, key, day)
    elif step == 13:
        leaving(world.roads, world.sides, world.ground, state.hold, params, key, day)
    elif step == 14:
        replay(world.known, world.roads, world.sides, world.ground, state.hold, day)
    elif step == 15:
        leaders(
            world.roads, world.ground, world.roster, state.hold, state.border, state.chiefs, params, key, day
        )
    elif step == 16:
        garrisons(world.roads, world.ground, state.hold, state.troops, state.border, params, key, day)
    elif step == 17:
        spread_news(world.sides, state.hold, state.mood)
    elif step == 18:
        handover(world.roads, world.sides, world.ground, state.hold)
    elif step == 19:
        alarm(world.known, world.roads, world.sides, world.ground, hold, people, state.scratch, params, day)
    elif step == 20:
        see_doors(world.gates, world.exits, border, params, day)
    elif step == 21:
        see_refuges(world.refuges, people, params, day)
    elif step == 22:
        see_exits(world.exits, world.refuges, people, border, params, key, day)
    elif step == 23:
        flight(
            world.roads, world.exits, world.ground, hold, people, state.scratch, state.memo, params, key, day
        )
    elif step == 24:
        arrivals_at_border(world.roads, world.ground, world.exits, world.refuges, people, border, key, day)
    elif step == 25:
        crossings(
            world.roads,
            world.ground,
            world.gates,
            world.exits,
            world.refuges,
            people,
            border,
            params,
            key,
            day,
        )
    elif step == 26:
        registration(world.refuges, people, params, key, day)
    elif step == 27:
        comeback(world.ground, world.roster, state.hold, state.border, state.chiefs, params, key, day)


def calls(kernel):
    """Calls of a kernel as text, in order."""
    tree = ast.parse(inspect.getsource(getattr(kernel, "py_func", kernel)))
    found = [
        node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return [ast.unparse(node) for node in sorted(found, key=lambda node: node.lineno)]


STEPS = tuple(text.split("(")[0] for text in calls(act))
"""Names of the steps of a day, in order."""


def copied(state):
    """A copy of nested tuples of arrays."""
    if isinstance(state, np.ndarray):
        return state.copy(order="K")
    return type(state)(*(copied(part) for part in state))


def fields(state):
    """All arrays of the board by name; names are unique, but for the two of the leaders."""
    named = {}
    for group in state[: State._fields.index("scratch")]:
        for name, array in zip(group._fields, group, strict=True):
            named["leader_" + name if type(group).__name__ == "Chiefs" else name] = array
    return named


def changed(before, after):
    """Names of the arrays that differ between two states."""
    one, other = fields(before), fields(after)
    return {name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)}


def same(one, other):
    """Whether two records or states agree in every bit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    return all(same(a, b) for a, b in zip(one, other, strict=True))


def evenings(play, member=0):
    """Live one member of a play; yields every day, 0 is init, with the state of its evening."""
    state, key = empty_state(play.world), (play.seed, member)
    dawn(play.world, play.opening, state, key, member)
    yield 0, state
    for day in range(1, play.days + 1):
        pass_day(play.world, state, play.params, member, key, day)
        yield day, state


def steps(play, member=0):
    """Live one member step by step; yields day, name of the step, the state before it and after it."""
    state, key = empty_state(play.world), (play.seed, member)
    dawn(play.world, play.opening, state, key, member)
    for day in range(1, play.days + 1):
        for k, name in enumerate(STEPS):
            before = copied(state)
            act(k, play.world, state, play.params, member, key, day)
            yield day, name, before, state


def step_alone(play, name, state, day, params=None, member=0):
    """Take one named step from a copy of `state`; returns the state after it."""
    after = copied(state)
    chosen = play.params if params is None else params
    act(STEPS.index(name), play.world, after, chosen, member, (play.seed, member), day)
    return after
