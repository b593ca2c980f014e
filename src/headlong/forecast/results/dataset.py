"""A forecast as an `xarray.Dataset`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from headlong.board.state import STATUSES, WAYS
from headlong.capacity import must_fit
from headlong.engine.record import Record, empty_record, people_windows
from headlong.forecast.ensemble import Ensemble
from headlong.forecast.results.analysis import analysis
from headlong.forecast.results.civilians import first_cut
from headlong.forecast.results.coordinates import NONE, attrs, coords, report_variables
from headlong.forecast.results.request_in_file import carried
from headlong.forecast.results.tracks import Tracks, as_variables, counts_for
from headlong.forecast.runnable import fill_in
from headlong.forecast.settings import Runtime
from headlong.mechanisms import PARAMETERS
from headlong.parameters import flat, record_dtype

FEWER = "Ask for fewer --members or --days, or leave out --out: a summary keeps no members."
DISPLACED = "displaced civilians in the place, those of before init too"


def collect(ensemble: Ensemble, runtime: Runtime) -> xr.Dataset:
    """Run an ensemble and keep every member."""
    members, days, world = ensemble.request.members, ensemble.request.days, ensemble.board.world
    members_fit(ensemble)
    whole = empty_record(world, members, days, whole=False)
    tracks = counts_for(ensemble.runnable)
    params = np.empty(members, record_dtype(PARAMETERS))
    for span, drawn, piece in ensemble.run(runtime):
        params[span] = drawn
        tracks.add(piece)
        fill_in(whole, span, piece)
    return to_dataset(ensemble, params, whole, tracks.result())


def members_fit(ensemble: Ensemble, arms: int = 1) -> None:
    """Refuse to keep more members than there is memory for: the record, and what is made of it."""
    members, days = ensemble.request.members, ensemble.request.days
    each = sum(part.nbytes for part in empty_record(ensemble.board.world, 1, days, whole=False))
    needed = int((2.2 if arms == 1 else 2.2 * arms + 2) * members * each)
    must_fit(needed, f"{members:,} members of {days} days", FEWER)


def to_dataset(ensemble: Ensemble, params: NDArray[Any], record: Record, tracks: Tracks) -> xr.Dataset:
    """Label what was written down of members with parameters `params`."""
    where, members, ask = ensemble.where, len(params), ensemble.request
    control = np.where(record.control < 0, len(where.sides), record.control).astype(np.int8)
    day, place = ("member", "time"), ("member", "time", "place")
    gate = (*day, "crossing", "stream")
    variables: dict[str, object] = {
        "control": (place, control, {"long_name": "side that holds the place"} | flags([*where.sides, NONE])),
        "way": (place, record.way, {"long_name": "how the place changed hands that day"} | flags(WAYS)),
        "weight": (("member",), np.full(members, 1.0 / members), {"long_name": "weight of the member"}),
        "displaced": (place, record.displaced, {"long_name": DISPLACED, "units": "people"}),
        "cut": (place, record.cut, {"long_name": "1 where the place is cut off from its side and abroad"}),
        "cut_off": cut_off(record, ask.days),
        "at_home": (day, record.at_home, {"long_name": "civilians at home", "units": "people"}),
        "on_road": (day, record.on_road, {"long_name": "civilians on the road", "units": "people"}),
        "elsewhere": (day, record.elsewhere, {"long_name": "civilians beyond all places", "units": "people"}),
        "arrivals": (
            gate,
            record.arrivals,
            {"long_name": "people who have crossed since init", "units": "people"},
        ),
        "queue": (gate, record.queue, {"long_name": "people waiting at the crossing", "units": "people"}),
        "leader_status": (
            (*day, "leader"),
            record.leader_status,
            {"long_name": "where he is"} | flags(STATUSES),
        ),
        "soldiers": (("member", "holder", "fate"), record.soldiers, {"long_name": "soldiers at the end"}),
        "arms": (("member", "holder"), record.arms, {"long_name": "sets of arms seized since init"}),
    }
    names = coords(ensemble, params) | {"within": people_windows(ask.days)}
    parameters = np.stack(list(flat(params).values()), 1)
    variables["parameters"] = (("member", "parameter"), parameters, {"long_name": "parameters of the member"})
    tracked = as_variables(tracks, where.ids)
    for more, along in (tracked, analysis(ensemble), report_variables(ensemble), carried(ensemble.request)):
        variables |= more
        names |= along
    return xr.Dataset(variables, names, attrs(ensemble))


def flags(words: Sequence[str]) -> dict[str, object]:
    """CF attributes of whole numbers that stand for words."""
    meanings = " ".join(word.replace(" ", "_") for word in words)
    return {"flag_values": np.arange(len(words), dtype=np.int8), "flag_meanings": meanings}


def cut_off(record: Record, days: int) -> tuple[tuple[str, str], NDArray[np.float64], dict[str, str]]:
    """Share of members in which each place is cut off from its side within each window of days (within, place)."""
    first = first_cut(record.control, record.cut, days)
    chance = np.stack([(first <= within).mean(axis=0) for within in people_windows(days)])
    name = "chance that every road from the place to its side, or abroad, is in other hands within these days"
    return ("within", "place"), chance, {"long_name": name}
