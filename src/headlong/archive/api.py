"""The verb in Python: an archive of daily forecasts."""

from __future__ import annotations

from pathlib import Path

from headlong.archive.archive import Archive


def archive(folder: str | Path) -> Archive:
    """Open an archive of daily forecasts, or name the folder of a new one.

    Parameters
    ----------
    folder : str or Path
        The folder; `Archive.keep` makes it.

    Returns
    -------
    Archive
        ``.keep(case, ["2021-08-12"])`` keeps forecasts, ``.dataset()`` gives all as one `xarray.Dataset` with the
        dimensions `init, place, side, lead`, ``.moved()`` what moved, ``.score()`` how good they were.

    Raises
    ------
    BadRequest
        It is a file, a case, or a folder that holds other things.
    """
    return Archive(folder)
