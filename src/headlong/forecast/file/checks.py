"""What is wrong with what stands in a file: every variable and attribute, all findings at once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from headlong.case.tables.cells import ID
from headlong.forecast.file.layout import (
    ATTRIBUTES,
    LAYOUTS,
    LISTS,
    MOST,
    OF_NOWCAST,
    OF_WHAT_IF,
    OPTIONAL,
    TOGETHER,
    WITH,
    FileVariable,
)

if TYPE_CHECKING:
    import xarray as xr

KINDS = {"whole": "iu", "number": "fiu", "text": "OUTS", "day": "M"}
WORDS = {"whole": "whole numbers", "number": "numbers", "text": "texts", "day": "days"}
UNIQUE = ("place", "side", "crossing", "leader", "holder", "parameter", "report")
LONGEST = 100_000
"""Characters of a text, at most."""


def faults_of_layout(found: xr.Dataset) -> Iterator[str]:
    """What can be seen without reading a value: what is missing, dimensions, kinds, sizes."""
    schema = str(found.attrs.get("schema", ""))
    layout = LAYOUTS.get(schema, {})
    arms = schema == "headlong-what-if/1"
    for name, most in MOST.items():
        if found.sizes.get(name, 0) > most:
            yield f"dimension '{name}' has {found.sizes[name]:,} values; {most:,} is the most"
    if layout and found.sizes.get("place", 1) * found.sizes.get("side", 1) == 0:
        yield "it has no places or no sides"
    if "control" in layout and min(found.sizes.get("member", 0), found.sizes.get("time", 0)) == 0:
        yield "it has no members or no days"
    if arms and found.sizes.get("arm") != 2:
        yield "it is a what-if, but has not two arms"
    for name, entry in layout.items():
        if name in found.variables:
            yield from _shape(name, found.variables[name], entry, arms)
        elif entry.needed:
            yield f"variable '{name}' is missing"
    for group in (names for names in TOGETHER if {*names} <= {*layout}):
        lost = [name for name in group if name not in found.variables]
        if len(lost) < len(group):
            yield from (
                f"variable '{name}' is missing, and '{_first(group, lost)}' is there" for name in lost
            )
    for name, others in WITH.items():
        if {name, *others} <= {*layout} and name in found.variables:
            lost = [other for other in others if other not in found.variables]
            yield from (f"variable '{other}' is missing, and '{name}' is there" for other in lost)
    for more in found.variables:
        if more not in layout and layout and found.variables[more].dtype.kind not in "biufUSOTM":
            yield f"variable '{more}' has values of no known kind"


def _first(group: Sequence[str], lost: Sequence[str]) -> str:
    return next(name for name in group if name not in lost)


def _shape(name: str, v: xr.Variable, entry: FileVariable, arms: bool) -> Iterator[str]:
    wanted = entry.dims
    along = (
        [wanted, ("arm", *wanted)] if arms and {"member", "within", "area", "road"} & {*wanted} else [wanted]
    )
    if v.dims not in along:
        yield f"variable '{name}' runs along {_listed(v.dims)}, not along {_listed(along[-1])}"
    if v.dtype.kind not in KINDS[entry.kind] and v.size:
        yield f"variable '{name}' holds {v.dtype}, not {WORDS[entry.kind]}"


def faults_of_values(found: xr.Dataset) -> Iterator[str]:
    """What the values tell, once they are read and the layout is in order."""
    schema = str(found.attrs.get("schema", ""))
    layout = LAYOUTS.get(schema, {})
    for name, entry in layout.items():
        if name in found.variables and found.variables[name].size:
            yield from _values(name, found.variables[name].values, entry)
    for name in UNIQUE if layout else ():
        if name in found.variables and len({str(x) for x in found[name].values}) < found[name].size:
            yield f"coordinate '{name}' names something twice"
    for name, words in LISTS.items():
        if layout and name in found.variables and [str(x) for x in found[name].values] != list(words):
            yield f"coordinate '{name}' is not {', '.join(words)}"
    if "control" in layout:
        yield from _members(found)
    if "p_number" in layout:
        yield from _chances(found)
    if "crossing" in layout:
        yield from _names(found)


def _values(name: str, values: np.ndarray, entry: FileVariable) -> Iterator[str]:
    """Bounds, gaps and lengths of one variable."""
    if entry.kind == "text":
        if not all(isinstance(x, str) for x in values.ravel().tolist()):
            yield f"variable '{name}' holds something that is no text"
        elif max(map(len, values.ravel().tolist()), default=0) > LONGEST:
            yield f"variable '{name}' has a text of more than {LONGEST:,} characters"
        return
    if entry.kind == "day":
        if not entry.gaps and np.isnat(values).any():
            yield f"variable '{name}' lacks a day"
        return
    finite = np.isfinite(values)
    if not entry.gaps and not finite.all():
        yield f"variable '{name}' has {int((~finite).sum()):,} values that are not finite numbers"
    elif np.isinf(values).any():
        yield f"variable '{name}' has infinite values"
    there = values[finite]
    if there.size and (there.min() < entry.low or there.max() > entry.high * (1 + 1e-6)):
        yield (
            f"variable '{name}' has values from {there.min():g} to {there.max():g}; "
            f"{entry.low:g} to {entry.high:g} is what it may have"
        )


def _members(found: xr.Dataset) -> Iterator[str]:
    """What variables along members say of each other."""
    sides, control = found.sizes["side"], found["control"].values
    if control.max() >= sides:
        yield f"variable 'control' names side {int(control.max())}, and there are {sides}"
    for total in np.atleast_1d(found["weight"].sum("member").values):
        if not 0.999 < total < 1.001:
            yield f"variable 'weight' adds up to {total:g}, not to 1"
    days = found["time"].values.astype("datetime64[D]")
    if (np.diff(days) != np.timedelta64(1, "D")).any():
        yield "coordinate 'time' is not one day after the other"
    if "at_home" in found.variables:
        home = found["at_home"].transpose(..., "time").values
        if (home > home[..., :1]).any():  # nobody comes to live there who did not before
            yield "variable 'at_home' has more people at home on a later day than on the first"
    if {"road_lead", "within"} <= {*found.variables}:
        kept = {*found["road_lead"].values.tolist()}
        if lost := [str(day) for day in found["within"].values.tolist() if day not in kept]:
            yield f"coordinate 'within' names days that 'road_lead' lacks: {', '.join(lost[:5])}"
    if str(days[0]) != str(found.attrs.get("init"))[:10]:
        yield f"coordinate 'time' starts on {days[0]}, and attribute 'init' is '{found.attrs.get('init')}'"


def _chances(found: xr.Dataset) -> Iterator[str]:
    """What variables of a forecast without members say of each other."""
    days = int(found.attrs["days"])
    for name, most in (("lead", days), ("number", found.sizes["place"])):
        if not np.array_equal(found[name].values, np.arange(most + 1)):
            yield f"coordinate '{name}' is not 0 to {most:,}"
    for name in ("window", "within", "look"):
        if found[name].values.max(initial=0) > days:
            yield f"coordinate '{name}' goes beyond the {days:,} days of the forecast"
    for name, along in (("p_held", "side"), ("p_number", "number")):
        total = found[name].sum(along).values
        if total.size and not (total.min() > 0.999 and total.max() < 1.001):
            yield f"variable '{name}' adds up to {total.min():g} to {total.max():g} along {along}, not to 1"
    if (np.diff(found["p_change"].values, axis=1) < 0).any():
        yield "variable 'p_change' falls from one day to the next"


def _names(found: xr.Dataset) -> Iterator[str]:
    """What the names say of each other."""
    places = {str(x) for x in found["place"].values}
    for name in ("crossing", "road_from", "road_to"):
        said = found[name].values if name in found.variables else ()
        if lost := [str(x) for x in said if str(x) not in places]:
            yield f"coordinate '{name}' names no place: {', '.join(lost[:5])}"
    through = found.attrs.get("acts_through")
    if through is not None and (
        "parameter" not in found.variables or through not in found["parameter"].values
    ):
        yield f"attribute 'acts_through' names no parameter of the file: '{str(through)[:60]}'"
    if str(found["side"].values[-1]) != "none":
        yield "coordinate 'side' does not end with 'none'"


def faults_of_attributes(found: xr.Dataset) -> Iterator[str]:
    """Attributes that are missing or are not what they must be."""
    schema = str(found.attrs.get("schema", ""))
    if schema == "headlong-nowcast/1":
        needed, may = OF_NOWCAST, {}
    elif schema in LAYOUTS:
        needed, may = ATTRIBUTES, OF_WHAT_IF if schema == "headlong-what-if/1" else OPTIONAL
    else:
        return
    for name, kind in (needed | may).items():
        if name in found.attrs:
            if wrong := _attribute(found.attrs[name], kind):
                yield f"attribute '{name}' is {wrong}"
        elif name in needed:
            yield f"attribute '{name}' is missing"
    if schema == "headlong-what-if/1":
        yield from (f"attribute '{n}' is missing" for n in OF_WHAT_IF if n[:3] in ("sce", "jud", "act") and n not in found.attrs)  # fmt: skip  # noqa: E501


def _attribute(value: Any, kind: str) -> str:
    """What is wrong with the value of an attribute, or nothing."""
    if kind in ("whole", "count", "number"):
        if np.ndim(value) or isinstance(value, str | bytes) or not math.isfinite(value):
            return "no finite number"
        whole = (
            int(value) == value and 0 <= int(value) < 2**64
        )  # numpy's truth values bear no such comparison
        if kind != "number" and not whole:
            return "no whole number"
        return "0, and at least one is needed" if kind == "count" and int(value) == 0 else ""
    if not isinstance(value, str) or len(value) > 10 * LONGEST:
        return "no text"
    if not _is_unicode(value):
        return "no UTF-8"
    if kind == "id" and (len(value) > 80 or not ID.fullmatch(value)):
        return f"'{value[:60]}', which is no id of a case"
    if kind == "day":
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"'{value[:60]}', which is no day"
    if kind in ("texts", "keys"):
        return _json(value, kind)
    return ""


def _json(value: str, kind: str) -> str:
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        return "no JSON"
    if not _is_unicode(json.dumps(said, ensure_ascii=False)):
        return "no UTF-8"
    if kind == "keys":
        return "" if isinstance(said, dict) else "no JSON object"
    return "" if isinstance(said, list) and all(isinstance(x, str) for x in said) else "no JSON list of texts"


def _is_unicode(value: str) -> bool:
    """Whether a text has whole characters only: bytes that are no UTF-8, and JSON's escapes, leave halves of some."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _listed(dims: Any) -> str:
    return ", ".join(map(str, dims)) or "nothing"
