"""Damage thousands of inputs of one kind; each is taken, or answered with findings or a clear refusal.

    python scripts/mutate_files.py KIND [COUNT] [--seed 1] [--keep FOLDER]

KIND is one of forecasts, banks, cases (folders) and texts (to read). `scripts/mutate_imports.py` does the same for
other people's files. Prints how often each thing came of it; ends with 1 if any ended in another exception, took
longer than it should, or ended the process.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mutations.runner import run

KINDS = ("forecasts", "banks", "cases", "texts")


def main() -> int:
    """Damage and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that end in a fault")
    asked = parser.parse_args()
    kind = import_module(f"mutations.{asked.kind}").KIND
    came = run(asked.kind, kind, asked.count, asked.seed, asked.keep)
    for what, many in sorted(came.items()):
        print(f"{asked.kind:10} {what:60} {many:6,}")
    print(f"{sum(came.values()):,} inputs")
    return 1 if any("FAULT" in what for what in came) else 0


if __name__ == "__main__":
    sys.exit(main())
