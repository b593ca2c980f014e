"""A box of named columns: what the page is fed with. docs/page.md describes it byte by byte.

``HLPG``, a version, the length of a JSON header, the header, then the columns one after the other.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headlong.errors import BadRequest

MAGIC = b"HLPG"
VERSION = 2
DTYPES = ("uint8", "uint16", "uint32", "int8", "int16", "int32", "float32")
EDGE = 8
"""Columns start at multiples of this [bytes]."""


class Changes(NamedTuple):
    """Whole histories of N things in M members, as what they start from and what changes.

    Parameters
    ----------
    base : ndarray
        Value most members have on day 0 (N).
    number : ndarray
        Number of changes (N, M); a member that differs from `base` on day 0 has a change on day 0.
    day, value : ndarray
        Days from the change before in the same member, or from day 0, to each change, by thing, then member, then day;
        the value from then on, exclusive-or the one before.
    where : tuple of ndarray
        Member, day and thing of each change: picks other variables at the changes.
    """

    base: NDArray[np.uint8]
    number: NDArray[np.uint8]
    day: NDArray[np.uint16]
    value: NDArray[np.uint8]
    where: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def changes(values: NDArray[Any]) -> Changes:
    """Turn values (member, day, thing) into changes."""
    members, days, things = values.shape
    base = np.array([np.bincount(values[:, 0, n]).argmax() for n in range(things)], np.uint8)
    count = np.zeros((things, members), np.uint8)
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], int]] = []
    for n in range(things):  # one thing at a time: memory stays small
        own = values[:, :, n]
        moved = np.empty((members, days), bool)
        moved[:, 0] = own[:, 0] != base[n]
        np.not_equal(own[:, 1:], own[:, :-1], out=moved[:, 1:])
        number = moved.sum(axis=1)
        if number.max(initial=0) > 255:
            raise BadRequest("something changes more than 255 times in one member: too often for a page.")
        count[n] = number
        rows, columns = np.nonzero(moved)
        found.append((rows, columns, n))
    none = np.zeros(0, np.int64)
    member = np.concatenate([none, *(f[0] for f in found)])
    day = np.concatenate([none, *(f[1] for f in found)])
    thing = np.concatenate([none, *(np.full(len(f[0]), f[2]) for f in found)])
    value = values[member, day, thing].astype(np.uint8)
    before = np.where(day > 0, values[member, np.maximum(day, 1) - 1, thing].astype(np.uint8), base[thing])
    since = np.diff(day, prepend=0)
    later = np.r_[False, (np.diff(member) == 0) & (np.diff(thing) == 0)][: len(day)]
    since = np.where(later, since, day)
    return Changes(base, count, since.astype(np.uint16), value ^ before, (member, day, thing))


def in_fours(number: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """Numbers below 4 (N, M), four in a byte, the first in its lowest two bits; None where one is larger."""
    if number.max(initial=0) > 3:
        return None
    wide = np.pad(number, ((0, 0), (0, -number.shape[1] % 4)))
    return np.asarray(wide[:, 0::4] | wide[:, 1::4] << 2 | wide[:, 2::4] << 4 | wide[:, 3::4] << 6)


def out_of_fours(packed: NDArray[np.uint8], members: int) -> NDArray[np.uint8]:
    """Numbers that `in_fours` packed."""
    apart = packed[:, :, None] >> np.array([0, 2, 4, 6], np.uint8) & 3
    return np.asarray(apart.reshape(len(packed), -1)[:, :members])


def unfold(base: NDArray, count: NDArray, day: NDArray, value: NDArray, days: int) -> NDArray[np.uint8]:
    """Values (member, day, thing) that `changes` was given."""
    things, members = count.shape
    whole = np.empty((members, days, things), np.uint8)
    whole[:] = base
    k = 0
    for n in range(things):
        for m in range(members):
            now = 0
            for _ in range(count[n, m]):
                now += int(day[k])
                whole[m, now:, n] ^= value[k]
                k += 1
    return whole


def log_codes(amounts: NDArray[Any], top: float, dtype: str) -> NDArray[Any]:
    """Write amounts from 0 to `top` as whole numbers, evenly spaced on the scale log(1 + x)."""
    steps = np.iinfo(dtype).max
    share = np.log1p(np.maximum(amounts, 0.0)) / np.log1p(max(top, 1.0))
    return np.rint(np.minimum(share, 1.0) * steps).astype(dtype)


def from_codes(codes: NDArray[Any], top: float) -> NDArray[np.float64]:
    """Amounts behind `log_codes`."""
    steps = np.iinfo(codes.dtype).max
    return np.expm1(codes / steps * np.log1p(max(top, 1.0)))


PageColumns = dict[str, NDArray[Any]]
"""Columns of a page by name."""


def pack(header: Mapping[str, Any], columns: Mapping[str, NDArray[Any]]) -> bytes:
    """Put a header and columns into one box."""
    index, parts, at = [], [], 0
    for name, column in columns.items():
        if column.dtype.name not in DTYPES:
            raise TypeError(f"column {name} is {column.dtype}: not one of {', '.join(DTYPES)}")
        flat = np.ascontiguousarray(column, column.dtype.newbyteorder("<")).reshape(-1)
        body = (
            flat.view(np.uint8).reshape(-1, column.dtype.itemsize).T.tobytes()
        )  # all lowest bytes, then the next
        index.append({"name": name, "dtype": column.dtype.name, "shape": list(column.shape), "at": at})
        pad = -len(body) % EDGE
        parts += [body, b"\0" * pad]
        at += len(body) + pad
    text = json.dumps(
        {**header, "columns": index}, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    raw = text.encode()
    raw += b" " * (-(len(raw) + 12) % EDGE)
    return MAGIC + struct.pack("<II", VERSION, len(raw)) + raw + b"".join(parts)


def unpack(box: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Header and columns of a box."""
    if box[:4] != MAGIC:
        raise BadRequest("not the payload of a Headlong page.")
    version, length = struct.unpack("<II", box[4:12])
    if version != VERSION:
        raise BadRequest(f"payload of version {version}; this Headlong reads version {VERSION}.")
    header = json.loads(box[12 : 12 + length])
    columns = {}
    for entry in header["columns"]:
        dtype = np.dtype(entry["dtype"]).newbyteorder("<")
        size = int(np.prod(entry["shape"], dtype=np.int64))
        raw = np.frombuffer(box, np.uint8, size * dtype.itemsize, 12 + length + entry["at"])
        whole = np.ascontiguousarray(raw.reshape(dtype.itemsize, -1).T).reshape(-1).view(dtype)
        columns[entry["name"]] = whole.reshape(entry["shape"])
    return header, columns
