"""An archive in plain Python, for ``--json`` and for what is printed: its list, what was kept, what moved."""

from __future__ import annotations

from collections.abc import Iterator

from headlong.archive.archive import Archive, Keeping
from headlong.archive.daily import Daily
from headlong.archive.moves import FAR, NEAR, move_of, moved
from headlong.archive.shapes import KeptEntry, KeptNow, Listed, Moves
from headlong.inference.resampling import quantile_index
from headlong.text import FEW_MEMBERS

SCHEMA = "headlong-archive/1"


def archive_list(archive: Archive) -> Listed:
    """The archive's list: one entry for each kept forecast, and what was left out."""
    newest = archive.latest.data.attrs
    return {
        "schema": SCHEMA,
        "folder": str(archive.folder),
        "case": str(newest["case"]),
        "title": str(newest["title"]),
        "days": int(newest["days"]),
        "kept": [entry(archive, d) for d in archive.dailies],
        "left_out": archive.faults,
    }


def entry(archive: Archive, daily: Daily) -> KeptEntry:
    """One kept forecast in short."""
    near, far = daily.counted_window(NEAR), daily.window(FAR)
    ranked = sorted(daily.inside, key=lambda place: -daily.p_change(place, near))
    number = daily.data["p_number"].sel(window=near).values
    low, middle, high = (int(n) for n in quantile_index(number, (0.05, 0.5, 0.95)))
    few = daily.members < FEW_MEMBERS
    capitals = [p for p in daily.inside if str(daily.data["kind"].values[daily.places[p]]) == "capital"]
    return {
        "init": str(daily.init),
        "kept_at": daily.kept_at,
        "members": daily.members,
        "reports": len(daily.reports),
        "within": near,
        "number": {"p05": None if few else low, "p50": middle, "p95": None if few else high},
        "likeliest": [{"id": p, "name": daily.name(p), "p": daily.p_change(p, near)} for p in ranked[:3]],
        "capitals": [{"id": p, "name": daily.name(p), "p": daily.p_change(p, far)} for p in capitals],
        "differs": archive.changes(daily),
    }


def kept(archive: Archive, done: Keeping) -> KeptNow:
    """What came of keeping some days, and what moved since the forecasts before."""
    return {
        "schema": SCHEMA,
        "folder": str(archive.folder),
        "kept": [entry(archive, d) for d in done.kept],
        "there": [str(d.init) for d in done.there],
        "moved": [moves(archive, d) for d in (done.kept or done.there[-1:])],
        "notes": done.notes,
        "faults": done.faults,
        "left_out": archive.faults,
    }


def moves(archive: Archive, now: Daily) -> Moves:
    """What moved up to one kept forecast."""
    before = archive.before(now.init)
    found = [] if before is None else moved(before, now)
    fresh = [] if before is None else [name for name in now.reports if name not in before.reports]
    return {
        "init": str(now.init),
        "since": None if before is None else str(before.init),
        "within": now.window(NEAR),
        "new_reports": fresh,
        "differs": archive.changes(now),
        "places": [m._asdict() for m in found],
        "lines": [(m.name, m.line()) for m in found],
        "same": 0 if before is None else len(now.inside) - len(found),
    }


COLUMNS = ("case", "init", "place_id", "place_name", "holder", "p_holder", "within", "p_change", "moved", "p_change_30",
           "new_reports", "members", "kept_at")  # fmt: skip


def rows(archive: Archive) -> Iterator[list[str | float | None]]:
    """One row for each kept forecast and place, for a spreadsheet."""
    before: Daily | None = None
    for now in archive.dailies:
        for place in now.inside:
            near = now.window(NEAR)
            held = now.held(place)
            holder = max(held, key=lambda side: held[side])
            move = move_of(before, now, place) if before is not None and place in before.places else None
            yield [
                str(now.data.attrs["case"]), str(now.init), place, now.name(place), holder, held[holder], near,
                now.p_change(place, near), None if move is None else move.p - move.before,
                now.p_change(place, FAR), " ".join(move.reports) if move else "", now.members, now.kept_at,
            ]  # fmt: skip
        before = now
