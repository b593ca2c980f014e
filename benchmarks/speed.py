"""How long people wait, and what one place costs for one day, beside a yardstick in the same run.

    python benchmarks/speed.py [--rows places,home,growth,mesa,start,waits,compile] [--yardstick PATH/yardstick.py]
                               [--mesa PYTHON_WITH_MESA] [--figure]

All is CPU time. `places`: the engine in a made-up country whose first side loses about half of its places in 90 days,
by number of places; the yardstick, a stand-in of the model in C with people who go one road further a day, runs in
turn with it, and the ratio is the median of five. `home`: the same if nobody leaves home. `growth`: exponents of time
in places, members, days and sides. `mesa`: a member of 400 places and 200 days, in turn with a plain one in Mesa.
`start`: what Python and its libraries take before any work. `waits`: commands as users give them, the first time and
again. `compile`: the first run ever.
`--figure` puts rows and figure into docs/performance.md and .svg. Machines are noisy: compare within one run.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from start import cpu_seconds, first_run
from toy import toy_opening, toy_params, toy_world

from headlong.engine.run import Work, pieces

ROOT = Path(__file__).parents[1]
DAYS, TIMES = 30, 5
SIZES = (50, 400, 800, 2000)
PLACE_DAYS = 600_000
"""Work of one round."""

SHOWN: dict[int, tuple[float, float]] = {}
"""What the figure shows: time of a place-day by number of places [ns], ours and the yardstick's."""

CASE = ("afghanistan-2021", "--init", "2021-08-12", "--json")
WAITS = {
    "forecast of 1,000 members, 30 days, reports weighed": ("forecast", *CASE),
    "the same with known control": ("forecast", *CASE, "--known-control"),
    "nowcast of that evening": ("nowcast", *CASE),
    "verify libya-2019": ("verify", "libya-2019", "--json"),
}


def engine(
    places: int, members: int, days: int = DAYS, sides: int = 3, flee: bool = True
) -> Callable[[], float]:
    """What runs the engine once and returns its CPU time on one thread [s]; nobody leaves home unless they `flee`."""
    world = toy_world(places, days=days, both_ways=False, sides=sides)
    opening, params, numbers = toy_opening(world, members), toy_params(members), np.arange(members)
    for name in () if flee else ("fought", "threat", "drift"):
        params["flight"][name] = 0.0

    def run() -> float:
        began = time.process_time()
        for _ in pieces(Work(world, opening, params, 7, days, numbers), threads=1):
            pass
        return time.process_time() - began

    run()  # compiled
    return run


def stick(path: Path, folder: str, places: int, members: int) -> Callable[[], float]:
    """The same for the yardstick."""
    sys.path.insert(0, str(path.parent))
    made = importlib.import_module(path.stem)
    made.DAYS = DAYS
    library, model = made.build(folder), made.make_model(places)

    def run() -> float:
        began = time.process_time()
        made.run(library, model, members)
        return time.process_time() - began

    return run


def places(yardstick: Path | None) -> dict[int, tuple[float, float | None, float | None]]:
    """CPU time per place-day by number of places [ns], that of the yardstick, and the ratio."""
    found: dict[int, tuple[float, float | None, float | None]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            members = max(4, PLACE_DAYS // size // DAYS)
            unit = 1e9 / size / members / DAYS
            ours = engine(size, members)
            theirs = stick(yardstick, folder, size, members) if yardstick else None
            pairs = [(ours(), theirs() if theirs else np.nan) for _ in range(TIMES)]
            ns, other = (statistics.median(column) * unit for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            found[size] = (ns, other, ratio) if theirs else (ns, None, None)
    return found


def at_home() -> dict[int, tuple[float, float]]:
    """CPU time per place-day by number of places if nobody flees [ns], and as a share of that with flight."""
    found = {}
    for size in SIZES:
        members = max(4, PLACE_DAYS // size // DAYS)
        home, all_of_it = engine(size, members, flee=False), engine(size, members)
        pairs = [(home(), all_of_it()) for _ in range(TIMES)]
        ns = statistics.median(a for a, _ in pairs) * 1e9 / size / members / DAYS
        found[size] = ns, statistics.median(a / b for a, b in pairs)
    return found


def exponent(sizes: list[int], cost: Callable[[int], float]) -> float:
    """Power by which the cost grows with the size."""
    return float(np.polyfit(np.log(sizes), np.log([cost(size) for size in sizes]), 1)[0])


def least(run: Callable[[], float]) -> float:
    """Least of three."""
    return min(run() for _ in range(3))


def growth() -> dict[str, float]:
    """Exponents of CPU time."""
    return {
        "places (50 to 800)": exponent([50, 200, 800], lambda p: least(engine(p, 20))),
        "members (50 to 800)": exponent([50, 200, 800], lambda m: least(engine(100, m))),
        "days (15 to 240)": exponent([15, 60, 240], lambda d: least(engine(100, 50, d))),
        "sides (2 to 16)": exponent([2, 4, 8, 16], lambda s: least(engine(100, 50, sides=s))),
    }


def mesa(python: str) -> tuple[float, float, float]:
    """CPU time of a member of 400 places and 200 days [s], that of one in Mesa, and how many of ours go into it."""
    ours = engine(400, 4, 200)
    call = [python, str(ROOT / "benchmarks" / "mesa_member.py"), "400", "200"]
    pairs = []
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin and child.stdout
        for _ in range(TIMES):
            child.stdin.write("\n")
            child.stdin.flush()
            pairs.append((ours() / 4, float(child.stdout.readline())))
        child.stdin.close()
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    return a, b, statistics.median(other / one for one, other in pairs)


def waits() -> dict[str, tuple[float, float]]:
    """CPU seconds of each command with nothing kept but compiled kernels, and again."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        kernels = os.environ.get("NUMBA_CACHE_DIR", "")
        for name, words in WAITS.items():
            command([*words], folder, kernels)  # compiled
            for path in Path(folder).rglob("*"):
                if path.is_file() and path.suffix != ".nbc":
                    path.unlink()
            first = command([*words], folder, kernels)
            found[name] = (first, command([*words], folder, kernels))
    return found


def command(words: list[str], folder: str, kernels: str) -> float:
    """CPU seconds of one command, its results kept under `folder`; Python keeps its byte code, as for users."""
    asked = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    settings = {**asked, "XDG_CACHE_HOME": folder} | ({"NUMBA_CACHE_DIR": kernels} if kernels else {})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [sys.executable, "-m", "headlong", *words]
    subprocess.run(call, env=settings, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


WANTED = {"places": "60 ns, ratio .55", "growth": "1.1", "mesa": "150", "compile": "25 s"} | dict(
    zip(WAITS, ("4 s; again: 2 s", "2 s", "", "3 s"), strict=True)
)
"""What each row should come to at most; for Mesa at least."""


def rows_of(row: str, yardstick: Path | None, python: str) -> Iterator[tuple[str, str, str, str]]:
    """Lines of one kind of row: what, its time, what stands beside it, what is wanted."""
    if row == "places":
        for size, (ns, other, ratio) in places(yardstick).items():
            SHOWN[size] = (ns, other or np.nan)
            beside = f"yardstick {other:.0f} ns, ratio {ratio:.2f}" if other else ""
            yield f"a place for a day, {size:,} places, {DAYS} days", f"{ns:.0f} ns", beside, WANTED[row]
    if row == "home":
        for size, (ns, share) in at_home().items():
            yield (
                f"the same if nobody flees, {size:,} places",
                f"{ns:.0f} ns",
                f"{share:.2f} of it with flight",
                "",
            )
    if row == "growth":
        for name, power in growth().items():
            yield f"exponent in {name}", f"{power:.2f}", "", WANTED[row]
    if row == "mesa" and python:
        ours, other, ratio = mesa(python)
        yield (
            "a member, 400 places, 200 days",
            f"{ours * 1e3:.1f} ms",
            f"Mesa {other * 1e3:.0f} ms, {ratio:.0f} of ours",
            WANTED[row],
        )
    if row in ("start", "compile"):
        with tempfile.TemporaryDirectory() as cache:
            if row == "start":
                bare = least(lambda: cpu_seconds(cache, "import numba, scipy.sparse.csgraph"))
                yield "Python with numba and scipy, no work", f"{bare:.1f} s", "", ""
            else:
                cold, warm = cpu_seconds(cache, first_run()), cpu_seconds(cache, first_run())
                yield (
                    "first run ever of the engine, all of it compiled",
                    f"{cold:.0f} s",
                    f"again: {warm:.1f} s",
                    WANTED[row],
                )
    if row == "waits":
        for name, (first, again) in waits().items():
            yield name, f"{first:.1f} s", f"again: {again:.1f} s", WANTED[name]


def table(rows: list[str], yardstick: Path | None, python: str) -> list[str]:
    """The table as lines of Markdown, each printed when it is known."""
    lines = ["| what | CPU time | beside it, in the same run | wanted |", "|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    for row in rows:
        for cells in rows_of(row, yardstick, python):
            lines.append(f"| {' | '.join(cells)} |")
            print(lines[-1], flush=True)
    cores, load = os.cpu_count(), os.getloadavg()[1] if hasattr(os, "getloadavg") else np.nan
    lines.append(
        f"\nMeasured on a machine of {cores} cores with {load:.0f} programs at work at the end of it."
    )
    print(lines[-1])
    return lines


def figure(shown: dict[int, tuple[float, ...]]) -> str:
    """CPU time of a place-day over the number of places, ours and the yardstick's, both axes in logs (SVG)."""
    top, bottom = 10_000.0, 10.0

    def x(size: float) -> float:
        return 70 + 360 * np.log(size / 40) / np.log(2500 / 40)

    def y(ns: float) -> float:
        return 20 + 200 * np.log(top / ns) / np.log(top / bottom)

    text = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270" font-family="sans-serif" font-size="12">'
    ]
    for ns in (10, 100, 1000, 10_000):
        text.append(
            f'<path d="M70 {y(ns):.1f}H430" stroke="#ccc"/>'
            f'<text x="64" y="{y(ns) + 4:.1f}" text-anchor="end">{ns:,} ns</text>'
        )
    for k, (name, colour) in enumerate((("Headlong", "#0b5fa5"), ("yardstick in C", "#777"))):
        points = [(x(size), y(row[k])) for size, row in shown.items() if np.isfinite(row[k])]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        text.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        text += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        if points:
            text.append(
                f'<text x="{points[0][0]:.1f}" y="{points[0][1] - 9:.1f}" fill="{colour}">{name}</text>'
            )
    text += [f'<text x="{x(size):.1f}" y="240" text-anchor="middle">{size:,}</text>' for size in shown]
    text.append('<text x="250" y="260" text-anchor="middle">places</text></svg>')
    return "\n".join(text) + "\n"


def main() -> None:
    """Print the table, or write it down."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", default="places,home,growth,mesa,start,waits,compile")
    parser.add_argument("--yardstick", type=Path)
    parser.add_argument("--mesa", default="")
    parser.add_argument("--figure", action="store_true")
    asked = parser.parse_args()
    lines = table(asked.rows.split(","), asked.yardstick, asked.mesa)
    if asked.figure:
        page = ROOT / "docs" / "performance.md"
        text = "<!-- rows -->\n" + "\n".join(lines) + "\n<!-- end -->"
        new = re.sub(
            r"<!-- rows -->.*?<!-- end -->", lambda _: text, page.read_text("utf-8"), flags=re.DOTALL
        )
        page.write_text(new, "utf-8")
        if SHOWN:
            (ROOT / "docs" / "performance.svg").write_text(figure(SHOWN), "utf-8")


if __name__ == "__main__":
    main()
