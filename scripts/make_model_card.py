"""Write docs/model-card.md from the track record (`src/headlong/verify/results/record.json`).

    python scripts/make_model_card.py [--check]

With --check nothing is written; the exit code says whether the card is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from docsite.made_page import write_or_check
from docsite.model_card import card

PAGE = ROOT / "docs" / "model-card.md"


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, card(), __doc__, Path(__file__).name))
