"""The books of a forecast: who is where, and what must add up."""

import numpy as np

from headlong.board.state import FLED, RETURNED

COUNTS = ("displaced", "at_home", "on_road", "elsewhere", "arrivals", "queue", "soldiers", "arms")


def civilians(made):
    """All civilians of each member on each day (member, time)."""
    gates = made["queue"].sel(stream="civilians").astype(np.int64).sum("crossing")
    there = made["displaced"].astype(np.int64).sum("place") + made["at_home"] + made["elsewhere"]
    return (there + made["on_road"] + gates).transpose(..., "member", "time").values


def soldiers(made):
    """All soldiers of each member at the end (member)."""
    gates = (made["queue"] + made["arrivals"]).sel(stream="soldiers").isel(time=-1).sum("crossing")
    return (made["soldiers"].sum(("holder", "fate")) + gates).values


def check_books(made):
    """Everything that must hold in any file."""
    total = civilians(made)
    assert (total == total[..., :1]).all()
    assert (total == int(made["population"].sum())).all()
    for name in COUNTS:
        assert made[name].values.min(initial=0) >= 0, name
    assert made["arrivals"].diff("time").values.min(initial=0) >= 0
    crossed = made["arrivals"].sel(stream="civilians").astype(np.int64).sum("crossing")
    refugees = made["displaced"].astype(np.int64).where(made["kind"] == "refuge", 0).sum("place")
    assert (crossed <= refugees - refugees.isel(time=0) + made["elsewhere"]).all()
    over = (made["queue"] + made["arrivals"]).sel(stream="leaders").sum("crossing").diff("time")
    away = made["leader_status"].isin((FLED, RETURNED)).isel(time=slice(1, None)).sum("leader")
    assert (over.values <= away.values).all() and over.values.min(initial=0) >= 0
    control, way = made["control"].values, made["way"].values
    moved = control[..., 1:, :] != control[..., :-1, :]
    np.testing.assert_array_equal(moved, way[..., 1:, :] > 0)
    assert not way[..., 0, :].any()
    nobody = made.sizes["side"] - 1
    assert control.min() >= 0 and control.max() <= nobody
    assert ((control == nobody) == (control[..., :1, :] == nobody)).all()
    first = made["displaced"].values[..., 0, :]  # those of before init: the same in every member
    assert (first == first[..., :1, :]).all() and not made["arrivals"].values[..., 0, :, :].any()
