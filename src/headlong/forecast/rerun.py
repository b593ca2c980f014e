"""A forecast run again from its file, and compared bit by bit: all it needs beside is its case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from headlong.case import Case
from headlong.forecast.api import compare, counted, run
from headlong.forecast.pieces.digest import digest_of, has_no_members
from headlong.forecast.results.request_in_file import request_of
from headlong.forecast.settings import Runtime

if TYPE_CHECKING:
    import xarray as xr

    from headlong.forms import Form


def rerun(
    forecast: xr.Dataset,
    case: Case | str | Path | None = None,
    runtime: Runtime | None = None,
    form: Form | None = None,
) -> xr.Dataset:
    """Make a forecast again from its file: the same bits with the same version and libraries.

    Parameters
    ----------
    forecast, case, form
        As in `request_of`.
    runtime : Runtime, optional
        How it is run.
    """
    request, how = request_of(forecast, case, form), runtime or Runtime()
    if has_no_members(forecast):
        return as_kept(counted(request, how)[0], forecast)
    return compare(request, how) if "arm" in forecast.dims else run(request, how)


def as_kept(made: xr.Dataset, forecast: xr.Dataset) -> xr.Dataset:
    """With what an archive added when it kept the forecast: when that was, and the hash of all."""
    return made.assign_attrs(
        {k: forecast.attrs[k] for k in ("kept_at", "content_hash") if k in forecast.attrs}
    )


def rerun_both(
    forecast: xr.Dataset,
    case: Case | str | Path | None,
    runtime: Runtime,
    form: Form | None = None,
    *,
    whole: bool,
) -> tuple[xr.Dataset, xr.Dataset]:
    """What is to be kept of a forecast made again, and what is to be compared with its file.

    Both are the same, but for a file without members of which the whole forecast is to be kept.
    """
    if not (whole and has_no_members(forecast)):
        again = rerun(forecast, case, runtime, form)
        return again, again
    again = run(request_of(forecast, case, form), runtime)
    return again, as_kept(digest_of(again), forecast)


def differences(one: xr.Dataset, other: xr.Dataset) -> list[str]:
    """Names of variables and attributes in which two forecasts differ by any bit."""
    names = sorted(map(str, {*one.variables, *other.variables}))
    found = [
        n for n in names if n not in one.variables or n not in other.variables or not _same(one[n], other[n])
    ]
    attrs = sorted({*one.attrs, *other.attrs})
    return found + [f"attribute {n}" for n in attrs if str(one.attrs.get(n)) != str(other.attrs.get(n))]


def _same(one: xr.DataArray, other: xr.DataArray) -> bool:
    a, b = one.values, other.values
    if one.dims != other.dims or a.shape != b.shape:
        return False
    if a.dtype.kind in "biufM":
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return [str(x) for x in a.ravel()] == [str(x) for x in b.ravel()]
