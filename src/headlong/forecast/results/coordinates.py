"""Names along the dimensions of a forecast, and what is needed to run it again."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong.board.state import STREAMS
from headlong.case.findings.unknowns import unknowns
from headlong.case.rows import Row
from headlong.engine.record import BOOKS
from headlong.forecast.ensemble import Ensemble
from headlong.forecast.request import Request
from headlong.inputs.geography import Geography
from headlong.inputs.initial_state import board_leaders, inhabitants
from headlong.parameters import flat
from headlong.reports.contested import unanswered
from headlong.reports.credibility import CLASSES, GROUPS
from headlong.reports.idle import idle_reports
from headlong.reports.observation import Observation
from headlong.version import __version__

LATITUDE = {"standard_name": "latitude", "units": "degrees_north"}
LONGITUDE = {"standard_name": "longitude", "units": "degrees_east"}

NONE = "none"
"""Id of the holder of a place that nobody holds, the last of coordinate `side`."""


def coords(ensemble: Ensemble, params: NDArray[Any]) -> dict[str, object]:
    """Coordinates: ids along every dimension, and the names and spots of places."""
    ask, where = ensemble.request, ensemble.where
    case = ask.past
    places, leaders = case.places, board_leaders(case, where)
    return {
        "member": np.arange(len(params)),
        "time": np.datetime64(ask.init, "ns") + np.arange(ask.days + 1) * np.timedelta64(1, "D"),
        "lead": ("time", np.arange(ask.days + 1), {"long_name": "days since init", "units": "day"}),
        "init": np.datetime64(ask.init, "ns"),
        "place": list(where.ids),
        "side": [*where.sides, NONE],
        "holder": list(where.sides),
        "fate": list(BOOKS),
        "crossing": [where.ids[i] for i in ensemble.board.world.gates.place],
        "stream": list(STREAMS),
        "leader": [r["id"] for r in leaders],
        "parameter": list(flat(params)),
        "place_name": ("place", [p["name"] for p in places]),
        "kind": ("place", [p["kind"] for p in places]),
        "lat": ("place", [p["lat"] for p in places], LATITUDE),
        "lon": ("place", [p["lon"] for p in places], LONGITUDE),
        "population": ("place", inhabitants(case)),
        "side_name": ("side", [*(s.name for s in case.sides), "nobody"]),
        "leader_name": ("leader", [r["name"] for r in leaders]),
        "leader_role": ("leader", [r["role"] for r in leaders]),
        **own_columns(places),
    }


def own_columns(places: Sequence[Row]) -> dict[str, object]:
    """P-codes and a user's own columns (``x_``) of the places, where any is filled."""
    names = dict.fromkeys(name for p in places for name in p if name == "pcode" or name.startswith("x_"))
    texts = {name: [str(p.get(name) or "") for p in places] for name in names}
    return {name: ("place", found) for name, found in texts.items() if any(found)}


def report_variables(ensemble: Ensemble) -> tuple[dict[str, object], dict[str, object]]:
    """Variables and coordinates of the reports, what they are worth and what they did; none without reports."""
    if ensemble.particles is None:
        return {}, {}
    from headlong.assimilation.report_impact import effects, reliabilities

    observations, particles = ensemble.observations, ensemble.particles
    found = effects(ensemble.request.past, ensemble.where, observations, particles)
    belief = reliabilities(particles, observations)
    order = sorted(
        range(len(observations)), key=lambda r: (observations[r].published, observations[r].row["id"])
    )
    rows = [observations[r] for r in order]
    text = {f"report_{c}": [str(o.row[c] or "") for o in rows] for c in TOLD}
    weight = worth(found.weight, observations, ensemble.where)[order]
    numbers = {"report_counted": [o.counted for o in rows], "report_weight": weight}
    numbers |= {f"report_{n}": getattr(found, n)[order] for n in found._fields[1:]}
    days = {
        "report_published_at": [np.datetime64(o.published, "ns") for o in rows],
        "report_event_date": [np.datetime64(o.event, "ns") for o in rows],
    }
    variables: dict[str, object] = {k: ("report", v) for k, v in (text | numbers | days).items()}
    disputed = {"long_name": "1 if reports contest who holds it at init, and nothing has settled that"}
    variables["contested"] = ("place", contested(ensemble), disputed)
    by_class = dict(zip(belief._fields[:5], belief[:5], strict=True))
    names = {"mean": "reliability", "before": "reliability_prior", "claims": "reliability_reports"}
    variables |= {names.get(k, f"reliability_{k}"): ("source_class", v) for k, v in by_class.items()}
    variables["reliability_by_group"] = (("source_class", "claim_group"), belief.group_mean)
    variables["reliability_by_group_reports"] = (("source_class", "claim_group"), belief.group_claims)
    out = sorted({max(0, o.out) for o in rows})
    variables["assimilation_ess"] = ("report_day", particles.ess[out])
    start = np.datetime64(ensemble.request.case.start, "ns")
    coordinates = {
        "report": [o.row["id"] for o in rows],
        "source_class": list(CLASSES),
        "claim_group": list(GROUPS),
        "report_day": start + np.array(out) * np.timedelta64(1, "D"),
    }
    return variables, coordinates


def worth(
    weight: NDArray[np.float64], observations: Sequence[Observation], where: Geography
) -> NDArray[np.float64]:
    """Weights of reports (R); not a number where one names no place inside, or no side: it can move no place."""
    at = [where.place.get(o.row["place"] or "", -1) for o in observations]
    moves = [
        i >= 0 and not where.outside[i] and bool(o.row["side"]) for i, o in zip(at, observations, strict=True)
    ]
    return np.where(np.array(moves, bool), weight, np.nan)


def contested(ensemble: Ensemble) -> NDArray[np.int8]:
    """Whether reports contradict each place's likeliest holder and are not answered, as in a nowcast (P)."""
    from headlong.assimilation.report_impact import shares_held

    particles, where = ensemble.particles, ensemble.where
    assert particles is not None
    names, last = [*where.sides, None], particles.history.shape[1] - 1
    told: list[list[Observation]] = [[] for _ in where.ids]
    for o in ensemble.observations:
        if o.row["place"] in where.place:
            told[where.place[o.row["place"]]].append(o)
    best = shares_held(particles, len(where.sides)).argmax(axis=1)
    against = [unanswered(one, names[holder], last) for one, holder in zip(told, best, strict=True)]
    return (np.array([bool(one) for one in against]) & ~where.outside).astype(np.int8)


def idle_texts(request: Request) -> list[str]:
    """Reports that can move no place, each with why; a file of reports is not at hand later, so without their rows."""
    if request.control != "reports":
        return []
    found = idle_reports(request.past.reports, request.past.places)
    return sorted(f"{one['id']}: {one['why']}" for one in found)


TOLD = ("place", "claim", "side", "leader", "polarity", "source_class", "verification", "interest", "outlet",
        "origin", "words")  # fmt: skip
"""Columns of a report that a forecast carries as they stand."""


def words_hash(ensemble: Ensemble) -> str:
    """SHA-256 of the words of the reports, or nothing where none were weighed."""
    if ensemble.particles is None:
        return ""
    words = sorted((o.row["id"], o.row["words"] or "") for o in ensemble.observations)
    return sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def attrs(ensemble: Ensemble) -> dict[str, object]:
    """What is needed to run the forecast again, bit for bit, and what it rests on."""
    posterior, request = ensemble.posterior, ensemble.request
    return {
        "schema": "headlong-forecast/1",
        "Conventions": "CF-1.11",
        **request.to_attrs(),
        "version": __version__,
        "control_from": ensemble.control_from,
        "words_hash": words_hash(ensemble),
        "made_with": f"python {platform.python_version()}, numpy {np.__version__}, numba {version('numba')}",
        "calibrated_on": json.dumps(list(request.parameters.cases)),
        "bank_effective_draws": round(posterior.bank_ess, 1),
        "effective_draws": round(posterior.draws.ess, 1),
        "assumptions": json.dumps(list(unknowns(request.past))),
        "idle_reports": json.dumps(idle_texts(request), ensure_ascii=False),
        "what": "model estimate, not a fact; read it with its track record",
    }


def as_lists(names: Mapping[str, Any], attributes: dict[str, object]) -> dict[str, object]:
    """Names as lists of text, with the attributes, for a summary."""
    lists = {k: v[1] if isinstance(v, tuple) else v for k, v in names.items()}
    wanted = (
        "place",
        "place_name",
        "kind",
        "side",
        "side_name",
        "crossing",
        "leader",
        "leader_name",
        "leader_role",
    )
    return {k: [str(x) for x in lists[k]] for k in wanted} | {"attrs": attributes}
