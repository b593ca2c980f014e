"""Where people run, camp by camp: the law of destinations on five conflicts of Flee, each day's total given.

    python benchmarks/flight.py CHECKOUT

CHECKOUT is a checkout of https://github.com/djgroen/flee (BSD-3), with ``conflict_input`` and ``conflict_validation``;
nothing of it is bundled. Camp counts are UNHCR's. The measure is Flee's: mean over days of the sum over camps of
|model - data| over the total of the day, the model scaled to that total. People of each day (the rise of the sum over
camps) are given to all; the law sends its mean, with the defaults of `headlong.mechanisms` and no tastes. Beside it:
gravity ``exp(-km / 200)`` over all ways, and the shares of day 30 kept, scored from day 30.

What a bundled case cannot say is read here alone: camps that open later draw `NEWEST` times as much as their elders in
the country, roads beyond the border count `BEYOND`, fighting that goes on alarms to `STANDING`. Flee's capacities are
the largest counts in most folders, so figures with them are hindsight, and say so.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from headlong.importers.flee_days import counts, day_number
from headlong.importers.flee_files import Flee, find_folders, read_flee
from headlong.importers.flee_map import CAMPS, home_of, locations, routes_between
from headlong.importers.values import day_of, number_of
from headlong.mechanisms.alarm import FELT_KM, Alarm
from headlong.mechanisms.destinations import WITHIN_KM, Destinations
from headlong.mechanisms.flight import Flight
from headlong.parameters import pars_of

CONFLICTS = {"mali": "mali2012", "car": "car2013", "burundi": "burundi2015", "ssudan": "ssudan2014",
             "syria": "syria2013"}  # fmt: skip
BEYOND, NEWEST, STANDING, TOWN, A_DAY_KM, LEAK = 0.1, 5.0, 0.08, 20_000.0, 100.0, 0.0004

Floats = NDArray[np.float64]


def default(room: Any, name: str) -> float:
    """Default of a parameter."""
    return float(pars_of(room)[name].default)


class War(NamedTuple):
    """A conflict; P places, X ways over the border, R camps abroad, T days."""

    km: Floats  # (P, X) to beyond the border, inf where no road inside leads
    beyond: Floats  # (X, R) from there to a camp
    whole: Floats  # (P, R) shortest way of all
    inside: Floats  # (P, P) ways inside
    land: NDArray[np.int64]  # (X) country beyond
    camp_land: NDArray[np.int64]  # (R)
    gate: NDArray[np.bool_]  # (T, X) open
    open: NDArray[np.bool_]  # (T, R) the camp is there
    people: Floats  # (P)
    fight: Floats  # (T, P)
    data: Floats  # (T, R)
    capacity: Floats  # (R)


def shortest(places: int, roads: list[tuple[int, int, float]]) -> Floats:
    """Shortest ways between all places; inf where none leads."""
    table = np.zeros((places, places))
    for a, b, km in roads:
        if table[a, b] == 0.0 or km < table[a, b]:
            table[a, b] = table[b, a] = km
    return np.asarray(shortest_path(table, directed=False))


def read(inputs: Path, stocks: Path) -> War:
    """Read one conflict through the importer's reader."""
    flee = find_folders(inputs, stocks, None)
    problems: list[Any] = []
    _, places = locations(flee, problems)
    routes, _, _ = routes_between(flee, places, problems)
    names, home = list(places), home_of(places)
    here = {p["id"]: k for k, p in enumerate(places.values())}
    for p in places.values():
        p["kind"] = "refuge" if p["country"] != home or p["x_flee_type"] in CAMPS else "town"
    abroad = np.array([p["country"] != home for p in places.values()])
    camps = [k for k, p in enumerate(places.values()) if p["x_flee_type"] in CAMPS]
    ends = [(here[r["from"]], here[r["to"]], float(r["distance_km"])) for r in routes.values()]
    over = [(a, b, km) if abroad[b] else (b, a, km) for a, b, km in ends if abroad[a] != abroad[b]]
    near = shortest(len(names), [e for e in ends if not abroad[e[0]] and not abroad[e[1]]])
    far = shortest(len(names), [e for e in ends if abroad[e[0]] and abroad[e[1]]])
    at, to = [a for a, _, _ in over], [b for _, b, _ in over]
    countries = [p["country"] for p in places.values()]
    number = {c: k for k, c in enumerate(dict.fromkeys(countries[k] for k in np.flatnonzero(abroad)))}
    number.setdefault(home, len(number))
    data = stock_table(flee, places, [list(places.values())[k]["id"] for k in camps], problems)
    days = len(data)
    gate, there = doors(flee, places, routes, over, camps, days)
    rows = list(places.values())
    return War(
        near[:, at] + np.array([km for _, _, km in over]), far[np.ix_(to, camps)],
        shortest(len(names), ends)[:, camps], near, np.array([number[countries[k]] for k in to]),
        np.array([number[countries[k]] for k in camps]), gate, there,
        np.where(abroad, 0.0, [float(p["population"] or TOWN) for p in rows]), fights(flee, names, days), data,
        np.array([float(rows[k]["x_flee_capacity"] or np.inf) for k in camps]),
    )  # fmt: skip


def stock_table(flee: Flee, places: Any, camps: list[str], problems: list[Any]) -> Floats:
    """People in each camp on each day (T, R), between counts by straight lines."""
    assert flee.length is not None
    found: dict[str, dict[date, float]] = {}
    fixed = corrections(flee, places)
    for row in counts(flee, places, problems, []):
        if row["to_place"]:
            by_day = found.setdefault(row["to_place"], {})
            by_day[row["date"]] = by_day.get(row["date"], 0.0) + float(row["count"])
    grid = np.arange(flee.length)
    table = np.zeros((flee.length, len(camps)))
    for k, camp in enumerate(camps):
        known = corrected(sorted(found.get(camp, {}).items()), fixed.get(camp, ()))
        if known:
            table[:, k] = np.interp(grid, [(d - flee.start).days for d, _ in known], [n for _, n in known])
    return table


def corrections(flee: Flee, places: Any) -> dict[str, list[date]]:
    """Days on which people in a camp were registered anew, by camp."""
    path, found = flee.inputs / "registration_corrections.csv", dict[str, list[date]]()
    for line in read_flee(path, header=False).lines if path.is_file() else ():
        day = day_of(line.cell(1))
        if day is not None and line.cell(0) in places:
            found.setdefault(places[line.cell(0)]["id"], []).append(day)
    return found


def corrected(known: list[tuple[date, float]], days: Sequence[date]) -> list[tuple[date, float]]:
    """Counts with all before a new registration scaled by its jump."""
    for day in days:
        at = [k for k, (d, _) in enumerate(known) if d == day]
        if at and at[0] > 0 and known[at[0] - 1][1] > 0:
            ratio = known[at[0]][1] / known[at[0] - 1][1]
            known = [(d, n * ratio if k < at[0] else n) for k, (d, n) in enumerate(known)]
    return known


def fights(flee: Flee, names: list[str], days: int) -> Floats:
    """How hard each place is fought over on each day (T, P)."""
    table, out = read_flee(flee.inputs / "conflicts.csv"), np.zeros((days, len(names)))
    at = [(k, names.index(n.strip())) for k, n in enumerate(table.names) if k and n.strip() in names]
    for line in table.lines:
        day = number_of(line.cell(0))
        if day is not None and 0 <= day < days:
            for k, place in at:
                out[int(day), place] = number_of(line.cell(k)) or 0.0
    return out


def doors(
    flee: Flee, places: Any, routes: Any, over: Any, camps: list[int], days: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which ways over the border are open (T, X), and which camps are there (T, R)."""
    names = list(places)
    gate, there = np.ones((days, len(over)), bool), np.ones((days, len(camps)), bool)
    forced = {
        ends: row["x_flee_forced"].split(" to ")[0] for ends, row in routes.items() if row["x_flee_forced"]
    }
    table = read_flee(flee.inputs / "closures.csv")
    for line in table.lines:
        kind, one, other = line.cell(0), line.cell(1), line.cell(2)
        first = day_number(line, 3, flee.start, table.findings, "closure_start")
        start = max(0, ((first or flee.start) - flee.start).days)
        last = number_of(line.cell(4))
        end = days if last is None or last <= 0 else int(last)
        if kind.startswith("remove_"):
            ends = (min(one, other), max(one, other))
            for k, camp in enumerate(camps):
                if forced.get(ends) == places[names[camp]]["id"]:
                    there[:start, k] = False
            continue
        for x, (a, b, _) in enumerate(over):
            pair = [{names[q], places[names[q]]["country"]} for q in (a, b)]
            hit = (one in pair[0] and other in pair[1]) or (one in pair[1] and other in pair[0])
            if hit and (kind == "country" or (one in names and other in names)):
                gate[start:end, x] = False
        if one in names and names.index(one) in camps and other not in names:
            there[start:end, camps.index(names.index(one))] = False
    return gate, there


def alarm(war: War) -> Floats:
    """Alarm of each place on each day (T, P): fighting, fading while it goes on, and what is felt of others'."""
    linger, felt = default(Alarm, "linger"), default(Alarm, "felt")
    age, out = np.full(war.fight.shape[1], -1.0), np.zeros_like(war.fight)
    reach = np.exp(-war.inside / FELT_KM)
    np.fill_diagonal(reach, 0.0)
    for t, fight in enumerate(war.fight):
        age = np.where(fight > 0, age + 1, -1.0)
        own = np.where(fight > 0, STANDING + (1 - STANDING) * np.exp(-age / linger), 0.0)
        out[t] = np.maximum(fight * own, felt * (reach * own).max(axis=1))
    return out


def newest(war: War) -> Floats:
    """How much a camp draws for having opened last in its country, on each day (T, R)."""
    opened = np.array([int(np.argmax(there)) if there.any() else len(there) for there in war.open.T])
    draw = war.open.astype(float)
    for t in range(len(draw)):
        for land in np.unique(war.camp_land):
            ours = (war.camp_land == land) & (opened <= t)
            last = opened[ours].max(initial=0)
            draw[t, ours & (opened == last)] *= NEWEST if last > 0 else 1.0
    return draw


def shares(war: War, draw: Floats, gate: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Chance to go abroad (P), over which way (P, X), and from there to which camp (X, R)."""
    reach, inside = default(Destinations, "reach"), default(Destinations, "inside")
    behind = np.exp(-war.beyond * BEYOND / WITHIN_KM) * draw
    own = war.land[:, None] == war.camp_land
    behind = np.where(own | ~(own & np.isfinite(war.beyond)).any(axis=1, keepdims=True), behind, 0.0)
    best = behind.max(axis=1)
    e = np.exp(-war.km / WITHIN_KM) * best * np.where(gate, 1.0, LEAK ** (reach / WITHIN_KM))
    weight = np.zeros_like(e)
    for land in np.unique(war.land):
        ours = war.land == land
        total = e[:, ours].sum(axis=1, keepdims=True)
        weight[:, ours] = np.divide(e[:, ours], total, out=np.zeros_like(e[:, ours]), where=total > 0)
        weight[:, ours] *= total ** (WITHIN_KM / reach)
    out = weight.sum(axis=1)
    way = np.divide(weight, out[:, None], out=np.zeros_like(weight), where=out[:, None] > 0)
    total = behind.sum(axis=1, keepdims=True)
    return out / (out + inside), way, np.divide(behind, total, out=np.zeros_like(behind), where=total > 0)


def law(war: War, capacities: bool) -> Floats:
    """People in each camp on each day (T, R), by the law of destinations."""
    rise = np.diff(war.data.sum(axis=1), prepend=war.data[0].sum())
    source = alarm(war) * np.where(war.people > 0, war.people, 0.0) ** (1.0 - default(Flight, "thin"))
    draw, stock, out, debt = newest(war), war.data[0].copy(), np.zeros_like(war.data), 0.0
    days = np.clip(np.ceil(np.where(np.isfinite(war.km), war.km, 0.0) / A_DAY_KM), 1, 15).astype(int)
    coming = np.zeros((len(rise) + 16, war.km.shape[1]))
    for t, more in enumerate(rise):
        room = np.clip((1.0 - stock / war.capacity) / 0.1, 0.001, 1.0) if capacities else 1.0
        out_share, way, camp = shares(war, draw[t] * room, war.gate[t])
        debt += more
        who = source[t] * out_share
        if debt > 0 and who.sum() > 0:
            moving = (debt * who / who.sum())[:, None] * way
            for x in range(moving.shape[1]):
                np.add.at(coming[:, x], t + days[:, x], moving[:, x])
            debt = 0.0
        stock = stock + coming[t] @ camp
        out[t] = stock
    return out


def gravity(war: War) -> Floats:
    """The reference: every place fought over by its people, camps by exp(-km / 200) over all ways."""
    pull = np.exp(-np.where(np.isfinite(war.whole), war.whole, np.inf) / 200.0)
    total = pull.sum(axis=1, keepdims=True)
    pull = np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)
    stock, out, debt = war.data[0].copy(), np.zeros_like(war.data), 0.0
    for t, more in enumerate(np.diff(war.data.sum(axis=1), prepend=war.data[0].sum())):
        who = war.fight[t] * war.people * (total[:, 0] > 0)
        debt += more
        if debt > 0 and who.sum() > 0:
            stock, debt = stock + debt * (who / who.sum()) @ pull, 0.0
        out[t] = stock
    return out


def error(war: War, model: Floats, first: int = 0) -> float:
    """Flee's measure, from a day on."""
    total = war.data.sum(axis=1)
    keep = (np.arange(len(total)) >= first) & (total > 0)
    scaled = model[keep] * (total[keep] / np.maximum(model[keep].sum(axis=1), 1e-9))[:, None]
    return float((np.abs(scaled - war.data[keep]).sum(axis=1) / total[keep]).mean())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", type=Path)
    root = parser.parse_args().checkout
    print(
        f"{'':10}{'law':>8}{'gravity':>9}{'day 30+: law':>14}{'shares of 30':>14}{'capacities*':>13}{'CPU s':>8}"
    )
    rows = []
    for name, stocks in CONFLICTS.items():
        war = read(root / "conflict_input" / name, root / "conflict_validation" / stocks)
        start = time.process_time()
        plain = law(war, False)
        spent = time.process_time() - start
        kept = np.repeat(war.data[30:31], len(war.data), axis=0)
        rows.append([error(war, plain), error(war, gravity(war)), error(war, plain, 30), error(war, kept, 30),
                     error(war, law(war, True)), spent])  # fmt: skip
        print(f"{name:10}" + "{:8.3f}{:9.3f}{:14.3f}{:14.3f}{:13.3f}{:8.3f}".format(*rows[-1]))
    print(f"{'mean':10}" + "{:8.3f}{:9.3f}{:14.3f}{:14.3f}{:13.3f}{:8.3f}".format(*np.mean(rows, axis=0)))
    print("* Flee's capacities: the largest counts in most folders, known afterwards.")


if __name__ == "__main__":
    main()
