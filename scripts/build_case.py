"""Make a case folder from a facts folder: python scripts/build_case.py FACTS_DIR OUT_DIR."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

from facts.build import build
from headlong.errors import HeadlongError


def main(arguments: list[str]) -> int:
    """Build one case; return the exit code."""
    if len(arguments) != 2:
        print("usage: python scripts/build_case.py FACTS_DIR OUT_DIR", file=sys.stderr)
        return 2
    try:
        for line in build(Path(arguments[0]), Path(arguments[1])):
            print(line)
    except HeadlongError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
