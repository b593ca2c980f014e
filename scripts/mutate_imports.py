"""Bring in thousands of damaged files of every kind: each is taken, or answered with findings or a clear refusal.

    python scripts/mutate_imports.py [COUNT] [--seed 1] [--kind flee]

Prints how many of each kind were taken and refused, the slowest, and the memory at the end; ends with 1 if any ended in
another exception, took longer than LIMIT seconds, or was refused without a word.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "importers"))

import samples

from headlong.case import check
from headlong.case.rows import Side
from headlong.errors import HeadlongError
from headlong.importers.control.changes import import_control
from headlong.importers.events.code_events import import_events
from headlong.importers.flee.conflict import import_flee
from headlong.importers.folder import Folder
from headlong.importers.ground.places import import_places
from headlong.importers.xlsx import import_workbook

LIMIT = 20.0  # seconds


def make(folder: Path) -> dict[str, list[Path]]:
    """Write one sound source of each kind; return its files."""
    towns = samples.TOWNS.items()
    texts = {
        "acled/a.csv": samples.acled(), "ucdp/a.csv": samples.ged(), "places/a.csv": samples.gazetteer(";"),
        "boundaries/a.geojson": samples.features(
            [(samples.square(lat, lon), {"ADM2_EN": n, "ADM2_PCODE": "X"}) for n, (lat, lon, *_) in towns]),
        "table/a.csv": "place,date,holder\nBeta,2031-01-01,Government\nGamma,2031-01-05,Guild\n",
        "json/a.json": '[{"place": "Beta", "date": "2031-01-01", "holder": "Guild"}]',
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text)
    samples.daily_control(folder / "control", days=2)
    samples.flee(folder / "flee")
    from headlong.case import open_case
    from headlong.importers.xlsx import export_case

    (folder / "xlsx").mkdir()
    export_case(open_case("chad-2008"), folder / "xlsx" / "a.xlsx")
    try:
        write_layer(folder / "layer")
    except ImportError:
        print("pyogrio is not here: no GeoPackage is tried")
    return {p.name: sorted(f for f in p.rglob("*") if f.is_file()) for p in sorted(folder.iterdir())}


def write_layer(folder: Path) -> None:
    """Write a GeoPackage of who holds what."""
    import numpy as np
    import pyogrio
    import shapely

    folder.mkdir()
    spots = [shapely.to_wkb(shapely.box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)) for lat, lon, *_ in samples.TOWNS.values()]  # fmt: skip  # noqa: E501
    columns = [np.array(["Guild"] * 5, object), np.array(["2031-01-01"] * 5, object)]
    pyogrio.raw.write(folder / "a.gpkg", np.array(spots, object), columns, ["holder", "date"], geometry_type="Polygon",
                      crs="EPSG:4326")  # fmt: skip


def bring(kind: str, source: Path, case: Path) -> None:
    """Bring a source in, as the command line would."""
    if kind not in ("places", "boundaries", "flee", "xlsx"):
        shutil.copytree(case.parent / "towns", case)
    folder = Folder(case, "replace")
    first = next(iter(sorted(source.glob("a.*"))), source)
    if kind in ("acled", "ucdp"):
        import_events(kind, first, folder, clashes=True)
    elif kind in ("places", "boundaries"):
        import_places(str(first), folder, None, 0, 100, None)
    elif kind == "xlsx":
        import_workbook(first, folder)
    elif kind == "flee":
        import_flee(source, folder)
    else:
        import_control(source if kind == "control" else first, folder)


def once(kind: str, files: list[Path], root: Path, luck: random.Random) -> str:
    """Damage one file of a kind, bring it in, and say what came of it."""
    source, case = root / "source", root / "case"
    for path in (source, case):
        shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(root / "sound" / kind, source)
    hit = source / luck.choice(files).relative_to(root / "sound" / kind)
    inside = hit.suffix == ".xlsx" and luck.random() < 0.8
    hit.write_bytes((samples.mutate_workbook if inside else samples.mutate)(hit.read_bytes(), luck))
    try:
        bring(kind, source, case)
    except HeadlongError as error:
        return "refused" if str(error).strip() else "refused without a word"
    except Exception:
        traceback.print_exc()
        shutil.copy(hit, Path(tempfile.gettempdir()) / f"mutated-{kind}-{hit.name}")
        return "FAULT"
    return "taken, findings" if check(case) else "taken"


def main() -> int:
    """Try all kinds in turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="one kind alone")
    asked = parser.parse_args()
    luck, came, slowest = random.Random(asked.seed), Counter(), (0.0, "")
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "sound").mkdir()
        kinds = make(root / "sound")
        if asked.kind:
            kinds = {asked.kind: kinds[asked.kind]}
        (root / "towns.csv").write_text(samples.gazetteer())
        towns = Folder(root / "towns")
        import_places(str(root / "towns.csv"), towns, None, 0, 100, None)
        sides = [Side("government", "Government", "incumbent"), Side("guild", "Guild", "insurgent")]
        towns.write_settings("Moorland", date(2030, 12, 31), sides)
        towns.commit()
        for kind in kinds:
            bring(kind, root / "sound" / kind, root / "case")
            shutil.rmtree(root / "case")
        for number in range(asked.count):
            kind = list(kinds)[number % len(kinds)]
            before = time.process_time()
            came[kind, once(kind, kinds[kind], root, luck)] += 1
            took = time.process_time() - before
            slowest = max(slowest, (took, kind))
    for (kind, what), many in sorted(came.items()):
        print(f"{kind:12} {what:24} {many:6,}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{asked.count:,} files; the slowest took {slowest[0]:.2f} CPU seconds ({slowest[1]}); memory {memory:,.0f} MiB"
    )
    bad = sum(many for (_, what), many in came.items() if what in ("FAULT", "refused without a word"))
    return 1 if bad or slowest[0] > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
