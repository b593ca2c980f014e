"""Twin experiments: a truth from the model, reports about it that lie, copy and contradict, and what is made of them.

    python validation/twins.py [--twins 200] [--seed 1] [--sieges]

A made-up war of nine places and two sides. For each twin, parameters are drawn from the weak prior below, strain and
control are simulated for 25 days, and sources of hidden reliability speak: about what changes hands, about what does
not, each for its own side's good or against it, with delay, copies of one origin and flat contradictions; with --sieges
also in ways of their own (`twin_sieges`). The filter is then given the reports alone. Printed: Brier score of control
on the last evening beside "the last claim wins", cover of 90 % intervals of parameters, reliabilities and number of
places held, and the spread of ranks (simulation-based calibration): a chi-square over ten bins, with the chance of one
as large.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import Pool
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from twin_sieges import quarrel

from headlong.assimilation.particle_filter import Particles, assimilate
from headlong.assimilation.report_arrays import GRID, prior_reliability
from headlong.assimilation.report_impact import shares_held
from headlong.case import Case
from headlong.case.rows import Row, Side
from headlong.inference.parameter_vector import NAMES as PARAMETERS
from headlong.inference.parameter_vector import Draws
from headlong.inputs.geography import Geography, read_map
from headlong.mechanisms.control.news import MEMORY_DAYS
from headlong.mechanisms.control.strain import FAST_DAYS, SLOW_DAYS
from headlong.reports.credibility import CLASSES, GROUPS, base_rate_ratio, chance_heard, fits, value
from headlong.reports.observation import observe

START, DAYS, SIDES, PLACES, HISTORIES = date(2020, 1, 1), 25, 2, 9, 250
NAMES = {
    "strain.mean": (-4.5, 1.0, False), "strain.slow_sd": (1.0, 0.4, True), "strain.fast_sd": (1.2, 0.4, True),
    "strain.renewal": (0.02, 0.5, True), "news.nearby": (0.6, 0.2, False),
    "loss.border": (0.9, 0.3, False),
}  # fmt: skip
"""Parameters of the twins, with centre and spread of their prior (of the log where positive); others neutral."""


class Twin(NamedTuple):
    """One truth and what was said of it."""

    theta: NDArray[np.float64]
    trust: NDArray[np.float64]  # (K) true reliability of every cell
    holder: NDArray[np.int64]  # (T + 1, P)
    case: Case


def land() -> Case:
    """Nine places, two of them held by rebels."""
    rng, places = np.random.default_rng(7), []
    for k in range(PLACES):
        kind = "capital" if k == 0 else ("provincial_capital" if k < 5 else "town")
        row = {"id": f"p{k}", "name": f"P{k}", "alt_names": (), "kind": kind, "region": None, "country": None,
               "lat": 10 + 2.0 * rng.random(), "lon": 30 + 2.0 * rng.random(), "population": None,
               "held_by": "rebels" if k in (5, 6) else "gov", "airfield": None, "holdout": None, "note": None,
               "source": "made up", "confidence": "low"}  # fmt: skip
        places.append(Row(row, k + 2))
    sides = (
        Side("gov", "Government", "incumbent", (), None, None),
        Side("rebels", "Rebels", "insurgent", (), None, None),
    )
    return Case("twin", "Twin", START, START + timedelta(days=DAYS), START, sides, tuple(places), ())


def draws(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Parameters from the prior of the twins: wars in which some places fall."""
    z = rng.standard_normal((count, len(NAMES)))
    theta = np.zeros((count, len(PARAMETERS)))
    for k, (name, (centre, spread, positive)) in enumerate(NAMES.items()):
        value = np.exp(np.log(centre) + spread * z[:, k]) if positive else centre + spread * z[:, k]
        theta[:, PARAMETERS.index(name)] = value
    return theta


def live(rng: np.random.Generator, where: Geography, theta: NDArray[np.float64], start: list[int]) -> NDArray:
    """Control on every evening under the core law (T + 1, P), written apart from the filter."""
    mean, slow_sd, fast_sd, renewal = theta[:4]
    value = dict(zip(PARAMETERS, theta, strict=True))
    slow, fast = slow_sd * rng.standard_normal(SIDES), fast_sd * rng.standard_normal(SIDES)
    places = np.arange(len(start))
    holder, nearby, shed = np.array(start), np.zeros((len(start), SIDES)), np.zeros(SIDES)
    out = [holder.copy()]
    for _ in range(DAYS):
        for part, sd, memory in ((slow, slow_sd, SLOW_DAYS), (fast, fast_sd, FAST_DAYS)):
            r = np.exp(-1.0 / memory)
            part[:] = r * part + sd * np.sqrt(1 - r * r) * rng.standard_normal(SIDES)
        slow = np.where(rng.random(SIDES) < renewal, slow_sd * rng.standard_normal(SIDES), slow)
        nearby, shed = nearby * np.exp(-1.0 / MEMORY_DAYS), shed * np.exp(-1.0 / MEMORY_DAYS)
        held = np.bincount(holder, minlength=SIDES)
        own = where.km + np.where(np.eye(len(start), dtype=bool), np.inf, 0.0)
        near = np.stack([own[:, holder == s].min(axis=1, initial=np.inf) for s in range(SIDES)], 1)
        edge = np.array([
            np.min((where.km[i] - 0.5 * near[:, holder[i]])[holder != holder[i]], initial=np.inf) for i in places
        ])  # fmt: skip
        edge = np.log(np.clip(edge / where.extent, 0.07, 4.0) * 6.0)
        eta = mean + (slow + fast)[holder] - value["loss.border"] * edge
        eta += value["news.nearby"] * (
            np.log1p(100 * nearby[places, holder]) - np.log1p(100 * shed[holder]) * 2 / 3
        )
        lost = (held[1 - holder] > 0) & (rng.random(len(start)) < 1.0 / (1.0 + np.exp(-eta)))
        for i in np.flatnonzero(lost):
            nearby[:, holder[i]] += where.nearness[i]
            shed[holder[i]] += 1.0 / held[holder[i]]
        holder = np.where(lost, 1 - holder, holder)
        out.append(holder.copy())
    return np.array(out)


SPEAKERS = {
    ("official", "plain"): {"fell": 0.10, "held": 0.02},
    ("official", "admitted"): {"fell": 0.15},
    ("belligerent", "admitted"): {"withdrew": 0.15},
    ("official", "denial"): {"fell": 0.05},
    ("belligerent", "interested"): {"fell": 0.15, "held": 0.06},
    ("resident", "plain"): {"fell": 0.10, "held": 0.02},
    ("social_media", "plain"): {"fell": 0.20, "held": 0.05},
}
"""How often a class looks at a place on a day to say something, by claim; it speaks by the observation law."""

INTEREST = {"admitted": "own_failure", "interested": "own_success", "denial": "own_success"}

AGAIN = 8
"""Days within which a class does not say the same of a place again, but in copies."""

COPIES = 0.5
"""Copies of a report on average, of the same origin."""


class Speech:
    """Collects the reports of one twin."""

    def __init__(self, rng: np.random.Generator, where: Geography) -> None:
        self.rng, self.where, self.rows = rng, where, []
        self.said: dict[Any, int] = {}

    def say(
        self, day: int, i: int, claim: str, side: int, speaker: tuple[str, str], herald: bool = False
    ) -> None:
        """One report, published with a delay, and copies of it."""
        if day - self.said.get((i, claim, side, speaker), -AGAIN) < AGAIN:
            return
        self.said[i, claim, side, speaker] = day
        at_once = not herald or self.rng.random() < value("silence", "same_day")
        late = 0 if at_once else int(np.ceil(self.rng.exponential(value("silence", "delay"))))
        origin, (source, group) = f"o{len(self.rows)}", speaker
        for _ in range(1 + int(self.rng.poisson(COPIES))):
            row = {"id": f"r{len(self.rows):04}", "published_at": START + timedelta(days=day + late),
                   "event_date": START + timedelta(days=day), "place": self.where.ids[i], "claim": claim,
                   "side": ("gov", "rebels")[side], "leader": None, "count": None,
                   "polarity": "denied" if group == "denial" else "asserted", "source_class": source,
                   "verification": "attributed", "interest": INTEREST.get(group, "none"),
                   "origin": origin, "outlet": None, "url": None, "words": None, "note": None, "source": "twin",
                   "confidence": "low"}  # fmt: skip
            self.rows.append(Row(row, 1))


def fit_of(claim: tuple[str, str, str], side: int, line: NDArray, day: int) -> float:
    """How well a claim fits what was so."""
    same = 0
    while same < day and line[day - same - 1] == line[day]:
        same += 1
    age = 3 if same == day else min(3, same)
    late = 0 if age == 0 else (1 if age < 3 else 2)
    return fits(*claim)[late if line[day] == side else 3 + late]


def speak(
    rng: np.random.Generator,
    where: Geography,
    holder: NDArray,
    trust: NDArray,
    kinds: list[str],
    sieges: bool,
) -> list[Row]:
    """What the sources say of a truth."""
    speech = Speech(rng, where)
    for day in range(1, DAYS + 1):
        for i in range(holder.shape[1]):
            line = holder[:, i]
            if line[day] != line[day - 1] and rng.random() < chance_heard(1000, kinds[i]):
                speech.say(day, i, "fell", int(line[day]), ("reporter", "plain"), herald=True)
            for speaker, looks in SPEAKERS.items():
                for claim, rate in looks.items():
                    side = int(rng.integers(SIDES)) if speaker[1] == "plain" else int(claim != "withdrew")
                    if rng.random() < rate * law(line, day, claim, side, speaker, trust):
                        speech.say(day, i, claim, side, speaker)
    if sieges:
        quarrel(rng, where.km, holder, speech.say)
    return speech.rows


def law(line: NDArray, day: int, claim: str, side: int, speaker: tuple[str, str], trust: NDArray) -> float:
    """Chance that a speaker who looks says so: the observation law with his true reliability."""
    sure = trust[CLASSES.index(speaker[0]) * len(GROUPS) + GROUPS.index(speaker[1])]
    what = claim, "denied" if speaker[1] == "denial" else "asserted", INTEREST.get(speaker[1], "none")
    fit, times = fit_of(what, side, line, day), base_rate_ratio(*what)
    told = max(sure, 1.0 / (1.0 + times))  # he may be worth nothing, but does not speak for the opposite
    return told * fit + (1.0 - told) * (1.0 - fit) / times


def make(rng: np.random.Generator, sieges: bool) -> Twin:
    """A truth and what was said of it."""
    case = land()
    where, table = read_map(case), prior_reliability()
    theta = draws(rng, 1)[0]
    trust = np.array([rng.choice(GRID, p=row) for row in table])
    start = [0 if p["held_by"] == "gov" else 1 for p in case.places]
    holder = live(rng, where, theta, start)
    rows = speak(rng, where, holder, trust, [p["kind"] for p in case.places], sieges)
    return Twin(theta, trust, holder, replace(case, reports=tuple(rows)))


def last_claim(twin: Twin) -> NDArray[np.int64]:
    """Holder of every place if the latest claim wins; a denial brings back what was before."""
    held, before = twin.holder[0].copy(), twin.holder[0].copy()
    ids = [p["id"] for p in twin.case.places]
    rows = [r for r in twin.case.reports if r["published_at"] <= START + timedelta(days=DAYS)]
    for row in sorted(rows, key=lambda r: (r["published_at"], r["event_date"], r["id"])):
        i, side = ids.index(row["place"]), ("gov", "rebels").index(row["side"])
        if row["claim"] not in ("fell", "held", "withdrew"):
            continue
        side = 1 - side if row["claim"] == "withdrew" else side
        if row["polarity"] == "denied":
            held[i] = before[i] if held[i] == side else held[i]
        elif held[i] != side:
            before[i], held[i] = held[i], side
    return held


def place_in(values: NDArray, weight: NDArray, truth: float, rng: np.random.Generator) -> float:
    """Where the truth stands among weighted values (0..1), ties broken by chance."""
    below, same = weight[values < truth].sum(), weight[values == truth].sum()
    return float((below + rng.random() * same) / weight.sum())


def score(twin: Twin, found: Particles, rng: np.random.Generator) -> dict[str, Any]:
    """What is printed of one twin."""
    share, last = shares_held(found, SIDES)[:, 1], twin.holder[-1]
    spoken = {CLASSES.index(r["source_class"]) * 4 + GROUPS.index(g) for r in twin.case.reports
              for g in GROUPS if r["verification"] != "confirmed"} & set(CELLS)  # fmt: skip
    count = (found.history[:, -1] == 0).sum(axis=1)
    ranks = {f"parameter {n}": place_in(found.state.theta[:, k], found.weight, twin.theta[k], rng)
             for k, n in enumerate(NAMES)}  # fmt: skip
    for cell in sorted(spoken):
        belief = found.weight @ found.state.reliability[:, cell]
        ranks[f"reliability {CELLS[cell]}"] = place_in(GRID, belief, twin.trust[cell], rng)
    ranks["places held"] = place_in(count, found.weight, float((last == 0).sum()), rng)
    return {
        "brier": float(np.mean((share - last) ** 2)),
        "claim": float(np.mean((last_claim(twin) - last) ** 2)),
        "share": share,
        "last": last,
        "ess": found.last_ess,
        "least": float(found.ess.min()),
        "said": len(twin.case.reports),
        "changed": int((twin.holder[1:] != twin.holder[:-1]).sum()),
        "ranks": ranks,
    }


CELLS = {CLASSES.index(c) * len(GROUPS) + GROUPS.index(g): f"{c}, {g}"
         for c, g in SPEAKERS}  # fmt: skip


def one(seed: int, number: int, sieges: bool) -> dict[str, Any]:
    """Make a twin and weigh what is said of it."""
    rng = np.random.default_rng([seed, number])
    twin = make(rng, sieges)
    where = read_map(twin.case)
    told = observe(twin.case.reports, START, START + timedelta(days=DAYS))
    theta = draws(rng, 1000)
    bank = Draws(theta, np.full(len(theta), 1.0 / len(theta)))
    found = assimilate(twin.case, where, told, DAYS, bank, seed + number, particles=HISTORIES, threads=1)
    return score(twin, found, rng)


def report(twins: list[dict[str, Any]]) -> None:
    """Print the scores of all twins."""
    from scipy.stats import chisquare

    mean = {k: np.mean([t[k] for t in twins]) for k in ("brier", "claim", "ess", "said", "changed")}
    print(
        f"{len(twins)} twins, on average {mean['changed']:.0f} changes of hands and {mean['said']:.0f} reports"
    )
    print(
        f"Brier score of control on the last evening: {mean['brier']:.4f}; last claim wins {mean['claim']:.4f}"
    )
    least = np.quantile([t["least"] for t in twins], (0.05, 0.5))
    print(
        f"effective number of {HISTORIES}: {mean['ess']:.0f} at the end; on the worst day {least[1]:.0f}, "
        f"in 5 % of twins below {least[0]:.0f}"
    )
    share, last = (np.concatenate([t[k] for t in twins]) for k in ("share", "last"))
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        inside = (share >= low) & (share < high)
        told = f"{inside.sum():>5} places, mean {share[inside].mean():.3f}, so {last[inside].mean():.3f}"
        print(f"  rebels {low:.2f}-{min(high, 1):.2f}: {told}")
    print(f"{'':<36}{'90 % covers':>12}{'chi2 of ranks':>15}{'chance':>9}")
    for name in sorted({n for t in twins for n in t["ranks"]}):
        u = np.array([t["ranks"][name] for t in twins if name in t["ranks"]])
        counts = np.histogram(u, bins=10, range=(0, 1))[0]
        test = chisquare(counts)
        cover = np.mean((u >= 0.05) & (u <= 0.95))
        print(
            f"{name:<36}{cover:>12.3f}{test.statistic:>15.1f}{test.pvalue:>9.3f}   {' '.join(map(str, counts))}"
        )


def main() -> None:
    """Run the twins and print what came out."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--twins", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--sieges", action="store_true")
    how = asked.parse_args()
    with Pool(how.processes) as pool:
        report(pool.starmap(one, [(how.seed, k, how.sieges) for k in range(how.twins)], chunksize=1))


if __name__ == "__main__":
    main()
