"""A file read back: nothing in it is believed before it is seen to be what a file of ours holds."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headlong.capacity import must_fit, size
from headlong.errors import BadRequest
from headlong.forecast.file.checks import faults_of_attributes, faults_of_layout, faults_of_values
from headlong.forecast.file.layout import AHEAD, COORDINATES

if TYPE_CHECKING:
    import xarray as xr

SHOWN = 20
"""Findings that are said one by one."""
SHRINKS = 1100
"""Deflate makes nothing smaller than by this factor: a file that says it holds more is a trap."""
SPARE = 10_000_000  # bytes that no file is too small to hold

REMEDY = "Take a copy that is whole, or make it again with `headlong forecast CASE --out FILE`."


def load(path: str | Path) -> xr.Dataset:
    """Read a forecast that `save` wrote.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    xarray.Dataset
        As from `headlong.forecast`, read into memory.

    Raises
    ------
    BadRequest
        There is no such file, it is not a forecast, or what stands in it cannot be true: all findings at once.
    """
    if not Path(path).is_file():
        if Path(path).exists():
            raise BadRequest(f"{path} is a folder or a device, not a NetCDF file. Name the file in it.")
        raise BadRequest(f"no file {path}. Make a forecast with `headlong forecast CASE --out FILE`.")
    _refuse_traps(path)
    found = _opened(path)
    try:
        if not str(found.attrs.get("schema", "")).startswith("headlong-"):
            raise BadRequest(f"{path} is a NetCDF file, but not a forecast of Headlong.")
        _refuse(path, [*faults_of_attributes(found), *faults_of_layout(found)])
        must_fit(2 * int(found.nbytes), f"the members of {path}", "Read it on a machine with more.")
        with _unreadable(path):
            found.load()
    finally:
        found.close()
    _refuse(path, faults_of_values(found))
    return found.set_coords([name for name in COORDINATES if name in found])


def load_forecast(path: str | Path) -> xr.Dataset:
    """Read a file that must hold a forecast, with members or without, or a what-if; no nowcast and no scores.

    Parameters
    ----------
    path : str or Path
        The file.
    """
    found = load(path)
    if str(found.attrs["schema"]) not in AHEAD:
        raise BadRequest(
            f"{path} holds {found.attrs['schema']}, not a forecast. Make one with `headlong forecast CASE --out FILE`."
        )
    return found


class _unreadable:
    """Makes of whatever HDF5 and its readers raise one line that says which file is damaged."""

    def __init__(self, path: str | Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, MemoryError):
            raise BadRequest(f"{self.path} holds more than there is memory for.") from None
        if isinstance(error, Exception) and not isinstance(error, BadRequest):
            why = " ".join(str(error).split())[:160] or type(error).__name__
            raise BadRequest(f"{self.path} is not a NetCDF file that can be read: {why}. {REMEDY}") from None


def _opened(path: str | Path) -> xr.Dataset:
    """The file, of which nothing but names and sizes is read."""
    import xarray as xr

    with _unreadable(path):
        return xr.open_dataset(path, engine="h5netcdf", cache=False, decode_timedelta=False)


def _refuse_traps(path: str | Path) -> None:
    """Refuse what lies outside the file, and what would unpack to more than the file can hold."""
    import h5py

    with _unreadable(path), h5py.File(path, "r") as file:
        most = SHRINKS * os.path.getsize(path) + SPARE
        for name in file:
            _refuse(path, _traps(file, name, most))


def _traps(file: Any, name: str, most: int) -> Iterator[str]:
    import h5py

    if not isinstance(file.get(name, getlink=True), h5py.HardLink):
        yield f"variable '{name}' is a link"
        return
    held = file[name]
    if not isinstance(held, h5py.Dataset):
        yield f"'{name}' is no variable"
        return
    if held.external or held.is_virtual:
        yield f"variable '{name}' lies in another file"
    if held.shape is None:
        yield f"variable '{name}' is empty"
    elif held.size * held.dtype.itemsize > most:
        yield f"variable '{name}' would take {size(held.size * held.dtype.itemsize)}, more than the file can hold"


def _refuse(path: str | Path, faults: Iterable[str]) -> None:
    """Say all that is wrong, if anything is."""
    found = list(faults)
    if found:
        lines = [f"{path}: {fault}." for fault in found[:SHOWN]]
        lines += [f"{path}: and {len(found) - SHOWN} more."] if len(found) > SHOWN else []
        raise BadRequest("\n".join([*lines, f"It is damaged, or not a forecast of Headlong. {REMEDY}"]))
