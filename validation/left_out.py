"""One-day-ahead log score of each bundled case, calibrated without it and its sisters.

    python validation/left_out.py

For each case: the log of the average, over the bank calibrated without the case, of the likelihood of its
whole history (days in a row, each side's places in each day scored together). Higher is better.
"""

from __future__ import annotations

import argparse

import numpy as np

from headlong.case import open_case
from headlong.inference.bank import bank_for
from headlong.inference.calibration import exposures_of
from headlong.inference.likelihood import likelihood
from headlong.inference.resampling import normalise


def left_out_score(name: str) -> tuple[float, int, int, float]:
    """Log score of one case, its place-days and losses, and the effective draws after seeing it."""
    bank, exposures = bank_for(name), exposures_of(open_case(name))
    assert name not in bank.cases
    scores = likelihood(bank.draws.theta, exposures)
    weight, top = bank.draws.weight, scores.max()
    after = normalise(np.log(np.maximum(weight, 1e-300)) + scores)
    total = top + np.log(weight @ np.exp(scores - top))
    days = sum(e.lost.size for e in exposures)
    return float(total), days, int(sum(e.lost.sum() for e in exposures)), float(1 / (after**2).sum())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", help="names of bundled cases; by default all")
    asked = parser.parse_args()
    print(f"{'case':20s} {'log score':>10s} {'place-days':>11s} {'losses':>7s} {'draws':>6s}")
    total = 0.0
    for name in asked.cases or bank_for("").cases:
        score, days, lost, ess = left_out_score(name)
        total += score
        print(f"{name:20s} {score:10.1f} {days:11,d} {lost:7d} {ess:6.0f}")
    print(f"{'sum':20s} {total:10.1f}")


if __name__ == "__main__":
    main()
