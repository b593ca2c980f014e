"""What one more term in the law of loss would be worth a day ahead, case by case.

    python benchmarks/hindcasts_terms.py [CASE ...]

To the log-odds of loss is added b times a covariate; all else stays as the bank without the case has it.
Printed is the change of the left-out log score (nats, above 0 better): a lower bound, since the other
parameters are not fitted again. A term stays if it is worth 3 nats or more in 3 cases or more.
"""

from __future__ import annotations

import sys

import numpy as np

from headlong.case import gallery, open_case
from headlong.inference.calibration import bank_for
from headlong.inference.strain_filter import run_filter
from headlong.inputs.control_history import known
from headlong.inputs.exposure import gather
from headlong.inputs.geography import read_map
from headlong.parallel import in_order
from headlong.verify.covariates import covariates

DRAWS = 24
GRID = {
    "linked places lost of late": (0.5, 1.0, 2.0),
    "log of roads that meet": (-0.5, 0.5, 1.0),
    "log of inhabitants": (-0.4, -0.2, 0.2),
    "capital or provincial capital": (-0.5, 0.5),
    "crossing": (0.5, 1.0),
    "taken of late (10 days)": (0.5, 1.0, 2.0),
    "news": (-0.2, 0.2),
    "log(1 + news)": (0.3, 0.6),
    "nearness of the front": (-0.2, 0.2),
    "distance from the seat": (-0.2, 0.2),
}


def told(name: str) -> list[tuple]:
    """Evidence of each side of a case, and the covariates of its place-days."""
    case = open_case(name)
    where = read_map(case)
    past = known(case, where, case.end)
    evidence, (days, _) = gather(case, where, past)[0], covariates(case, where, past)
    people = np.array([p["population"] or np.nan for p in case.places], float)
    size = (
        np.nan_to_num(np.log(people) - np.nanmean(np.log(people)))
        if np.isfinite(people).any()
        else 0 * people
    )
    roads = np.log1p((where.road > 0).sum(axis=1))
    kind = np.array([p["kind"] for p in case.places])
    found = []
    for side, (e, d) in enumerate(zip(evidence, days, strict=True)):
        if not e.lost.size:
            continue
        fresh = np.zeros(d.day.size)
        for change in past.changes:
            if change.taker == side:
                here = (d.place == change.place) & (d.day >= change.day)
                fresh[here] = np.exp(-(d.day[here] - change.day) / 10.0)
        values = (
            d.columns[:, 2], (roads - roads.mean())[d.place], size[d.place],
            np.isin(kind, ("capital", "provincial_capital"))[d.place] - 0.5, (kind == "crossing")[d.place] * 1.0,
            fresh, e.news, np.log1p(e.news), -e.front_log, e.seat_log,
        )  # fmt: skip
        found.append((e, dict(zip(GRID, values, strict=True))))
    return found


def score(sides: list[tuple], draws: np.ndarray, term: str | None, b: float) -> float:
    """Log of the mean likelihood over the draws, with the term added."""

    def one(theta: np.ndarray) -> float:
        plain = np.array([*theta[:3], 1.0, *theta[4:]])
        return sum(
            run_filter(plain, e.start, theta[3] * e.news + (b * x[term] if term else 0.0), *e[2:])[0].sum()
            for e, x in sides
        )

    scores = np.array(list(in_order(one, draws)))
    return float(scores.max() + np.log(np.mean(np.exp(scores - scores.max()))))


def main() -> None:
    """Print the table."""
    cases = sys.argv[1:] or list(gallery())
    sides = {name: told(name) for name in cases}
    draws = {}
    for name in cases:
        bank = bank_for(name).draws
        chosen = np.searchsorted(np.cumsum(bank.weight), (np.arange(DRAWS) + 0.5) / DRAWS)
        draws[name] = bank.theta[np.minimum(chosen, len(bank.theta) - 1)]
    base = {name: score(sides[name], draws[name], None, 0.0) for name in cases}
    print(f"{'term':32s}{'b':>5s}{'sum':>7s}" + "".join(f"{name[:9]:>10s}" for name in cases))
    for term, grid in GRID.items():
        for b in grid:
            gain = [score(sides[name], draws[name], term, b) - base[name] for name in cases]
            print(f"{term:32s}{b:5.1f}{sum(gain):7.1f}" + "".join(f"{g:10.1f}" for g in gain), flush=True)


if __name__ == "__main__":
    main()
