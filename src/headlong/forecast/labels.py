"""Names along the dimensions of a forecast, and what is needed to run it again."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headlong import __version__
from headlong.board.state import STREAMS
from headlong.engine.record import BOOKS
from headlong.forecast.ensemble import Ensemble
from headlong.forecast.opening import board_leaders
from headlong.parameters import flat

NONE = "none"
"""Id of the holder of a place that nobody holds, the last of coordinate `side`."""


def coords(ensemble: Ensemble, params: NDArray[Any]) -> dict[str, Any]:
    """Coordinates: ids along every dimension, and the names and spots of places."""
    case, where = ensemble.case, ensemble.where
    places, leaders = case.places, board_leaders(case, where)
    return {
        "member": np.arange(len(params)),
        "time": np.datetime64(ensemble.init, "ns") + np.arange(ensemble.days + 1) * np.timedelta64(1, "D"),
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
        "lat": ("place", [p["lat"] for p in places]),
        "lon": ("place", [p["lon"] for p in places]),
        "population": ("place", np.array(ensemble.board.start.people.residents)),
        "side_name": ("side", [*(s.name for s in case.sides), "nobody"]),
        "leader_name": ("leader", [r["name"] for r in leaders]),
        "leader_role": ("leader", [r["role"] for r in leaders]),
    }


def attrs(ensemble: Ensemble) -> dict[str, Any]:
    """What is needed to run the forecast again, bit for bit, and what it rests on."""
    posterior, scenario = ensemble.posterior, ensemble.scenario
    return {
        "schema": "headlong-forecast/1",
        "case": ensemble.case.id,
        "title": ensemble.case.title,
        "case_hash": ensemble.case.hash,
        "init": str(ensemble.init),
        "days": ensemble.days,
        "members": ensemble.members,
        "seed": ensemble.seed,
        "scenario": scenario.name if scenario else "",
        "version": __version__,
        "control_from": ensemble.control_from,
        "made_with": f"python {platform.python_version()}, numpy {np.__version__}, numba {version('numba')}",
        "calibrated_on": json.dumps(list(ensemble.bank_cases)),
        "bank_effective_draws": round(posterior.bank_ess, 1),
        "effective_draws": round(posterior.draws.ess, 1),
        "assumptions": json.dumps(ensemble.case.assumptions),
        "what": "model estimate, not a fact; read it with its track record",
    }


def plain(names: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
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
    return {k: [str(x) for x in lists[k]] for k in wanted} | {"attrs": said}
