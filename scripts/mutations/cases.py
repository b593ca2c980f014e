"""Case folders: bytes put in, over or taken out of any table, files that are missing, folders, links or huge."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HERE / "tests" / "importers"), str(HERE / "tests" / "helpers")]

from mutations.runner import Kind

CELLS = (
    *(b"nan", b"1e999", b"-5", b"2031-13-40", b"0001-01-01", b"9999-12-31"),
    *(b"\x9b31m", "\u202egnp".encode(), b"x" * 20_000, b"=1+1"),
)


def make(folder: Path) -> list[Path]:
    """A small case, invented, with every table, and a bundled one."""
    import toyland

    small = folder / "toyland"
    small.mkdir()
    for name, text in toyland.SMALL.items():
        (small / name).write_text(text)
    shutil.copytree(HERE / "cases" / "chad-2008", folder / "chad-2008")
    return [small, small, folder / "chad-2008"]


def damage(sound: object, root: Path, luck: random.Random) -> Path:
    """Write a damaged copy."""
    import samples

    assert isinstance(sound, list)
    source = luck.choice(sound)
    path = root / "damaged" / source.name
    shutil.rmtree(root / "damaged", ignore_errors=True)
    shutil.copytree(source, path)
    for _ in range(luck.choice((1, 1, 2, 3))):
        file = luck.choice(sorted(path.iterdir()))
        chance = luck.random()
        if not file.is_file() or file.is_symlink():
            continue
        if chance < 0.03:
            file.unlink()
        elif chance < 0.05:
            file.unlink()
            file.mkdir()
        elif chance < 0.07:
            file.unlink()
            file.symlink_to(luck.choice((path, Path("/dev/zero"), Path("/dev/null"), path / file.name)))
        elif chance < 0.2:
            file.write_bytes(_table(file.read_bytes(), luck))
        else:
            file.write_bytes(samples.mutate(file.read_bytes(), luck))
    return path


def _table(raw: bytes, luck: random.Random) -> bytes:
    """Rows repeated, columns swapped, cells that cannot be."""
    rows = raw.split(b"\n")
    at = luck.randrange(len(rows))
    kind = luck.randrange(5)
    if kind == 0:
        rows[at:at] = [rows[at]] * luck.choice((1, 3, 2000))
    elif kind == 1:
        luck.shuffle(rows)
    elif kind == 2:
        cells = rows[at].split(b",")
        luck.shuffle(cells)
        rows[at] = b",".join(cells)
    elif kind == 3:
        cells = rows[at].split(b",")
        cells[luck.randrange(len(cells))] = luck.choice(CELLS)
        rows[at] = b",".join(cells)
    else:
        rows[at] = rows[at] + b"," * luck.choice((1, 50, 5000))
    return b"\n".join(rows)


def use(sound: object, path: Path) -> None:
    """Read it as every verb does; a case that is in order is laid out for a forecast."""
    from headlong.case import read
    from headlong.forecast.request import Request
    from headlong.inputs.geography import read_map

    case = read(path)
    request = Request(case=case, days=3, members=2)
    read_map(request.past)


KIND = Kind(make, damage, use)
