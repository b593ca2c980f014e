"""The same war in a shorter or a longer table: places thinned out, or villages added along the roads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

import headlong as hl
from headlong.case import Case
from headlong.case.rows import Row
from headlong.inference.bank import bank_for
from headlong.inputs.control_history import known_past
from headlong.inputs.exposure import gather
from headlong.inputs.geography import read_map

LEVEL = -7.0  # of strain: an ordinary one


def thinned(case: Case, share: float, seed: int) -> Case:
    """Keep about a share of the country's places, with capital and seats, and the ways between them."""
    where = read_map(case)
    luck = np.random.default_rng(seed).random(len(where.ids))
    seats = {case.seat_of(side.id) for side in case.sides}
    kept = np.array([
        i for i, place in enumerate(case.places)
        if where.outside[i] or place["kind"] == "capital" or place["id"] in seats or luck[i] < share
    ])  # fmt: skip
    names, km = {case.places[i]["id"] for i in kept}, where.km[np.ix_(kept, kept)]
    through = (km[:, :, None] + km[None, :, :]).transpose(1, 0, 2)  # (k, i, j): by way of k
    for k in range(kept.size):
        through[k, k, :] = through[k, :, k] = np.inf
    direct = km <= through.min(axis=0) - 1e-9
    roads = [
        Row({"from": case.places[kept[i]]["id"], "to": case.places[kept[j]]["id"], "distance_km": float(km[i, j]),
             "class": "primary", "note": "", "source": "", "confidence": "low"})
        for i in range(kept.size) for j in range(i) if direct[i, j]
    ]  # fmt: skip
    return replace(
        bare(case),
        places=tuple(case.places[i] for i in kept),
        roads=tuple(roads),
        **{
            table: tuple(row for row in getattr(case, table) if row["place"] is None or row["place"] in names)
            for table in ("home", "crossings", "hinterland", "history", "garrisons")
        },
    )


def refined(case: Case, near: int = 2) -> Case:
    """Add villages a quarter of the way to the nearest places; each goes with the place it is near."""
    where, inside = read_map(case), []
    inside = np.flatnonzero(~where.outside)
    places, roads, more = list(case.places), list(case.roads), {"home": [], "history": []}
    for i in inside:
        place = case.places[i]
        others = [j for j in inside[np.argsort(where.km[i, inside])] if j != i and where.road[i, j] > 0.0]
        for n, j in enumerate(others[:near]):
            name, other = f"{place['id']}-v{n}", case.places[j]
            lat, lon = (0.75 * place[c] + 0.25 * other[c] for c in ("lat", "lon"))
            places.append(
                place.but(id=name, name=name, kind="town", lat=lat, lon=lon, population=None, alt_names=())
            )
            for end, part in ((place, 0.25), (other, 0.75)):
                road = {
                    "from": name,
                    "to": end["id"],
                    "distance_km": part * float(where.road[i, j]),
                    "class": "primary",
                }
                roads.append(Row(road | {"note": "", "source": "", "confidence": "low"}))
            for table, rows in more.items():
                rows += [row.but(place=name) for row in getattr(case, table) if row["place"] == place["id"]]
    history = sorted((*case.history, *more["history"]), key=lambda row: row["date"] or row["latest"])
    return replace(
        bare(case),
        places=tuple(places),
        roads=tuple(roads),
        home=(*case.home, *more["home"]),
        history=tuple(history),
    )


def bare(case: Case) -> Case:
    """Without the tables that are about persons, counts and words; sides keep their seats."""
    sides = tuple(replace(side, seat=case.seat_of(side.id) or "") for side in case.sides)
    return replace(
        case, sides=sides, leaders=(), patrons=(), reports=(), repulses=(), displacement=(), scenarios={}
    )


def law_chances(case: Case) -> dict[tuple[int, str], float]:
    """Chance of loss of each place on each day at one level of strain."""
    where, beta = read_map(case), bank_for("").draws.mean[4:]
    found = {}
    for e in gather(case, where, known_past(case, where, case.end))[0]:
        day = np.repeat(np.arange(e.start.size - 1), np.diff(e.start))
        p = 1.0 / (1.0 + np.exp(-LEVEL - e.x @ beta))
        found |= {(int(d), where.ids[i]): float(x) for d, i, x in zip(day, e.place, p, strict=True)}
    return found


def law_ratio(case: Case, other: Case) -> float:
    """Mean chance of the place-days of both tables: in the other over in the whole one."""
    whole, part = law_chances(bare(case)), law_chances(other)
    both = [key for key in part if key in whole]
    return sum(part[k] for k in both) / sum(whole[k] for k in both)


def chances(case: Case, day: int, members: int) -> dict[str, np.ndarray]:
    """Chance of each place of changing hands within 7 and 30 days: whole forecasts."""
    init = case.start + timedelta(days=day)
    asked = {"init": init, "days": 30, "members": members, "control": "history", "bank": bank_for(case.id)}
    found = hl.forecast(case, **asked)
    holder = np.asarray(found["control"])  # (member, time, place)
    first = holder[:, :1, :]
    gone = (holder != first).cumsum(axis=1) > 0
    days = np.stack([gone[:, min(h, gone.shape[1] - 1)].mean(axis=0) for h in (7, 30)], axis=1)
    ids = [str(p) for p in found["place"].values]
    inside = {p["id"] for p in case.places if p["kind"] != "refuge"}
    return {name: row for name, row in zip(ids, days, strict=True) if name in inside}
