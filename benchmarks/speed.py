"""CPU time of one place for one day, with 50 and with 400 places.

    python benchmarks/speed.py [--yardstick PATH/yardstick.py]

The setting is a collapse: about half of the first side's places fall in 90 days. With a yardstick (a
stand-in of the model in C that prints "P=50: 110 ns per place-step ...") it is run before and after, and
the ratio printed is ours over the mean of the two: these machines are noisy, so compare within one run.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from toy import toy_opening, toy_params, toy_world

from headlong.engine.run import Work, pieces

DAYS, TIMES = 90, 5
SIZES = {50: 600, 400: 90}


def cpu_ns(places: int, members: int) -> float:
    """Median CPU time per place-day over some runs on one thread [ns]."""
    world = toy_world(places, both_ways=False)
    opening, params = toy_opening(world, members), toy_params(members)
    numbers, taken = np.arange(members), []
    for _ in range(TIMES + 1):
        began = time.process_time()
        for _ in pieces(Work(world, opening, params, 7, DAYS, numbers), threads=1):
            pass
        taken.append(time.process_time() - began)
    return statistics.median(taken[1:]) / members / places / DAYS * 1e9


def yardstick(path: Path) -> dict[int, float]:
    """CPU time per place-day that the yardstick prints, by number of places [ns]."""
    run = subprocess.run(
        [sys.executable, path.name], cwd=path.parent, capture_output=True, text=True, check=True
    )
    return {int(p): float(ns) for p, ns in re.findall(r"P=(\d+): (\d+) ns", run.stdout)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--yardstick", type=Path, help="a stand-in of the model that prints its own time")
    path = parser.parse_args().yardstick
    before = yardstick(path) if path else {}
    ours = {places: cpu_ns(places, members) for places, members in SIZES.items()}
    after = yardstick(path) if path else {}
    for places, ns in ours.items():
        line = f"{places} places: {ns:.0f} ns per place and day"
        if path:
            stick = (before[places] + after[places]) / 2
            line += f", yardstick {stick:.0f} ns, ratio {ns / stick:.2f}"
        print(line)


if __name__ == "__main__":
    main()
