"""Write docs/model-card.md from the track record (`src/headlong/verify/results/record.json`).

    python scripts/make_model_card.py [--check]

With --check nothing is written; the exit code says whether the card is up to date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from docsite.model_card import card

PAGE = ROOT / "docs" / "model-card.md"


def main() -> int:
    """Write the card, or compare it; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    text = card()
    if asked.check:
        fresh = PAGE.is_file() and PAGE.read_text("utf-8") == text
        if not fresh:
            print(
                "docs/model-card.md is not what the track record says. Run: python scripts/make_model_card.py"
            )
        return 0 if fresh else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
