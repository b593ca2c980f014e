"""The order of the day.

1. Strain drifts; yesterday's news and changes of hands grow older.
2. Columns and people on foot reach their next place; leaders call up their men.
3. What the system around the core adds is gathered: support, strength, leaders' example, doubt of
   promises, holdouts. In a forecast all of these are zero; in what-ifs they act.
4. Every side may lose places, all seen from the same morning.
5. For each place lost: in which way, what its leaders do, what becomes of its garrison and its arms.
6. The losses become news, control passes, fronts move.
7. Alarm rises and fades, civilians take to the roads, crossings let some through, exiles come home.
"""

from headlong.board.kernel import kernel, spliced
from headlong.board.world import NOBODY
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


@spliced
def one_day(world, state, params, key, day):
    """Let one member live one day; `day` counts from init, the first is 1."""
    strain(world.sides, state.hold, state.mood, params, key, day)
    age_news(state.mood)
    age_taken(state.hold)

    columns(world.roads, world.sides, world.ground, state.hold, state.troops, state.border, params, key, day)
    arrivals_on_foot(state.people, day)
    mobilisation(world.roster, state.hold, state.troops, state.chiefs, params, key, day)

    clear(state.hold)
    support(world.backing, state.hold, params, day)
    strength(world.sides, state.hold, state.troops, params)
    example_of_leaders(world.ground, world.roster, state.hold, state.chiefs, params)
    doubt_promises(world.sides, state.hold, params)
    hold_out(world.ground, state.hold, params)

    loss(world.ground, world.sides, state.hold, state.mood, state.scratch, params, key, day)
    leaving(world.roads, world.sides, world.ground, state.hold, params, key, day)
    replay(world.known, world.roads, world.sides, world.ground, state.hold, day)
    leaders(world.roads, world.ground, world.roster, state.hold, state.border, state.chiefs, params, key, day)
    garrisons(world.roads, world.ground, state.hold, state.troops, state.border, params, key, day)
    spread_news(world.sides, state.hold, state.mood)
    handover(world.roads, world.sides, world.ground, state.hold)

    hold, people, border = state.hold, state.people, state.border
    alarm(world.known, world.roads, world.sides, world.ground, hold, people, state.scratch, params, day)
    see_doors(world.gates, world.exits, border, params, day)
    see_refuges(world.refuges, people, params, day)
    see_exits(world.exits, world.refuges, people, border, params, key, day)
    flight(world.roads, world.exits, world.ground, hold, people, state.scratch, state.memo, params, key, day)
    arrivals_at_border(world.roads, world.ground, world.exits, world.refuges, people, border, key, day)
    crossings(
        world.roads, world.ground, world.gates, world.exits, world.refuges, people, border, params, key, day
    )
    registration(world.refuges, people, params, key, day)
    comeback(world.ground, world.roster, state.hold, state.border, state.chiefs, params, key, day)


@kernel
def clear(hold):
    """Wipe what belongs to one day alone."""
    for i in range(hold.control.size):
        hold.push[i] = 0.0
        hold.lost[i] = NOBODY
