"""The scores of many hindcasts as one `xarray.Dataset`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from headlong.verify.results.shapes import Verification

HORIZON = "horizon"
"""What stands in place of a lead in rows that are of the whole horizon."""

NAMES = {
    "brier": "Brier score of the chances that places change hands",
    "log": "logarithmic score of the same",
    "count_crps": "continuous ranked probability score of the number of places",
    "date_crps": "the same of the day on which each place changes hands",
    "order": "share of pairs of places whose order is wrong",
    "expected": "expected number of places that change hands",
}


def to_dataset(result: Verification) -> xr.Dataset:
    """Scores of every forecaster by hindcast and lead; those of the whole horizon have no lead.

    Parameters
    ----------
    result : mapping
        From `headlong.verify.hindcasts.hindcast.verify`.
    """
    rows: Sequence[Mapping[str, Any]] = result["rows"]
    hindcasts = list(dict.fromkeys((row["case"], row["init"]) for row in rows))
    scores = list(dict.fromkeys(k for row in rows for k, v in row.items() if isinstance(v, Mapping)))
    names = list(dict.fromkeys(n for row in rows for k in scores for n in row.get(k, {})))
    leads = list(result["leads"])
    whole = [k for k in scores if all(row["lead"] == HORIZON for row in rows if k in row)]
    found = {
        k: np.full((len(hindcasts), *([] if k in whole else [len(leads)]), len(names)), np.nan)
        for k in scores
    }
    seen = {k: np.full((len(hindcasts), len(leads)), np.nan) for k in ("n", "observed")}
    for row in rows:
        h = hindcasts.index((row["case"], row["init"]))
        at = (h,) if row["lead"] == HORIZON else (h, leads.index(row["lead"]))
        for k in scores:
            for name, value in row.get(k, {}).items():
                found[k][(*at, names.index(name))] = np.nan if value is None else value
        for k in seen if len(at) == 2 else ():
            seen[k][at] = row[k]
    by = ("hindcast", "lead")
    variables: dict[str, object] = {
        k: (
            ("hindcast", "forecaster") if k in whole else (*by, "forecaster"),
            v,
            {"long_name": NAMES.get(k, k)},
        )
        for k, v in found.items()
    }
    variables["n"] = (by, seen["n"], {"long_name": "places scored"})
    variables["observed"] = (by, seen["observed"], {"long_name": "places that changed hands"})
    sets = {(row["case"], row["init"]): " ".join(row["sets"]) for row in rows}
    coordinates = {
        "case": ("hindcast", [case for case, _ in hindcasts]),
        "init": ("hindcast", np.array([init for _, init in hindcasts], "datetime64[ns]")),
        "sets": ("hindcast", [sets[h] for h in hindcasts]),
        "lead": ("lead", leads, {"long_name": "days since init", "units": "day"}),
        "forecaster": names,
    }
    kept = {k: result[k] for k in ("schema", "version", "rule", "members", "seed")}
    return xr.Dataset(variables, coordinates, {"Conventions": "CF-1.11", **kept})
