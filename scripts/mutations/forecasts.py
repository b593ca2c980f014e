"""Forecast files: bytes put in, over or taken out; variables, dimensions and attributes that cannot be."""

from __future__ import annotations

import random
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import h5py
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "importers"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "helpers"))

from mutations.runner import Kind

ODD: list[Any] = [
    *(np.nan, np.inf, -np.inf, -1, 0, 1, 2**31, -(2**40), 1e300, 7.5, True),
    *(
        "",
        "x",
        "../../etc",
        "{",
        "[" * 5000,
        "\x1b[31mred",
        "\u202egnp",
        "2031-99-99",
        "9" * 400,
        "none",
        "[1, 2]",
        "NaN",
    ),
    *(b"\xff\xfe", "days since -4713-01-01", "fortnights since yesterday", np.arange(5), np.array([], float)),
]
NAMES = (
    *(
        "units",
        "calendar",
        "_FillValue",
        "scale_factor",
        "add_offset",
        "missing_value",
        "dtype",
        "coordinates",
    ),
    *("flag_values", "flag_meanings", "DIMENSION_LIST", "CLASS", "_NCProperties", "grid_mapping", "bounds"),
)


def make(folder: Path) -> list[Path]:
    """A forecast, one with reports, both without members, and a what-if."""
    import quick

    import headlong as hl
    from headlong.case import open_case
    from headlong.forecast.pieces.digest import digest_of

    case = open_case("chad-2008")
    made = {
        "plain": quick.forecast(case, days=3, members=4, control="history"),
        "reports": quick.forecast(case, days=3, members=4),
        "what-if": quick.what_if(case, "leaders-stay", case.init + timedelta(days=1), days=3, members=4),
    }
    made |= {f"{name}-chances": digest_of(made[name]) for name in ("plain", "reports")}
    for name, forecast in made.items():
        hl.save(forecast, folder / f"{name}.sound")
    return [folder / f"{name}.sound" for name in made]


def damage(sound: object, root: Path, luck: random.Random) -> Path:
    """Write a damaged copy of one."""
    assert isinstance(sound, list)
    path = root / "damaged.nc"
    shutil.copy(luck.choice(sound), path)
    if luck.random() < 0.35:
        import samples

        path.write_bytes(samples.mutate(path.read_bytes(), luck))
        return path
    with h5py.File(path, "r+") as file:
        for _ in range(luck.choice((1, 1, 2, 4))):
            try:
                luck.choice(CHANGES)(file, luck)
            except Exception:
                continue  # what HDF5 itself does not let one write
    return path


def _any(file: h5py.File, luck: random.Random) -> str:
    return luck.choice(sorted(file))


def _drop(file: h5py.File, luck: random.Random) -> None:
    del file[_any(file, luck)]


def _value(file: h5py.File, luck: random.Random) -> None:
    held = file[_any(file, luck)]
    at = tuple(luck.randrange(n) for n in held.shape)
    held[at if luck.random() < 0.7 else ...] = luck.choice(ODD)


def _cast(file: h5py.File, luck: random.Random) -> None:
    name = _any(file, luck)
    values, attrs = file[name][...], dict(file[name].attrs)
    kind = luck.choice(["f4", "i8", "i1", "u8", "f8", "?", "S3", "c8"])
    del file[name]
    file.create_dataset(name, data=values.astype(kind))
    if luck.random() < 0.8:
        for key in ("DIMENSION_LIST", "_Netcdf4Coordinates", "_Netcdf4Dimid"):
            if key in attrs:
                file[name].attrs[key] = attrs[key]


def _shape(file: h5py.File, luck: random.Random) -> None:
    name = _any(file, luck)
    values = file[name][...]
    del file[name]
    many = luck.choice([0, 1, 2, 7, 10**6, 10**12, 10**15])
    shape = luck.choice([(many,), (*values.shape, many), (many, *values.shape[1:]), ()])
    file.create_dataset(name, shape=shape, dtype="f8", chunks=tuple(min(max(n, 1), 100) for n in shape) or None,
                        maxshape=tuple(None for _ in shape) or None, compression="gzip" if shape else None)  # fmt: skip


def _attribute(file: h5py.File, luck: random.Random) -> None:
    held = file if luck.random() < 0.6 else file[_any(file, luck)]
    keys = sorted(held.attrs) if held is file or luck.random() < 0.3 else list(NAMES)
    key = luck.choice(keys)
    if luck.random() < 0.15:
        del held.attrs[key]
    else:
        held.attrs[key] = luck.choice(ODD)


def _link(file: h5py.File, luck: random.Random) -> None:
    name = _any(file, luck)
    del file[name]
    file[name] = luck.choice([h5py.SoftLink("/control"), h5py.ExternalLink("/dev/zero", "/x"), h5py.SoftLink("/nowhere")])  # fmt: skip  # noqa: E501


def _swap(file: h5py.File, luck: random.Random) -> None:
    one, two = _any(file, luck), _any(file, luck)
    file.move(one, "aside")
    file.move(two, one)
    file.move("aside", two)


def _more(file: h5py.File, luck: random.Random) -> None:
    luck.choice([
        lambda: file.create_group("more"),
        lambda: file.create_dataset("x_more", data=np.arange(3)),
        lambda: file.create_dataset("outside", shape=(10,), dtype="u1", external=[("/dev/zero", 0, 10)]),
        lambda: file.__setitem__("kind of", np.dtype("f8")),
    ])()  # fmt: skip


CHANGES = [
    _drop,
    _value,
    _value,
    _value,
    _cast,
    _shape,
    _attribute,
    _attribute,
    _attribute,
    _link,
    _swap,
    _more,
]


def use(sound: object, path: Path) -> None:
    """Load it; if it has members, sum it up and write it in each light form; find its request again."""
    import headlong as hl
    from headlong.forecast.file.reading import load_forecast
    from headlong.forecast.pieces.digest import has_no_members
    from headlong.forecast.results.request_in_file import request_of
    from headlong.forecast.results.what_if import summarise_what_if
    from headlong.view.page.payload import payload
    from headlong.view.tables.write import write_as

    found = load_forecast(path)
    if has_no_members(found):
        request_of(found)
        return
    (summarise_what_if if "arm" in found.dims else hl.summarise)(found)
    payload(found)
    for ending in (".csv", ".md", ".geojson"):
        write_as(found, path.with_name(f"out{ending}"))
    request_of(found)


KIND = Kind(make, damage, use)
