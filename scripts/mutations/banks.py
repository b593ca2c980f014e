"""Banks: bytes damaged, arrays of other shapes and kinds, numbers that cannot be, sizes that lie."""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "importers"))

from mutations.runner import Kind

ODD = (np.nan, np.inf, -np.inf, -1.0, 0.0, 1e30, -1e30, 101.0)
TEXTS: tuple[Any, ...] = (
    None,
    [],
    {},
    5,
    "x",
    "\u202e",
    ["a"],
    {"a": 1},
    [[]],
    "[" * 9000,
    True,
    ["a", "b", "c"],
)


def make(folder: Path) -> bytes:
    """A small sound bank."""
    from headlong.inference.bank import bank_for, save_bank

    whole = bank_for("a-war-of-ones-own")
    save_bank(
        whole._replace(theta=whole.theta[:50], base=whole.base[:50], told=whole.told[:50]),
        folder / "sound.npz",
    )
    return (folder / "sound.npz").read_bytes()


def damage(sound: object, root: Path, luck: random.Random) -> Path:
    """Write a damaged copy."""
    import samples

    assert isinstance(sound, bytes)
    path = root / "damaged.npz"
    if luck.random() < 0.3:
        path.write_bytes(samples.mutate(sound, luck))
        return path
    with np.load(io.BytesIO(sound)) as found:
        parts: dict[str, Any] = dict(found)
    meta = json.loads(parts["meta"].tobytes())
    for _ in range(luck.choice((1, 1, 2, 4))):
        luck.choice((_number, _number, _shape, _kind, _drop, _text, _text))(parts, meta, luck)
    if "meta" in parts:
        parts["meta"] = np.frombuffer(json.dumps(meta).encode(), np.uint8)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, array in parts.items():
            box = io.BytesIO()
            np.lib.format.write_array(box, np.asarray(array), allow_pickle=True)
            raw = box.getvalue()
            if luck.random() < 0.1:
                raw = _lie(raw, luck)
            packed.writestr(f"{name}.npy", samples.mutate(raw, luck) if luck.random() < 0.1 else raw)
    return path


def _lie(raw: bytes, luck: random.Random) -> bytes:
    """A head that speaks of a hundred million million numbers."""
    return raw.replace(b"(50,", luck.choice((b"(99999999999999,", b"(-1,", b"(0,", b"(5,"))[:4], 1)


def _number(parts: dict[str, Any], meta: dict[str, Any], luck: random.Random) -> None:
    array = np.array(
        parts.get("theta" if luck.random() < 0.5 else luck.choice(("base", "told")), np.zeros(1))
    )
    if array.dtype.kind == "f" and array.size:
        array.flat[luck.randrange(array.size)] = luck.choice(ODD)
        parts[{2: "theta", 1: "base"}.get(array.ndim, "told")] = array


def _shape(parts: dict[str, Any], meta: dict[str, Any], luck: random.Random) -> None:
    name = luck.choice(sorted(parts))
    parts[name] = luck.choice(
        (parts[name][:3], parts[name].ravel(), np.zeros(0), np.float64(3.0), np.zeros((2, 2, 2)))
    )


def _kind(parts: dict[str, Any], meta: dict[str, Any], luck: random.Random) -> None:
    name = luck.choice(sorted(parts))
    parts[name] = np.asarray(parts[name]).astype(luck.choice(("i1", "f2", "c8", "?", "S1", "O")))


def _drop(parts: dict[str, Any], meta: dict[str, Any], luck: random.Random) -> None:
    parts.pop(luck.choice(sorted(parts)), None) if len(parts) > 1 else None


def _text(parts: dict[str, Any], meta: dict[str, Any], luck: random.Random) -> None:
    name = luck.choice(sorted(meta) or ["wars"])
    if luck.random() < 0.4 and isinstance(meta.get(name), list) and meta[name]:
        meta[name][luck.randrange(len(meta[name]))] = luck.choice(TEXTS)
    else:
        meta[name] = luck.choice(TEXTS)


def use(sound: object, path: Path) -> None:
    """Read it, and draw from it."""
    from headlong.inference.bank import bank_hash, load_bank

    bank = load_bank(path)
    assert np.isfinite(bank.draws.theta).all() and abs(bank.draws.weight.sum() - 1.0) < 1e-6
    bank_hash(bank)
    bank.without(["chad-2008"])


KIND = Kind(make, damage, use)
