"""Large made-up cases: what a forecast of them takes, and whether memory is told beforehand.

    python benchmarks/large.py [--places 5000] [--days 30] [--members 100] [--out FILE]

Writes a case of so many places on a net of roads, the east held by those who press the west, runs the
command a user would give, and prints wall time, CPU time and the most memory it held.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HEAD = """id = "{name}"
title = "A made-up country of {places:,} places"
start = 2020-01-01
end = 2020-03-01
init = 2020-01-05
[[sides]]
id = "gov"
name = "Government"
role = "incumbent"
[[sides]]
id = "rebels"
name = "Rebels"
role = "insurgent"
"""


def write_case(folder: Path, places: int, seed: int = 1) -> Path:
    """Write a case of `places` places, the last three beyond the border; roads to the nearest three."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    spot = rng.random((places, 2)) * np.sqrt(places) * 0.3
    (folder / "case.toml").write_text(HEAD.format(name=folder.name, places=places))
    out = places - 3
    west = np.median(spot[:, 1])
    rows: list[tuple[object, ...]] = []
    for i in range(places):
        beyond = i >= out
        kind = "capital" if i == 0 else "refuge" if beyond else "town"
        holder = "" if beyond else "rebels" if i and spot[i, 1] > west else "gov"
        at, people = (f"{spot[i, 0]:.4f}", f"{spot[i, 1]:.4f}"), int(np.exp(rng.normal(10, 1)))
        land = "ABC" if beyond else "XYZ"
        rows.append((f"p{i}", f"Place {i}", kind, "", land, *at, people, holder, "made up", "low"))
    head = (
        "id",
        "name",
        "kind",
        "region",
        "country",
        "lat",
        "lon",
        "population",
        "held_by",
        "source",
        "confidence",
    )
    write(folder / "places.csv", head, rows)
    roads = set()
    for i in range(places):
        gap = np.hypot(*(spot - spot[i]).T) * 111
        near = np.argsort(gap)[1:4]
        back = [int(np.argmin(gap[:i]))] if i else []  # so that all hang together
        roads |= {(min(i, int(j)), max(i, int(j)), round(float(gap[j]) + 1.0, 1)) for j in (*near, *back)}
    rows = [(f"p{i}", f"p{j}", km, "primary", "made up", "low") for i, j, km in sorted(roads)]
    write(folder / "roads.csv", ("from", "to", "distance_km", "class", "source", "confidence"), rows)
    return folder


def write(path: Path, head: tuple[str, ...], rows: list) -> None:
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([head, *rows])


def run(places: int, days: int, members: int, out: str | None = None) -> tuple[float, float, float, int, str]:
    """Wall time [s], CPU time [s], memory [MB], exit code and what was said, of one forecast."""
    with tempfile.TemporaryDirectory() as folder:
        case = write_case(Path(folder) / "large", places)
        call = [sys.executable, "-m", "headlong", "forecast", str(case), "--days", str(days), "--members",
                str(members), "--control", "start", "--json", *(["--out", out] if out else [])]  # fmt: skip
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(call, capture_output=True, text=True, env=dict(os.environ))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return (
            time.perf_counter() - began,
            cpu,
            after.ru_maxrss / 1024,
            done.returncode,
            done.stderr.strip()[:400],
        )


def main() -> None:
    """Print what one forecast takes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, usual in (("places", 5000), ("days", 30), ("members", 100)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--out")
    asked = parser.parse_args()
    wall, cpu, memory, code, said = run(asked.places, asked.days, asked.members, asked.out)
    print(f"{asked.places:,} places, {asked.days:,} days, {asked.members:,} members: exit code {code}")
    print(f"{wall:.0f} s of wall time, {cpu:.0f} s of CPU time, {memory:,.0f} MB at most")
    print(said)


if __name__ == "__main__":
    main()
