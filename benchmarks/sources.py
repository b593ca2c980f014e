"""How long large sources, and forecasts of large countries, take: figures of docs/own-war.md.

    python benchmarks/sources.py [--rows maps,imports,forecast,members] [--members 100000]

`maps`: 343 towns on 290 daily maps of polygons become a history. `imports`: places with roads, and an export of
events, by number of places; the exponent says how time grows (1 is linear). `forecast`: 1,000 members of 30 days in a
war of 1,000 places. `members`: 100,000 members of 30 days of Afghanistan 2021, counted and forgotten. All files but
those of the last are made up; every command runs as a user runs it. Seconds are by the clock and of CPU; memory is the
most that was resident.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "importers"))

import samples

ROOT = Path(__file__).resolve().parents[1]
SIZES = (250, 500, 1000, 2000)
START = date(2031, 1, 1)


class Cost(NamedTuple):
    """What a command cost."""

    clock: float
    cpu: float
    memory: float  # MiB

    def __str__(self) -> str:
        return f"{self.clock:8.1f} {self.cpu:8.1f} {self.memory:9,.0f}"


def run(words: str, folder: Path) -> Cost:
    """Run a command of the program; what it cost."""
    paths = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "headlong", *words.split()],
        cwd=folder, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"headlong {words}: exit code {process.returncode}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def towns(many: int) -> list[tuple[str, float, float]]:
    """Names and spots of towns, a hundred to six degrees."""
    luck, wide = np.random.default_rng(many), (many / 100) ** 0.5 * 6
    return [(f"Town {n}", *(10 + wide * luck.random(2)).round(4)) for n in range(many)]


def write_towns(path: Path, places: list[tuple[str, float, float]]) -> None:
    """A gazetteer; the first town is the capital."""
    rows = [[n, lat, lon, 50_000 if k else 900_000, "PPL" if k else "PPLC"] for k, (n, lat, lon) in enumerate(places)]  # fmt: skip  # noqa: E501
    path.write_text(samples.text_of(["name", "lat", "lon", "population", "feature_code"], rows))


def front(day: int, days: int, wide: float) -> list[list[float]]:
    """A wavy line from south to north that moves east, of a thousand corners."""
    lat = np.linspace(5, 15 + wide, 1000)
    lon = 10 + wide * (0.1 + 0.8 * day / days) + 0.3 * np.sin(7 * lat + 0.05 * day)
    return np.column_stack([lon, lat]).round(5).tolist()


def write_maps(folder: Path, days: int, wide: float) -> None:
    """A layer a day: the guild holds the west, the government the east of a front."""
    folder.mkdir()
    for day in range(days):
        line = front(day, days, wide)
        found = []
        for edge, holder in ((0.0, "Guild"), (20.0 + wide, "Government")):
            ring = [*line, [edge, 15 + wide], [edge, 5], line[0]]
            found.append(({"type": "Polygon", "coordinates": [ring]}, {"holder": holder}))
        (folder / f"control_{START + timedelta(days=day):%Y%m%d}.geojson").write_text(samples.features(found))


def write_events(path: Path, places: list[tuple[str, float, float]]) -> None:
    """Ten events a place: fighting, and the guild takes each town and loses it."""
    rows = []
    for k, (town, lat, lon) in enumerate(places):
        for n in range(10):
            when = START + timedelta(days=(7 * k + 11 * n) % 300)
            what = (samples.FIGHT, samples.TAKEN, samples.REGAINED)[n % 3]
            one, other = (samples.ARMY, samples.GUILD)[:: 1 if n % 3 == 2 else -1]
            row = dict.fromkeys(samples.ACLED, "") | {
                "event_id_cnty": f"MOO{k}-{n}", "event_date": str(when), "time_precision": "1",
                "sub_event_type": what,
                "actor1": one, "actor2": other, "country": "Moorland", "location": town, "latitude": lat,
                "longitude": lon,
                "inter1": "State forces" if one == samples.ARMY else "Rebel group", "geo_precision": "1",
                "inter2": "State forces" if other == samples.ARMY else "Rebel group", "timestamp": "1960000000",
            }  # fmt: skip
            rows.append([row[name] for name in samples.ACLED])
    path.write_text(samples.text_of(samples.ACLED, rows))


def maps(folder: Path, _: int) -> None:
    """343 towns, 290 days."""
    places = towns(343)
    write_towns(folder / "towns.csv", places)
    write_maps(folder / "daily", 290, (343 / 100) ** 0.5 * 6)
    run("new moorland --places towns.csv --most 343", folder)
    print(f"{run('import control daily moorland', folder)}  343 towns on 290 daily maps of polygons")
    print(f"{'':27}  {(folder / 'moorland/history.csv').read_text().count(chr(10)) - 1:,} changes of hands")


def imports(folder: Path, _: int) -> None:
    """Time by number of places."""
    costs: dict[str, list[float]] = {"new": [], "events": []}
    for many in SIZES:
        write_towns(folder / "towns.csv", towns(many))
        write_events(folder / "acled.csv", towns(many))
        new = run(f"new war-{many} --places towns.csv --most {many}", folder)
        events = run(f"import acled acled.csv war-{many}", folder)
        print(f"{new}  {many:,} places with proposed roads")
        print(f"{events}  {10 * many:,} events at them")
        costs["new"].append(new.cpu)
        costs["events"].append(events.cpu)
    for name, seconds in costs.items():
        power = np.log2(seconds[-1] / seconds[-2])
        print(
            f"{'':27}  {name}: time grows with places to the power of {power:.2f} from {SIZES[-2]:,} to {SIZES[-1]:,}"
        )


def forecast(folder: Path, _: int) -> None:
    """A war of 1,000 places."""
    write_towns(folder / "towns.csv", towns(1000))
    write_events(folder / "acled.csv", towns(1000))
    run("new large --places towns.csv --most 1000", folder)
    run("import acled acled.csv large", folder)
    run("forecast large --init 2031-06-01 --members 2 --days 1 --json", folder)  # compiled
    cost = run("forecast large --init 2031-06-01 --members 1000 --days 30 --known-control --json", folder)
    print(f"{cost}  1,000 places, 1,000 members, 30 days, known control")
    cost = run("forecast large --init 2031-06-01 --members 1000 --days 30 --json", folder)
    print(f"{cost}  the same from the reports published by then, weighed")


def members(folder: Path, many: int) -> None:
    """Members counted and forgotten."""
    words = f"forecast afghanistan-2021 --members {many} --days 30 --out few.nc --members-out none --json"
    print(f"{run(words, folder)}  {many:,} members of 30 days of afghanistan-2021, counted and forgotten")


ROWS: dict[str, Callable[[Path, int], None]] = {
    "maps": maps,
    "imports": imports,
    "forecast": forecast,
    "members": members,
}


def main() -> None:
    """Print a line for each command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", default=",".join(ROWS), help="which rows")
    parser.add_argument("--members", type=int, default=100_000)
    asked = parser.parse_args()
    print("   clock s    CPU s       MiB")
    for name in asked.rows.split(","):
        with tempfile.TemporaryDirectory() as empty:
            ROWS[name](Path(empty), asked.members)


if __name__ == "__main__":
    main()
