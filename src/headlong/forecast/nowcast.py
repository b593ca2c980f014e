"""The nowcast: who holds each place today, how sure, resting on which reports, and which contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

import numpy as np
from numpy.typing import NDArray

from headlong.assimilation.particle_filter import Particles
from headlong.assimilation.report_impact import Weighed, effects, reliabilities, share_errors, shares_held
from headlong.assimilation.report_needs import PROOFS, after_proof
from headlong.case import Case
from headlong.errors import BadRequest, within
from headlong.forecast.checking import findings
from headlong.forecast.ensemble import weigh_reports
from headlong.forecast.request import Common, Request
from headlong.forecast.results.coordinates import worth
from headlong.forecast.results.shapes.nowcast import (
    Dispute,
    EffectiveEntry,
    Holder,
    NowcastPlace,
    NowcastSummary,
    ReportEntry,
    SourceEntry,
)
from headlong.forecast.settings import MOST_PARTICLES, USUAL, Progress, Runtime
from headlong.forecast.since import last_change, median_day, since_day, tells_of_change
from headlong.inputs.geography import Geography, read_map
from headlong.reports.confirmed import published
from headlong.reports.contested import LEAD_DAYS, stands, unanswered
from headlong.reports.credibility import CLASSES
from headlong.reports.idle import idle_reports
from headlong.reports.observation import Observation, observe, speaks_of_control
from headlong.text import SURE, many, percent
from headlong.version import __version__

if TYPE_CHECKING:
    import xarray as xr

TEXT = ("place", "claim", "side", "leader", "polarity", "source_class", "verification", "interest", "origin",
        "outlet", "words")  # fmt: skip


def nowcast(
    case: Case | str,
    init: str | date | None = None,
    *,
    members: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    **options: Unpack[Common],
) -> xr.Dataset:
    """Say who holds each place on the evening of a day, by the reports published by then.

    Parameters
    ----------
    case : Case or str
        A case, the name of a bundled one, or a folder.
    init : date or str, optional
        The evening; the case's own init by default.
    members : int, optional
        Particles: histories of control that the reports leave open; by default as many as `Settings` says.
    threads, progress, **options
        As in `headlong.forecast`: seed, reports, bank; control may be ``start``, which leaves reports aside.

    Returns
    -------
    xarray.Dataset
        ``p_held`` by `place` and `side` (chances from 0 to 1), and more; ``init`` is a scalar.

    Raises
    ------
    CaseError, BadRequest
        The case is not in order, or what was asked for makes no sense.
    """
    from headlong.forecast.results.nowcast_dataset import to_dataset

    return to_dataset(
        nowcast_summary(case, init, members=members, threads=threads, progress=progress, **options)
    )


def nowcast_summary(
    case: Case | str,
    init: str | date | None = None,
    *,
    members: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    **options: Unpack[Common],
) -> NowcastSummary:
    """What ``headlong nowcast --json`` prints; arguments as in `nowcast`, docs/reports.md says what is what."""
    settings = options.get("settings", USUAL)
    with findings() as wrong:
        with wrong():
            if members is not None:
                settings = replace(settings, particles=within("members", members, 2, MOST_PARTICLES))
        with wrong():
            asked: dict[str, object] = {**options, "settings": settings}
            request = Request(case=case, init=init, **asked)  # type: ignore[arg-type]
            if request.control in ("history", "replay"):
                raise BadRequest("a nowcast does not know control: control is 'reports' or 'start'.")
    known, where = request.past, read_map(request.past, request.parameters.form)
    observations = observe(known.reports, known.start, request.init)
    found = weigh_reports(request, Runtime(threads=threads, progress=progress), where, observations)
    evening = Evening(known, where, request.init, observations, found)
    return sum_up(evening, unheard(request.heard, request.init))


@dataclass(frozen=True)
class Evening:
    """What is known of one evening: the case as it was known, its reports, and the particles that weigh them."""

    case: Case
    where: Geography
    day: date
    observations: Sequence[Observation]
    found: Particles

    @cached_property
    def share(self) -> NDArray[np.float64]:
        """Chance of each holder at each place (P, S + 1)."""
        return shares_held(self.found, len(self.where.sides))

    @property
    def last(self) -> int:
        """Days from the case's start to the evening."""
        return self.found.history.shape[1] - 1


def sum_up(evening: Evening, left_out: dict[str, int]) -> NowcastSummary:
    """The nowcast of particles as plain Python."""
    case, where, observations, found = evening.case, evening.where, evening.observations, evening.found
    effect = effects(case, where, observations, found)
    effect = effect._replace(weight=worth(effect.weight, observations, where))
    error = share_errors(found, len(where.sides)).max(axis=1)
    proof = after_proof(found, len(where.sides))
    entries = [report_entry(r, o, effect) for r, o in enumerate(observations)]
    idle = idle_reports((o.row for o in observations), case.places)
    places: list[NowcastPlace] = [
        {
            **place_entry(evening, i, entries),
            "error": float(error[i]),
            **dispute(evening, i, proof[i]),
        }
        for i in range(len(where.ids))
        if not where.outside[i]
    ]
    out: NowcastSummary = {
        "schema": "headlong-nowcast/1",
        "case": case.id,
        "title": case.title,
        "init": str(evening.day),
        "version": __version__,
        "sides": [{"id": s.id, "name": s.name} for s in case.sides],
        "places": sorted(places, key=lambda p: (p["p"], p["name"])),
        "reports": sorted(entries, key=lambda e: (e["published_at"], e["id"])),
        "sources": source_entries(found, observations),
        "particles": {
            "number": found.weight.size,
            "effective": found.last_ess,
            "ancestors": found.ancestors,
            "by_day": ess_entries(case, observations, found),
        },
        "left_out": left_out,
        "idle_reports": idle,
        "nothing_said": bool(not any(speaks_of_control(o.row) for o in observations)),
        "sentence": "",
    }
    out["sentence"] = sentence(out)
    return out


def unheard(case: Case, day: date) -> dict[str, int]:
    """How many reports are not heard: published after the evening, or before the case's start."""
    out = [published(r) for r in case.reports]
    return {"after_init": sum(d > day for d in out), "before_start": sum(d < case.start for d in out)}


def place_entry(evening: Evening, i: int, entries: Sequence[ReportEntry]) -> Holder:
    """One place: its likeliest holder, since when, and what is said for and against."""
    case, where, share = evening.case, evening.where, evening.share[i]
    names, best = [*where.sides, None], int(share.argmax())
    told = [
        (o, e["id"]) for o, e in zip(evening.observations, entries, strict=True) if found_at(o, where) == i
    ]
    by_day = last_change(evening.found, i, best)
    since = since_day(by_day, tells_of_change((o for o, _ in told), names[best]))
    first = min(since or 0, median_day(by_day) or 0) - LEAD_DAYS
    stance = [(stands(o, names[best]), name) for o, name in told if o.day >= first]
    return {
        "id": where.ids[i],
        "name": case.places[i]["name"],
        "kind": case.places[i]["kind"],
        "holder": names[best],
        "p": float(share[best]),
        "held_by": {n or "none": float(p) for n, p in zip(names, share, strict=True) if p > 0.0},
        "since": None if since is None else str(case.start + timedelta(days=since)),
        "rests_on": [name for s, name in stance if s > 0],
        "contradicted_by": [name for s, name in stance if s < 0],
    }


def dispute(evening: Evening, i: int, proof: NDArray[np.float64]) -> Dispute:
    """Whether a place is contested: claims that nobody without interest has answered, and what would settle it."""
    where, share, observations = evening.where, evening.share[i], evening.observations
    names = [*where.sides, None]
    holder = names[int(share.argmax())]
    against = unanswered([o for o in observations if found_at(o, where) == i], holder, evening.last)
    rivals = {holder, *(names[s] for s in np.argsort(share)[-2:]), *(o.row["side"] for o in against)}
    return {
        "contested": bool(against),
        "unanswered": [o.row["id"] for o in against],
        "settled_by": {
            side: {name: float(p) for name, p in zip(PROOFS, row, strict=True)}
            for side, row in zip(where.sides, proof, strict=True)
            if against and side in rivals
        },
    }


def found_at(o: Observation, where: Geography) -> int:
    """Number of the place a report speaks of, or -1."""
    return where.place.get(o.row["place"] or "", -1)


def report_entry(r: int, o: Observation, effect: Weighed) -> ReportEntry:
    """One report, what it is worth (nothing where it can move no place) and what it did."""

    def number(values: NDArray[np.float64]) -> float | None:
        return None if np.isnan(values[r]) else float(values[r])

    return {
        "id": o.row["id"],
        "published_at": str(o.published),
        "event_date": str(o.event),
        **{name: o.row[name] for name in TEXT},  # type: ignore[typeddict-item]
        "weight": number(effect.weight),
        "counted": o.counted,
        "before": number(effect.before),
        "after": number(effect.after),
        "country_before": number(effect.country_before),
        "country_after": number(effect.country_after),
    }


def source_entries(found: Particles, observations: Sequence[Observation]) -> list[SourceEntry]:
    """Reliability of every class of source."""
    belief = reliabilities(found, observations)
    return [
        {
            "source_class": name,
            "reliability": float(belief.mean[c]),
            "interval_90": [float(belief.low[c]), float(belief.high[c])],
            "prior": float(belief.before[c]),
            "claims": int(belief.claims[c]),
        }
        for c, name in enumerate(CLASSES)
    ]


def ess_entries(case: Case, observations: Sequence[Observation], found: Particles) -> list[EffectiveEntry]:
    """Effective number of particles after each day on which a report came out."""
    days = sorted({max(0, o.out) for o in observations})
    return [{"day": str(case.start + timedelta(days=d)), "effective": float(found.ess[d])} for d in days]


def sentence(summary: NowcastSummary) -> str:
    """The nowcast in a few words."""
    places = summary["places"]
    open_places = [p for p in places if p["p"] < SURE or p["contested"]]
    disputed = sum(p["contested"] for p in places)
    day = date.fromisoformat(summary["init"])
    text = f"On the evening of {day.day} {day:%B %Y} it is open who holds {len(open_places)} of "
    text += many(len(places), "place")
    text += f", {disputed} of them contested" if disputed else ""
    if open_places:
        names = (f"{p['name']} ({p['holder'] or 'nobody'} {percent(p['p'])})" for p in open_places[:3])
        text += ": " + ", ".join(names) + (" and others" if len(open_places) > 3 else "")
    return text + "."
