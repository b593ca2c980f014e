"""Propagation: one day of every particle, its changes of hands drawn from the look-ahead proposal.

A particle has its own parameters, knows who holds what on every evening, and carries the exact belief about
every side's strain given that history (`headlong.inference.strain_filter`), and about the reliability of every kind
of source given what that history makes of its claims. What lies ahead of each place alone, `psi` of
`lookahead`, leads it. Given how hard a day is on a side, its places go ways of their own. So each day

1. the belief about the strain of each side is multiplied, for every place of the side, by the sum of chance times psi
   over all that may happen to it at that strain, and a strain is drawn from it;
2. what becomes of each place is drawn at that strain, by chance times psi.

Together that is a draw from all that may happen on the day, led by psi, and its weight does not hang on what is drawn
(the fully adapted filter of Pitt and Shephard 1999, "Filtering via simulation", JASA 94, sec. 3). The weight takes up

    sum over all that may happen (chance under the model x psi) x chance of the day's reports / what psi foresaw

so that the weighted particles stand for the joint law of histories, strain, parameters and reliabilities.
"""

# mypy: allow-untyped-defs

from __future__ import annotations

from math import exp, log

from headlong.assimilation.lookahead import draw_changes, draw_levels, see_fates
from headlong.assimilation.particle_state import new_room, situation
from headlong.assimilation.pilot import foretell
from headlong.assimilation.report_update import update_reports
from headlong.assimilation.transitions import AGES, LOST, ODDLY, STAYS
from headlong.board.kernel import kernel, law
from headlong.board.streams import PILOT
from headlong.board.world import NOBODY
from headlong.inference.strain_filter import STRAIN, update_belief
from headlong.inference.strain_moves import HALF_SLOW, move
from headlong.inputs.environment import rules
from headlong.mechanisms.control.covariates import covariates, hear
from headlong.mechanisms.control.front import see_fronts
from headlong.mechanisms.control.handover import age_taken, pass_on
from headlong.mechanisms.control.loss import log_odds
from headlong.mechanisms.control.news import age_news, spread_news
from headlong.mechanisms.control.strain import renewal_today, untested


@kernel
def see_odds(environment, day, now, beta, ratio, x):
    """Odds of loss of each place today at a strain of 0 (P); 0 where no side presses it."""
    today = rules(environment, day)
    for i in range(ratio.size):
        ratio[i] = 0.0
        if now.pressed[i] and now.control[i] >= 0:
            covariates(today, now, now, i, now.control[i], x)
            ratio[i] = exp(log_odds(0.0, beta, x))


@kernel
def apply_changes(environment, state, day, n, now, fate, after):
    """Let the changes of the day happen: news, control, ages, distances to the sides."""
    sides = environment.seat_log.shape[1]
    for i in range(fate.size):
        now.lost[i] = now.control[i] if fate[i] == LOST else NOBODY
        if fate[i] == LOST:
            now.taker[i] = after[i]
    spread_news(rules(environment, day), now, now)
    for i in range(fate.size):
        state.age[n, i] = min(AGES - 1, state.age[n, i] + 1)
        if fate[i] != STAYS:
            state.age[n, i] = 0
            pass_on(environment, now, i, after[i] if after[i] < sides else NOBODY)
            state.stale[n] = True


@kernel
def predict(day, environment, state, n, now, slow, half):
    """Let a particle's morning come: news is older, fronts are seen, strain has drifted."""
    rows, width = 2 * HALF_SLOW + 1, state.width[n]
    size = rows * width
    fast = state.fast[n][: width * width].reshape(width, width)
    age_news(now)
    age_taken(now)
    hear(now)
    if state.stale[n] or environment.shifts[day]:
        see_fronts(environment, rules(environment, day), environment, now)
        state.stale[n] = False
    today = rules(environment, day)
    for s in range(state.rest.shape[1]):
        if not state.rest[n, s]:
            renewal = renewal_today(state.theta[n, 3], untested(today, now, s))
            belief = state.belief[n, s][:size].reshape(width, rows)
            move(belief, slow, fast, renewal, half[:size].reshape(width, rows))


@kernel
def log_of_fates(odds, ratio, now, s, fate, chance):
    """Let `chance`, the log-chance at each strain that all is held, become that of what befell side `s` today.

    Returns how many places tell of it. What passes on in another way tells nothing.
    """
    count, fallen, base = 0, 0.0, 0.0
    for i in range(ratio.size):
        if now.control[i] != s or ratio[i] == 0.0:
            continue
        if fate[i] == LOST:
            fallen += 1.0
            base += log(ratio[i])
        for g in range(odds.size if fate[i] == ODDLY else 0):
            chance[g] += log(1.0 + odds[g] * ratio[i])
        count += fate[i] != ODDLY
    for g in range(odds.size if fallen > 0.0 else 0):
        chance[g] += base + fallen * log(odds[g])
    return count


@kernel
def update_strain(environment, state, n, now, fate, ratio, held, room):
    """Let beliefs about strain learn from what was held and lost today. `held` is from `log_held` and used up."""
    rows, width = 2 * HALF_SLOW + 1, state.width[n]
    size, span = rows * width, rows + width - 1
    for s in range(state.rest.shape[1]):
        if log_of_fates(state.odds[n][:span], ratio, now, s, fate, held[s, :span]) > 0:
            belief = state.belief[n, s][:size].reshape(width, rows)
            state.score[n] += update_belief(belief, held[s, :span], environment.share[0], room[:span])
            state.rest[n, s] = False


@law
def propagate_day(day, first, last, environment, reports, lookahead, state, slow, grid, luck):
    """Take particles `first` to `last` through one day."""
    room = new_room(environment, state, grid.size)
    live_day(day, first, last, environment, reports, lookahead, state, slow, grid, luck, room)


@kernel
def live_day(day, first, last, environment, reports, lookahead, state, slow, grid, luck, room):
    """The same, with room to work in."""
    ratio, fate, after = room.ratio, room.fate, room.after
    for n in range(first, last):
        now = situation(state, n, room)
        predict(day, environment, state, n, now, slow, room.half)
        see_odds(environment, day, now, state.theta[n, STRAIN:], ratio, room.x)
        see_fates(environment, reports, lookahead, state, day, n, room.fates)
        state.weight[n] += draw_levels(environment, state, day, n, luck, now, room)
        state.weight[n] += draw_changes(environment, lookahead, state, day, n, luck, now, room)
        if luck.stream == PILOT:
            foretell(state, n, now, ratio, fate, lookahead.order[day], room.level)
        update_strain(environment, state, n, now, fate, ratio, room.held, room.line[1])
        apply_changes(environment, state, day, n, now, fate, after)
        state.weight[n] += update_reports(
            reports, day, now.control, state.age[n], state.reliability[n], grid, state.fitted[n], room.line[0]
        )
