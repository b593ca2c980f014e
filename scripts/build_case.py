"""Make case folders from facts folders.

    python scripts/build_case.py FACTS_DIR OUT_DIR          one
    python scripts/build_case.py --all FACTS_ROOT [NAME ...]    the bundled ones, into cases/

The work is done by tools/casebuild; docs/facts-format.md says what a facts folder holds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

from casebuild.build import build, build_all
from headlong.errors import HeadlongError


def main(arguments: list[str]) -> int:
    """Build one case, or all; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="the bundled ones, into cases/")
    parser.add_argument("facts", type=Path, help="facts folder, or with --all the folder of them")
    parser.add_argument("rest", nargs="*", metavar="OUT_DIR | NAME", help="where to, or with --all which")
    asked = parser.parse_args(arguments)
    if not asked.all and len(asked.rest) != 1:
        parser.error("one facts folder and one folder to write, please")
    try:
        if asked.all:
            lines = build_all(asked.facts, ROOT / "cases", asked.rest)
        else:
            lines = build(asked.facts, Path(asked.rest[0]))
        for line in lines:
            print(line, flush=True)
    except HeadlongError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
