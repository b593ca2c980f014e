"""Make case folders from facts folders.

    python scripts/build_case.py FACTS_DIR OUT_DIR          one
    python scripts/build_case.py --all FACTS_ROOT [NAME ...]    the bundled ones, into cases/

The work is done by tools/casebuild; docs/facts-format.md says what a facts folder holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

from casebuild.build import build, build_all
from headlong.errors import HeadlongError

USAGE = """usage: python scripts/build_case.py FACTS_DIR OUT_DIR
       python scripts/build_case.py --all FACTS_ROOT [NAME ...]"""


def main(arguments: list[str]) -> int:
    """Build one case, or all; return the exit code."""
    everything = arguments[:1] == ["--all"]
    if len(arguments) < 2 or (len(arguments) != 2 and not everything):
        print(USAGE, file=sys.stderr)
        return 2
    try:
        if everything:
            lines = build_all(Path(arguments[1]), ROOT / "cases", arguments[2:])
        else:
            lines = build(Path(arguments[0]), Path(arguments[1]))
        for line in lines:
            print(line, flush=True)
    except HeadlongError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
