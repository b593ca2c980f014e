"""Fit the force of respite to hindcasts, for each bundled case to those of the other cases, and put it in the banks.

    python scripts/fit_respite.py [--print]      with --print the banks stay as they are

Every case is forecast from every 7th day of its history (in wars of more than 200 days every 14th) by its own
bank, which is without the case, with the same luck for each force tried. The force in a bank is the one with
the least mean of Brier score, log score of places and CRPS of the number of changes, at 3, 7, 14 and 30 days,
each over its value without respite; each case counts the same; and of that the half (`CAUTION`).
For the bank without a case, the hindcasts of
the others forget what their banks have from that case: their members are weighted by one over the likelihood
of the case given their parameters.
Takes some minutes on two cores.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import numpy as np

from headlong.case import open_case
from headlong.case.sample import learning
from headlong.engine.run import run
from headlong.engine.start import Opening
from headlong.forecast.ensemble import Ensemble
from headlong.inference.calibration import bank_for, evidence_of, load_bank, save_bank
from headlong.inference.likelihood import likelihood
from headlong.inference.parameter_vector import NAMES
from headlong.inference.resampling import normalise
from headlong.parameters import flat
from headlong.verify.hindcast import LEADS, weekly
from headlong.verify.hindcast_runs import Pass, ensemble_at, so_far
from headlong.verify.predictive import of_members
from headlong.verify.scores import brier, count_crps, log_score, observed_count
from headlong.verify.truth import Truth, read_history, truth_after

BANKS = Path(__file__).parents[1] / "src" / "headlong" / "forecast" / "banks"
NAME = "respite.force"
FORCES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.4)
CAUTION = 0.5
"""Share of the best force that is used. Respite spares sides that are falling fast, too; the half keeps three
quarters of the gain at three fifths of the cost to capitals; and eight wars hardly tell the two apart: of nine
fits, five lie within one standard error (jackknife over cases) of none."""
MEMBERS, SEED = 200, 2
SCORES = ("Brier score", "log score", "CRPS of the number")


def scores(day: np.ndarray, truth: Truth, weight: np.ndarray) -> list[list[float]]:
    """Scores (leads, 3) of members with the day of each place's first change (N, Q); NaN if not known."""
    said, seen = of_members(day, max(LEADS), weight), observed_count(truth)
    return [
        [float(brier(said.chance[d], truth.fell[d]).mean()),
         float(log_score(said.chance[d], truth.fell[d]).mean()), count_crps(said.number[d], seen[d])]
        if d <= truth.known else [np.nan] * 3 for d in LEADS
    ]  # fmt: skip


class Scored:
    """Log-likelihood of every case but one given parameters; each vector is worked on once."""

    def __init__(self, name: str, told: dict[str, list]) -> None:
        self.told = [evidence if other != name else [] for other, evidence in told.items()]
        self.seen: dict[bytes, np.ndarray] = {}

    def __call__(self, theta: np.ndarray) -> np.ndarray:
        """One row for each vector, one column for each case; zeros for the case itself."""
        new = np.unique(np.array([t for t in theta if t.tobytes() not in self.seen]), axis=0)
        if new.size:
            columns = np.stack([likelihood(new, e) for e in self.told], axis=1)
            self.seen |= {t.tobytes(): row for t, row in zip(new, columns, strict=True)}
        return np.array([self.seen[t.tobytes()] for t in theta])


def first_changes(whole: Ensemble, opening: Opening, params: np.ndarray, force: float) -> np.ndarray:
    """Day of each place's first change (N, P) with the given force of respite; days + 1 where there is none."""
    params["respite"]["force"] = force
    control = run(whole.board.world, opening, params, SEED, whole.days, np.arange(MEMBERS)).control
    away = control[:, 1:] != control[:, :1]
    return np.where(away.any(axis=1), away.argmax(axis=1) + 1, whole.days + 1)


def table_of(name: str, told: dict[str, list]) -> np.ndarray:
    """Mean scores of one case's hindcasts (cases forgotten + 1, forces, leads, 3); the last forgets none."""
    history, bank = read_history(open_case(name)), bank_for(name)
    days = weekly(history.case)[:: 2 if history.days > 200 else 1]
    shared, found, scored = None, [], Scored(name, told)
    for init in days:
        truth = truth_after(history, init, max(LEADS))
        if not truth.scored.size:
            continue
        shared = shared or Pass(bank, so_far(history.case, max(days))[3])
        whole = ensemble_at(history.case, init, max(LEADS), MEMBERS, SEED, shared)
        opening, params = whole.draw(np.arange(MEMBERS))
        theta = np.stack([flat(params)[n] for n in NAMES], axis=1)
        forgotten = [normalise(-column) for column in scored(theta).T]
        lived = [first_changes(whole, opening, params, force)[:, truth.scored] for force in FORCES]
        weights = [*forgotten, np.full(MEMBERS, 1.0 / MEMBERS)]
        found.append([[scores(day, truth, w) for day in lived] for w in weights])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a case too short for a lead has no mean there
        return np.nanmean(np.array(found), axis=0)


def relative(tables: np.ndarray) -> np.ndarray:
    """Each force's scores (forces, leads, 3) over those without respite; `tables` (cases, forces, leads, 3)."""
    pooled = np.nanmean(tables, axis=0)
    return np.asarray(pooled / pooled[0])


def least(values: np.ndarray) -> float:
    """Force with the least value, by a parabola through the least one tried and its neighbours."""
    k = int(np.clip(np.argmin(values), 1, len(FORCES) - 2))
    a, b, _ = np.polyfit(FORCES[k - 1 : k + 2], values[k - 1 : k + 2], 2)
    return float(np.clip(-b / (2.0 * a), FORCES[k - 1], FORCES[k + 1]))


def lesson(every: np.ndarray, c: int) -> np.ndarray:
    """Mean relative score by force for the bank without case `c` (without none if beyond the last case).

    `every` (cases, forgotten + 1, forces, leads, 3): neither the hindcasts of the case nor members who know of
    it have a say.
    """
    others = [k for k in range(len(every)) if k != c]
    return np.asarray(relative(every[others, c]).mean(axis=(1, 2)))


def at_force(table: np.ndarray, force: float) -> np.ndarray:
    """Scores (leads, 3) at a force between those tried; `table` (forces, leads, 3)."""
    k = int(np.clip(np.searchsorted(FORCES, force), 1, len(FORCES) - 1))
    share = (force - FORCES[k - 1]) / (FORCES[k] - FORCES[k - 1])
    return np.asarray((1.0 - share) * table[k - 1] + share * table[k])


def ratio_words(row: np.ndarray) -> str:
    """Ratios in two digits; a dash where nothing is known."""
    return " ".join("–" if np.isnan(x) else f"{x:.2f}" for x in row)


def main() -> None:
    """Fit, print the table, and write the banks."""
    cases = list(learning())
    told = {name: evidence_of(open_case(name)) for name in cases}
    tables = []
    for name in cases:
        tables.append(table_of(name, told))
        print(f"{name} done", flush=True)
    every = np.array(tables)  # (cases, forgotten, forces, leads, 3)
    print(f"{'bank':28s}{'force':>6s}   mean of scores over those without, by force {FORCES}")
    forces = []
    for c, name in enumerate([*cases, "all"]):
        found = lesson(every, c)
        force, path = (
            round(CAUTION * least(found), 2),
            BANKS / ("all.npz" if name == "all" else f"without-{name}.npz"),
        )
        print(f"{path.stem:28s}{force:6.2f}   " + " ".join(f"{x:.3f}" for x in found))
        forces.append(force)
        if "--print" not in sys.argv:
            save_bank(load_bank(path)._replace(ahead={NAME: force}), path)
    print("Score with respite over score without, with the force of the bank without the case, at "
          + ", ".join(f"{d}" for d in LEADS) + " days:")  # fmt: skip
    for c, name in enumerate(cases):
        ratio = at_force(every[c, -1] / every[c, -1, 0], forces[c])
        print(f"{name:20s}" + "  ".join(f"{w} " + ratio_words(ratio[:, k]) for k, w in enumerate(SCORES)))
    both = np.array([[t[0], at_force(t, forces[c])] for c, t in enumerate(every[:, -1])])
    for word, chosen in (("all", both), ("without Afghanistan", both[1:])):
        with_it, without = np.nanmean(chosen[:, 1], axis=0), np.nanmean(chosen[:, 0], axis=0)
        ratio = with_it / without
        print(f"{word:20s}" + "  ".join(f"{w} " + ratio_words(ratio[:, k]) for k, w in enumerate(SCORES)))
    pooled = relative(every[:, -1])
    for k, word in enumerate(SCORES):
        print(f"{word}, all cases, by force: at " + "; ".join(
            f"{d} days " + " ".join(f"{x:.3f}" for x in pooled[:, j, k]) for j, d in enumerate(LEADS)))  # fmt: skip


if __name__ == "__main__":
    main()
