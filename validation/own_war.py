"""How long a newcomer needs from own files to a page: the steps of docs/own-war.md, by the clock.

    python validation/own_war.py [--members 1000] [--keep FOLDER]

Two ways, each in an empty folder, with invented files of the shape that people have (tests/importers/samples.py): a
gazetteer and an ACLED export; a gazetteer and a folder of daily maps in GeoJSON. Every command is run as a user runs
it. A cell that a person has to look up and type is taken to cost `--cell` seconds; nothing else is assumed. Thinking,
and finding the files, is not in it.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "importers"))

import samples

ROOT = Path(__file__).resolve().parents[1]
INIT = {"acled": "2031-02-20", "maps": "2031-01-10"}
"""Evening that each way forecasts from: the last that its files speak of."""


@dataclass(frozen=True)
class Edit:
    """A change by hand: cells of a table that somebody must fill in.

    Parameters
    ----------
    what : str
        What is done, as a person would say it.
    table : str
        File, from the folder of the walk.
    cells : dict of str to str
        Cell (first column = value, then column) to its text.
    """

    what: str
    table: str
    cells: dict[tuple[str, str], str]

    def make(self, folder: Path) -> None:
        """Make the change; raise if a row or a column is not there."""
        path = folder / self.table
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        for (key, column), text in self.cells.items():
            row = next(row for row in rows if row[0] == key)
            row[header.index(column)] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


def ways(members: int) -> dict[str, list[str | Edit]]:
    """The two ways, as the document has them."""
    end = {
        way: [
            "headlong check moorland",
            f"headlong forecast moorland --init {init} --members {members} --out moorland.nc",
            "headlong export moorland.nc moorland.html --case moorland",
            "headlong export moorland.nc moorland.geojson --case moorland",
            "headlong export moorland.nc moorland.csv --hxl",
            "headlong export moorland.nc moorland.md",
        ]
        for way, init in INIT.items()
    }
    known = Edit(
        "who held a place before its first event",
        "moorland/places.csv",
        {("epsilon-og", "held_by"): "guild-of-the-moors"},
    )
    return {
        "acled": [
            "headlong new moorland --places towns.csv",
            "headlong import acled acled.csv moorland",
            known,
            *end["acled"],
        ],
        "maps": [
            "headlong new moorland --places towns.csv",
            "headlong import control daily moorland",
            *end["maps"],
        ],
    }


def lay_out(folder: Path) -> None:
    """The files that a person has."""
    (folder / "towns.csv").write_text(samples.gazetteer(), encoding="utf-8")
    (folder / "acled.csv").write_text(samples.acled(), encoding="utf-8")
    samples.daily_control(folder / "daily")


def walk(folder: Path, steps: list[str | Edit], cell: float) -> Iterator[tuple[str, float, float]]:
    """Take every step; what was done, its seconds by the clock, and its seconds of CPU."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    paths = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    settings = {**os.environ, "PATH": tools, "PYTHONPATH": paths}
    for step in steps:
        if isinstance(step, Edit):
            step.make(folder)
            yield f"by hand: {step.what}", cell * len(step.cells), 0.0
            continue
        before, start = cpu(), time.perf_counter()
        words = [sys.executable, "-m", *shlex.split(step)]
        done = subprocess.run(words, cwd=folder, env=settings, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{step}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        yield step, time.perf_counter() - start, cpu() - before


def cpu() -> float:
    """Seconds of CPU that finished children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(say: Callable[[str], None] = print) -> None:
    """Walk both ways and say how long each step took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--cell", type=float, default=20.0, help="seconds for a cell typed by hand")
    parser.add_argument("--way", choices=sorted(INIT), action="append", help="one of the two ways")
    parser.add_argument("--keep", type=Path, help="empty folder to leave the files in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        for way, steps in ways(asked.members).items():
            if asked.way and way not in asked.way:
                continue
            folder = (asked.keep or Path(empty)) / way
            folder.mkdir(parents=True)
            lay_out(folder)
            clock = work = 0.0
            say(f"{way}: seconds by the clock, of CPU")
            for what, seconds, used in walk(folder, steps, asked.cell):
                clock, work = clock + seconds, work + used
                say(f"  {seconds:6.1f} {used:6.1f}  {what}")
            say(f"  {clock:6.1f} {work:6.1f}  in all, {clock / 60:.1f} minutes")


if __name__ == "__main__":
    main()
