"""Forecasts with the core's law changed after init, scored at the fixed dates; the filter stays as it is.

    python benchmarks/hindcasts_forms.py [CASE ...]

Each form lives 200 members forward from every 7th day of every case, from the same parameters and strains,
drawn from banks without the case. Printed are pooled scores, each case counting the same, and how many
changes were foreseen for one that came in 7 days. Differences under .001 (Brier) or .03 (CRPS) are noise.
"""

from __future__ import annotations

import sys
import warnings
from math import exp, inf, log, sqrt

import numpy as np

from headlong.board.kernel import law
from headlong.case import gallery, open_case
from headlong.forecast.ensemble import first_luck
from headlong.inference.calibration import bank_for
from headlong.inference.posterior import draw_members
from headlong.inputs.exposure import hinterland, pressers
from headlong.mechanisms.news import MEMORY_DAYS
from headlong.mechanisms.respite import eased
from headlong.mechanisms.strain import FAST_DAYS, SLOW_DAYS
from headlong.verify.hindcast import LEADS, weekly
from headlong.verify.hindcast_runs import Pass, so_far
from headlong.verify.logit_simulation import see_fronts
from headlong.verify.predictive import of_members
from headlong.verify.scores import brier, count_crps, log_score, observed_count
from headlong.verify.truth import read_history, truth_after

MEMBERS = 200
PLAIN = {
    "news": 1.0,
    "fast": 1.0,
    "slow": 1.0,
    "shift": 0.0,
    "cap": inf,
    "bend": 0.0,
    "most": inf,
    "respite": 0.0,
}
FORMS = {
    "without respite": {},
    "no news after init": {"news": 0.0},
    "half the force of news": {"news": 0.5},
    "log(1 + news)": {"bend": 1.0},
    "fast part moves .7 as much": {"fast": 0.7},
    "fast part moves .4 as much": {"fast": 0.4},
    "slow part moves .7 as much": {"slow": 0.7},
    "log-odds lowered by .5": {"shift": -0.5},
    "log-odds lowered by 1": {"shift": -1.0},
    "daily log-odds at most -1": {"cap": -1.0},
    "at most 4 losses a side and day": {"most": 4.0},
    "at most 8 losses a side and day": {"most": 8.0},
    "respite .5, about as it is": {"respite": 0.5},
    "respite 1, the best": {"respite": 1.0},
    "respite 1.4": {"respite": 1.4},
    "respite 1, half news": {"respite": 1.0, "news": 0.5},
    "respite 1, slow part .7": {"respite": 1.0, "slow": 0.7},
}


@law
def live(ground, theta, slow0, fast0, holder0, news0, form, days, seed, day):
    """Day of each place's first change (N, P) into `day`."""
    np.random.seed(seed)
    share, seat_log = ground[4], ground[5]
    k_news, k_fast, k_slow, shift, cap, bend, most, rest = form
    places, sides = holder0.size, slow0.shape[1]
    front, taker, lost = np.zeros(places), np.empty(places, np.int64), np.empty(places, np.int64)
    odds, held, expected = np.zeros(places), np.zeros(sides), np.zeros(sides)
    shed, whole = np.zeros(sides), np.zeros(sides)
    keep_slow, keep_fast = exp(-1.0 / SLOW_DAYS), exp(-1.0 / FAST_DAYS)
    for n in range(theta.shape[0]):
        mean, slow_sd, fast_sd, force, near, far = theta[n]
        holder, news, slow, fast = holder0.copy(), news0.copy(), slow0[n].copy(), fast0[n].copy()
        see_fronts(ground[0], ground[1], ground[2], ground[3], holder, front, taker)
        day[n, :] = days + 1
        shed[:], whole[:] = 0.0, 0.0
        for t in range(1, days + 1):
            for s in range(sides):
                slow[s] = keep_slow * slow[s] + sqrt(1 - keep_slow**2) * slow_sd * k_slow * np.random.normal()
                fast[s] = keep_fast * fast[s] + sqrt(1 - keep_fast**2) * fast_sd * k_fast * np.random.normal()
            news *= exp(-1.0 / MEMORY_DAYS)
            shed *= exp(-1.0 / MEMORY_DAYS)
            held[:], expected[:] = 0.0, 0.0
            for i in range(places):
                s, odds[i] = holder[i], -inf
                if s >= 0 and taker[i] >= 0:
                    heard = news[i, s] if bend == 0.0 else log(1.0 + bend * news[i, s]) / bend
                    eta = mean + shift + slow[s] + fast[s] + k_news * force * heard
                    eta -= eased(shed[s], rest)
                    odds[i] = min(cap, eta - near * front[i] + far * seat_log[i, s])
                    held[s] += 1.0
                    expected[s] += 1.0 / (1.0 + exp(-odds[i]))
            for i in range(places):
                s, lost[i] = holder[i], -1
                if s >= 0 and np.random.random() * (1.0 + exp(-odds[i])) * (1.0 + expected[s] / most) < 1.0:
                    lost[i] = s
            for e in range(places):
                if lost[e] >= 0:
                    news[:, lost[e]] += share[e]
                    whole[lost[e]] = whole[lost[e]] or held[lost[e]]
                    shed[lost[e]] += 1.0 / whole[lost[e]]
                    holder[e] = taker[e]
            if lost.max() >= 0:
                see_fronts(ground[0], ground[1], ground[2], ground[3], holder, front, taker)
                for i in range(places):
                    if holder[i] != holder0[i]:
                        day[n, i] = min(day[n, i], t)


def scores_of(name: str) -> dict[str, np.ndarray]:
    """Mean scores of each form in one case (forms; leads, scores), NaN where no date has the lead."""
    history, bank, horizon = read_history(open_case(name)), bank_for(name), max(LEADS)
    case, days = history.case, weekly(history.case)
    shared = Pass(bank, so_far(case, max(days))[3])
    found: dict[str, list] = {form: [] for form in FORMS}
    for init in days:
        truth = truth_after(history, init, horizon)
        if not truth.scored.size:
            continue
        cut, where, _, evidence, now = so_far(case, init)
        drawn = draw_members(shared.weigh(evidence), evidence, np.arange(MEMBERS), 1, first_luck(1))
        ground = (where.km, where.rear_km, pressers(cut, where, init), hinterland(cut, where, init),
                  where.share, where.seat_log)  # fmt: skip
        seen = observed_count(truth)
        for form, changed in FORMS.items():
            day = np.empty((MEMBERS, len(where.ids)), np.int64)
            how = tuple({**PLAIN, **changed}.values())
            live(ground, *drawn, now.holder, now.news, how, horizon, init, day)
            said = of_members(day[:, truth.scored], horizon)
            found[form].append([
                [brier(said.chance[d], truth.fell[d]).mean(), count_crps(said.number[d], seen[d]),
                 log_score(said.chance[d], truth.fell[d]).mean(), said.chance[d].sum(), truth.fell[d].sum()]
                if d <= truth.known else [np.nan] * 5 for d in LEADS
            ])  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a case too short for a lead has no mean there
        return {form: np.nanmean(np.array(rows), axis=0) for form, rows in found.items()}


def main() -> None:
    """Print the table."""
    cases = sys.argv[1:] or list(gallery())
    tables = [scores_of(name) for name in cases]
    heads = [f"{word} {d}" for word in ("Brier", "CRPS", "log") for d in LEADS]
    print(f"{'form':28s}" + "".join(f"{h:>9s}" for h in heads) + "  foreseen for one that came, 7 d")
    for form in FORMS:
        each = np.stack([t[form] for t in tables])
        mean = np.nanmean(each, axis=0)
        ratio = " ".join(f"{r:.1f}" for r in each[:, 1, 3] / np.maximum(each[:, 1, 4], 0.01))
        places = (4, 3, 4)
        cells = "".join(f"{mean[j, k]:9.{places[k]}f}" for k in range(3) for j in range(len(LEADS)))
        print(f"{form:28s}{cells}  {ratio}")
    print("cases in the last column:", ", ".join(cases))


if __name__ == "__main__":
    main()
