"""One row for each place and lead: who may hold it, whether it changed hands, who is displaced there.

Numbers are numbers and dates are dates; whoever writes them decides how they look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.text import FEW_MEMBERS

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["LEVELS", "Outlook", "arms_of", "column_names", "hxl_of", "outlook_of", "rows_of"]

LEVELS = (0.1, 0.5, 0.9)
HXL = {
    "case": "#meta+case", "arm": "#meta+arm", "init": "#date+init", "lead": "#indicator+lead+num",
    "date": "#date+target",
    "place_id": "#loc+code", "place_name": "#loc+name", "pcode": "#adm+code+v_pcode", "kind": "#loc+type",
    "lat": "#geo+lat", "lon": "#geo+lon", "population": "#population", "holder": "#group+holder+code",
    "holder_name": "#group+holder+name", "p_holder": "#indicator+holder+prob+num",
    "p_change": "#indicator+change+prob+num",
}  # fmt: skip
"""Tag of each column that is always there."""


class Outlook(NamedTuple):
    """What the members of one arm say of each place on each day; T days with init, P places, S sides and nobody.

    Parameters
    ----------
    arm : str
        baseline or scenario of a what-if; empty for a forecast.
    init : date
        The evening it starts from.
    held : float array (T, P, S)
        Share of members in which each side holds the place.
    changed : float array (T, P)
        Share of members in which the place is or was held by another side than at init.
    displaced : float array (T, P, 4)
        P10, P50, P90 and mean of the displaced in the place; of too few members no P10 and no P90.
    few : bool
        Whether the members are too few for an interval.
    """

    arm: str
    init: date
    held: NDArray[np.float64]
    changed: NDArray[np.float64]
    displaced: NDArray[np.float64]
    few: bool


def arms_of(forecast: xr.Dataset) -> list[tuple[str, xr.Dataset]]:
    """Return the forecast itself, or both arms of a what-if with their names."""
    if "arm" not in forecast.dims:
        return [("", forecast)]
    return [(str(name), forecast.sel(arm=name, drop=True)) for name in forecast["arm"].values]


def outlook_of(forecast: xr.Dataset, arm: str = "") -> Outlook:
    """Count the members of a forecast, or of one arm of a what-if.

    Parameters
    ----------
    forecast : xarray.Dataset
        The forecast, without the dimension ``arm``.
    arm : str
        Name of the arm.
    """
    control = forecast["control"].transpose("member", "time", "place").values
    weight = np.asarray(forecast["weight"].values, float)
    weight = weight / weight.sum()
    held = np.stack([np.tensordot(weight, control == s, 1) for s in range(forecast.sizes["side"])], axis=-1)
    away = np.maximum.accumulate(control != control[:, :1], axis=1)
    people = forecast["displaced"].transpose("member", "time", "place").values
    levels = [np.quantile(people, q, axis=0, method="inverted_cdf") for q in LEVELS]
    displaced = np.stack([*levels, np.tensordot(weight, people, 1)], axis=-1).astype(float)
    init = date.fromisoformat(str(forecast["time"].values[0])[:10])
    few = len(weight) < FEW_MEMBERS
    if few:
        displaced[..., [k for k, q in enumerate(LEVELS) if q != 0.5]] = np.nan
    return Outlook(arm, init, held, np.tensordot(weight, away, 1), displaced, few)


def own_columns(forecast: xr.Dataset) -> list[str]:
    """P-code and a user's own columns of places that the forecast carries."""
    return [str(n) for n in forecast.coords if n == "pcode" or str(n).startswith("x_")]


def column_names(forecast: xr.Dataset) -> list[str]:
    """Names of the columns of `rows_of`."""
    sides = [f"p_held_{name}" for name in forecast["side"].values]
    people = ["displaced_p10", "displaced_p50", "displaced_p90", "displaced_mean"]
    arm = ["arm"] if "arm" in forecast.dims else []
    return ["case", *arm, "init", "lead", "date", "place_id", "place_name", *own_columns(forecast), "kind", "lat",
            "lon", "population", "holder", "holder_name", "p_holder", *sides, "p_change", *people]  # fmt: skip


def hxl_of(columns: Sequence[str]) -> list[str]:
    """HXL tag of each column."""
    return [HXL.get(name) or _tag(name) for name in columns]


def _tag(name: str) -> str:
    """Tag of a column that depends on the case."""
    plain = "".join(c if c.isalnum() and c.isascii() else "_" for c in name.lower())
    if name.startswith("p_held_"):
        return f"#indicator+held+prob+num+{plain.removeprefix('p_held_')}"
    if name.startswith("displaced_"):
        return f"#affected+displaced+num+{plain.removeprefix('displaced_')}"
    return f"#meta+{plain}"


def rows_of(forecast: xr.Dataset) -> Iterator[list[Any]]:
    """Yield one row for each place and lead, init itself included; of a what-if for each arm.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`.
    """
    sides = [str(name) for name in forecast["side"].values]
    names = [str(name) for name in forecast["side_name"].values]
    places = list(place_cells(forecast))
    case = str(forecast.attrs.get("case", ""))
    for arm, one in arms_of(forecast):
        found = outlook_of(one, arm)
        for lead in range(found.held.shape[0]):
            head = [case, *([arm] if arm else []), found.init, lead, found.init + timedelta(days=lead)]
            for n, cells in enumerate(places):
                best = int(found.held[lead, n].argmax())
                shares = [chance(x) for x in found.held[lead, n]]
                *people, mean = found.displaced[lead, n]
                yield [*head, *cells, sides[best], names[best], shares[best], *shares,
                       chance(found.changed[lead, n]), *map(whole_or_none, people), round(float(mean), 3)]  # fmt: skip


def chance(share: Any) -> float:
    """A share of the members as a table has it: without the noise of sums: 0.3, not 0.30000000000000004."""
    return round(float(share), 12) + 0.0


def whole_or_none(number: Any) -> int | None:
    """A quantile of people; None where members are too few for it."""
    return None if np.isnan(number) else int(number)


def place_cells(forecast: xr.Dataset) -> Iterator[list[Any]]:
    """Yield what stands still of each place: ids, names, codes, spot, population."""
    own = [[str(v) for v in forecast[name].values] for name in own_columns(forecast)]
    for n in range(forecast.sizes["place"]):
        yield [
            str(forecast["place"].values[n]), str(forecast["place_name"].values[n]), *(values[n] for values in own),
            str(forecast["kind"].values[n]), float(forecast["lat"].values[n]), float(forecast["lon"].values[n]),
            int(forecast["population"].values[n]),
        ]  # fmt: skip
