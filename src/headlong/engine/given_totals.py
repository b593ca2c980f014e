"""Where given numbers of people go: the laws of alarm, destinations and refuges alone, days and totals known.

For scores of who goes where: control and fighting are replayed, and so many people leave for abroad on each day as
are given, cut over places in parts as ::

    inhabitants * size * alarm * A / (A + inside),      A = sum of the weights of countries abroad

Crossings let everybody through; who tries a closed one must also get through it, so its openness counts twice.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.board.draws import uniforms
from headlong.board.kernel import entry, kernel
from headlong.board.parts import see_shares
from headlong.board.state import empty_state
from headlong.board.streams import FLIGHT
from headlong.board.world import SLOTS, in_c_order
from headlong.engine.run import Work, part_of_start
from headlong.engine.start import begin
from headlong.mechanisms.control.handover import age_taken, handover
from headlong.mechanisms.control.replay import replay
from headlong.mechanisms.people.alarm import alarm
from headlong.mechanisms.people.crossings import see_doors
from headlong.mechanisms.people.destinations import abroad, go_abroad, see_exits
from headlong.mechanisms.people.flight import rate
from headlong.mechanisms.people.refuges import see_refuges, send_to_refuges
from headlong.parallel import in_order, spans


@kernel
def weigh_places(exits, ground, people, inhabitants, weight, memo, country, params):
    """How many leave each place for abroad, but for a factor. Returns the sum."""
    total = 0.0
    for i in range(inhabitants.size):
        weight[i] = 0.0
        if not ground.outside[i] and people.alarm[i] > 0.0 and inhabitants[i] > 0:
            out = abroad(exits, people, country, memo.passed[i], params.destinations, i)
            ready = inhabitants[i] * rate(people.alarm[i], 0.0, inhabitants[i], 1.0, 0.0, params.flight.thin)
            weight[i] = ready * out / (out + params.destinations.inside)
            total += weight[i]
    return total


@kernel
def send_abroad(roads, exits, people, weight, total, scratch, memo, params, luck, many, day):
    """Send `many` people abroad from places in parts as `weight`. Returns who could not be sent."""
    share, cut, left, shares = 0.0, 0, 0, memo.passed
    for i in range(weight.size):
        share += weight[i] / total
        upto = min(many, int(many * share + luck[0]))
        if upto > cut:
            out = abroad(exits, people, scratch.country, shares[i], params.destinations, i)
            see_shares(exits, scratch.country, out, shares[i])
            gone = go_abroad(roads, exits, people, memo, i, upto - cut, luck[1], day)
            left += upto - cut - gone
            cut = upto
    return left + many - cut


@kernel
def cross_border(roads, ground, exits, refuges, people, key, day):
    """Let all who reach the border today go to a refuge."""
    for x in range(exits.at.size):
        many, people.bound[day % SLOTS, x] = people.bound[day % SLOTS, x], 0
        if many > 0:
            send_to_refuges(roads, ground, exits, refuges, people, x, many, key, day)


@kernel
def given_morning(world, state, params, key, day):
    """Let control and alarm be as they were, and see what is open."""
    people, hold = state.people, state.hold
    age_taken(hold)
    replay(world.known, world.roads, world.sides, world.ground, hold, day)
    handover(world.roads, world.sides, world.ground, hold)
    alarm(world.known, world.roads, world.sides, world.ground, hold, people, state.scratch, params, day)
    see_doors(world.gates, world.exits, state.border, params, day)
    for x in range(world.exits.at.size):
        if world.exits.openness[x, day] == 0.0:
            state.border.way_open[x] *= state.border.way_open[x]
    see_refuges(world.refuges, people, params, day)
    see_exits(world.exits, world.refuges, people, state.border, params, key, day)


@entry
def run_given(world, opening, params, seed, numbers, state, given, stock, inhabitants):
    """Run members; `given` people (T + 1) leave each day, `stock` (N, T + 1, R) is filled, its first day is given."""
    people, place = state.people, world.refuges.place
    for n in range(numbers.size):
        key, owed = (seed, numbers[n]), 0
        begin(world, opening, state, key, n, n > 0)
        for r in range(place.size):
            people.guests[place[r]] = stock[n, 0, r]
        for day in range(1, given.size):
            given_morning(world, state, params[n], key, day)
            owed += given[day]
            scratch, weight = state.scratch, state.scratch.luck[0]
            total = weigh_places(
                world.exits, world.ground, people, inhabitants, weight, state.memo, scratch.country, params[n]
            )
            if owed > 0 and total > 0.0:
                luck, memo, roads = uniforms(key, FLIGHT, day, 0), state.memo, world.roads
                owed = send_abroad(
                    roads, world.exits, people, weight, total, scratch, memo, params[n], luck, owed, day
                )
            cross_border(world.roads, world.ground, world.exits, world.refuges, people, key, day)
            for r in range(place.size):
                stock[n, day, r] = people.guests[place[r]]


def given_totals(
    work: Work, given: NDArray[np.int64], first: NDArray[np.int64], threads: int | None = None
) -> NDArray[np.int64]:
    """People in each refuge in each member on each day (N, T + 1, R).

    Parameters
    ----------
    work : Work
        The members; its world is that of a replay.
    given : int array (T + 1)
        People who leave for abroad on each day; falls are negative and are owed.
    first : int array (R)
        People in each refuge on the evening of init.
    threads : int, optional
        Cores to use; all by default.
    """
    world = in_c_order(work.world)
    inhabitants = work.opening.start.people.residents.copy()

    def some(span: slice) -> NDArray[np.int64]:
        stock = np.zeros((span.stop - span.start, work.days + 1, first.size), np.int64)
        stock[:, 0] = first
        params: Any = work.params[span].view(np.recarray)
        run_given(
            world, part_of_start(work.opening, span), params, work.seed, work.numbers[span], empty_state(world),
            given, stock, inhabitants,
        )  # fmt: skip
        return stock

    return np.concatenate(list(in_order(some, spans(work.numbers.size, 50), threads)))
