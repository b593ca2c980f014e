"""Build the site of the documents: pages, reference, gallery of examples, atlas of wars.

    python scripts/build_docs.py [--out build/docs] [--light]

The site is OUT/html/index.html. With --light the examples are not run. Needs `headlong[docs]` and, for the figures of
the examples, `headlong[plots]`. Nothing is fetched. A broken link between pages stops it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from docsite.assemble import assemble


def main() -> int:
    """Lay out the source tree and let Sphinx build it; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "docs")
    parser.add_argument("--light", action="store_true", help="do not run the examples")
    asked = parser.parse_args()
    source = asked.out / "source"
    assemble(source, run=not asked.light)
    from sphinx.cmd.build import main as sphinx

    code = sphinx(["-q", "-W", "--keep-going", "-b", "html", str(source), str(asked.out / "html")])
    if code == 0:
        print(f"Built {asked.out / 'html' / 'index.html'}.")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
