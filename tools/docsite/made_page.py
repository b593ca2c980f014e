"""A page of docs/ that is made from tables: written, or checked against what would be written."""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def write_or_check(path: Path, text: str, doc: str | None, script: str) -> int:
    """Write the page, or with ``--check`` say whether it is up to date; returns the exit status.

    Parameters
    ----------
    path, text : Path, str
        The page, and what is to stand in it.
    doc, script : str
        What ``--help`` says, and the name of the script that makes the page.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="say whether it is up to date, and change nothing"
    )
    name = path.relative_to(ROOT)
    if not parser.parse_args().check:
        path.write_text(text, encoding="utf-8")
        print(f"Wrote {name}.")
        return 0
    fresh = path.is_file() and path.read_text("utf-8") == text
    print("up to date" if fresh else f"{name} is stale: python scripts/{script}")
    return 0 if fresh else 1
