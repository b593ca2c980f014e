"""How large and how quick the page of a large war is: 400 places, 200 days, 2,000 members.

    python benchmarks/page.py [PAGE] [--against OLD.html]      (needs the test extra and a Chromium)

A page of an older state is measured in turn with the one that is made. Beside each round stand the frames of an
empty page, which tell how busy the machine is, and the processor time that the page's main thread takes until it is
ready and for each frame, which depends less on that.

Wanted on an idle machine of two cores: file at most 1.6 MB, ready within 0.5 s, frames while the clock is dragged at
most 33 ms at the 95th percentile.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
import xarray as xr

from headlong.files import write_text
from headlong.view.page.export import filled
from headlong.view.page.payload import payload

PLACES, DAYS, MEMBERS, GATES, LEADERS = 400, 200, 2000, 20, 40
ROUNDS = 5


def control(rng):
    """Fronts that break in most members, early or late, and comebacks in some."""
    held = np.zeros((MEMBERS, DAYS + 1, PLACES), np.int8)
    held[:, :, PLACES // 2 :] = 1
    mood = rng.normal(0, 0.8, MEMBERS)
    for p in range(PLACES):
        pace = 0.002 + 0.02 * rng.random()
        day = 1 + rng.exponential(1 / (pace * np.exp(mood))).astype(int)
        back = day + rng.exponential(400, MEMBERS).astype(int) + 1
        time = np.arange(DAYS + 1)
        held[:, :, p] ^= ((time >= day[:, None]) & (time < back[:, None])).astype(np.int8)
    return held


def people(rng):
    """Civilians over the border since init, by member, day, crossing and stream; and what becomes of leaders."""
    shape = (MEMBERS, DAYS + 1, GATES, 3)
    steps = rng.poisson(rng.gamma(0.5, 60, (MEMBERS, 1, GATES, 1)), (*shape[:3], 1)).astype(np.int32)
    steps[:, 0] = 0  # nobody has crossed since init on the evening of init
    arrivals = np.concatenate([np.cumsum(steps, axis=1), np.zeros((*shape[:3], 2), np.int32)], axis=3)
    status = np.zeros((MEMBERS, DAYS + 1, LEADERS), np.int8)
    for k in range(LEADERS):
        status[:, :, k] = np.arange(DAYS + 1) >= rng.integers(1, 3 * DAYS, (MEMBERS, 1))
    return arrivals, status


def coordinates(rng, spots):
    """Names along every dimension; places stand at `spots`."""
    ids = [f"p{k}" for k in range(PLACES)]
    return {
        "time": np.datetime64("2030-01-01", "ns") + np.arange(DAYS + 1) * np.timedelta64(1, "D"),
        "place": ids,
        "side": ["state", "rebels", "none"],
        "crossing": ids[:GATES],
        "leader": [f"l{k}" for k in range(LEADERS)],
        "place_name": ("place", [f"Town {k}" for k in range(PLACES)]),
        "kind": ("place", ["capital", *["town"] * (PLACES - 1)]),
        "lat": ("place", spots[:, 1]),
        "lon": ("place", spots[:, 0]),
        "population": ("place", rng.integers(3000, 10**6, PLACES)),
        "side_name": ("side", ["State", "Rebels", "nobody"]),
        "leader_name": ("leader", [f"Leader {k}" for k in range(LEADERS)]),
        "leader_role": ("leader", ["governor"] * LEADERS),
    }


def war(seed=1):
    """A made-up forecast of that size."""
    rng = np.random.default_rng(seed)
    held = control(rng)
    way = np.zeros(held.shape, np.int8)
    moved = held[:, 1:] != held[:, :-1]
    way[:, 1:][moved] = rng.integers(1, 6, moved.sum())
    arrivals, status = people(rng)
    grid = np.stack(np.meshgrid(np.linspace(61, 74, 25), np.linspace(30, 38, 16)), -1).reshape(-1, 2)
    spots = grid + rng.normal(0, 0.12, grid.shape)
    away = np.broadcast_to(rng.integers(0, 30_000, (1, DAYS + 1, PLACES), np.int32), held.shape)
    day, spot = ("member", "time"), ("member", "time", "place")
    variables = {
        "control": (spot, held),
        "way": (spot, way),
        "weight": (("member",), np.full(MEMBERS, 1 / MEMBERS)),
        "displaced": (spot, away),
        "at_home": (day, rng.integers(10**6, 10**7, (MEMBERS, DAYS + 1))),
        "on_road": (day, rng.integers(0, 10**5, (MEMBERS, DAYS + 1))),
        "arrivals": ((*day, "crossing", "stream"), arrivals),
        "queue": ((*day, "crossing", "stream"), arrivals // 5),
        "leader_status": ((*day, "leader"), status),
    }
    said = {"case": "big", "title": "A large war", "init": "2030-01-01", "members": MEMBERS}
    return xr.Dataset(variables, coordinates(rng, spots), {"schema": "headlong-forecast/1"} | said)


def roads(forecast):
    """Roads between neighbours, and the shipped land."""
    from headlong.view.figures.basemap import land_of
    from headlong.view.page.context import Beside

    spots = np.stack([forecast["lon"].values, forecast["lat"].values], 1)
    far = np.hypot(*(spots[:, None] - spots).transpose(2, 0, 1))
    links = {tuple(sorted((a, int(b)))) for a in range(PLACES) for b in np.argsort(far[a])[1:4]}
    header = {"roads": [[a, b, 50, "primary"] for a, b in sorted(links)]}
    land, columns = land_of(forecast["lat"].values, forecast["lon"].values, None, "")
    return Beside(header | {"land": land}, columns)


DRAG = """async () => {
    const page = window.headlong?.page, frames = [];
    for (let k = 0; k < 400; k++) {
        const before = performance.now();
        page?.setDay(k < 200 ? k : 400 - k);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        frames.push(performance.now() - before);
    }
    frames.sort((a, b) => a - b);
    return [frames[200], frames[380], frames[399]];
}"""
CONDITION = """() => {
    const page = window.headlong.page, before = performance.now();
    page.add({place: 3, kind: "falls", day: 60});
    void page.result.share[0];
    const took = performance.now() - before;
    page.conditions = [];
    return took;
}"""


def spent(session):
    """Processor time of the page's main thread so far, in milliseconds."""
    found = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(entry["value"] for entry in found if entry["name"] == "TaskDuration")


def look(browser, path):
    """One page in a fresh context: the numbers of ROWS, in milliseconds."""
    context = browser.new_context(offline=True, viewport={"width": 1360, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto("about:blank")
    empty = page.evaluate(DRAG)
    begun = spent(session)
    page.goto(f"file://{path}")
    page.wait_for_function("window.headlong")
    ready, cpu = page.evaluate("window.headlong.ms"), spent(session) - begun
    page.wait_for_timeout(500)
    begun = spent(session)
    frames = page.evaluate(DRAG)
    each = (spent(session) - begun) / 400
    row = (ready, cpu, *frames, each, page.evaluate(CONDITION), empty[0], empty[1])
    context.close()
    return row


ROWS = (
    "ready",
    "ready, processor",
    "frame p50",
    "frame p95",
    "frame max",
    "frame, processor",
    "condition",
    "empty page p50",
    "empty page p95",
)


def measure(paths):
    """Rows of each page, in turn, in a fresh browser."""
    from playwright.sync_api import sync_playwright

    name = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=name, args=["--no-sandbox", "--disable-background-networking"]
        )
        found = np.array([[look(browser, path) for path in paths] for _ in range(ROUNDS)])
        browser.close()
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "page", type=Path, nargs="?", help="where to write the page; a folder of its own by default"
    )
    parser.add_argument("--against", type=Path, nargs="*", default=[], help="pages of older states")
    asked = parser.parse_args()
    forecast = war()
    began = time.perf_counter()
    text = filled(payload(forecast, roads(forecast)))
    took = time.perf_counter() - began
    path = asked.page.absolute() if asked.page else Path(tempfile.mkdtemp()) / "page.html"
    write_text(path, text)
    changes = int((forecast["way"].values > 0).sum())
    print(f"{PLACES} places, {DAYS} days, {MEMBERS} members, {changes:,} changes; written in {took:.1f} s")
    print(f"file {path.stat().st_size / 1e6:.2f} MB; load {os.getloadavg()[0]:.0f}")
    paths = [path, *(old.absolute() for old in asked.against)]
    rows = measure(paths)
    for page, found in zip(paths, rows.transpose(1, 0, 2), strict=True):
        print(page)
        for k, name in enumerate(ROWS):
            low, middle, high = np.quantile(found[:, k], (0, 0.5, 1))
            print(
                f"{name:<18} {low:6.1f} / {middle:6.1f} / {high:6.1f} ms  (least, median, most of {ROUNDS})"
            )


if __name__ == "__main__":
    main()
