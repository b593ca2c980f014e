"""Write the atlas of wars as a data package: tables of all bundled cases, a datapackage.json, sources, a CITATION.cff.

    python scripts/make_atlas.py [--out build/atlas]

Facts and codings, CC BY 4.0; README.md in the folder says what rests on what. The folder is not committed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from docsite.data_package import write_atlas


def main() -> None:
    """Write it, and say how much it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "atlas")
    asked = parser.parse_args()
    counts = write_atlas(asked.out)
    print(
        f"Wrote {asked.out}: " + ", ".join(f"{table} {rows:,}" for table, rows in counts.items()) + " rows."
    )


if __name__ == "__main__":
    main()
