"""A forecast written to one NetCDF file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from headlong.files import check_target, write_bytes

if TYPE_CHECKING:
    import xarray as xr


def save(forecast: xr.Dataset, path: str | Path) -> None:
    """Write a forecast to one NetCDF file, whole or not at all.

    HDF5 ends the process where a disk is full or a file reaches its limit, so it writes to memory; the file is
    written from there.

    Parameters
    ----------
    forecast : xarray.Dataset
        From `headlong.forecast` or `headlong.what_if`.
    path : str or Path
        File to write; replaced if it exists.

    Returns
    -------
    None

    Raises
    ------
    BadRequest
        The file cannot be written: why, and what to do; an older one is then as it was.
    """
    check_target(path)
    packed = {
        name: {"zlib": True, "complevel": 1}
        for name, v in forecast.variables.items()
        if v.dtype.kind in "iuf"
    }
    box = io.BytesIO()
    forecast.to_netcdf(box, engine="h5netcdf", encoding=packed)
    write_bytes(path, box.getbuffer())
