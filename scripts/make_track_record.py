"""Hindcasts of the bundled wars: docs/track-record.md, in short `verify/results/record.json`, and the model card.

    python scripts/make_track_record.py [--members 400] [--ablate] [--from FILE]

With --ablate the model is scored without each of its terms, too (some minutes more). With --from it only
writes the page, from a file that `headlong verify ... --out FILE` wrote. Finished hindcasts are kept
in the user's cache, so a run that is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from track_record.fit import diagram
from track_record.page import page

PAGE = ROOT / "docs" / "track-record.md"
DIAGRAM = ROOT / "docs" / "reliability.svg"
CARD = ROOT / "docs" / "model-card.md"
RECORD = ROOT / "src" / "headlong" / "verify" / "results" / "record.json"


def main() -> None:
    """Run the hindcasts, or read them, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=400)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--from", dest="source", type=Path)
    asked = parser.parse_args()
    if asked.source:
        result = json.loads(asked.source.read_text("utf-8"))
    else:
        from headlong.inference.bank import bank_for
        from headlong.verify.hindcasts import hindcast

        def tell(done: int, total: int, what: str) -> None:
            print(f"\r{done:4d} of {total} {what:40s}", end="", file=sys.stderr, flush=True)

        found = hindcast.verify(
            list(bank_for("").cases),
            members=asked.members,
            threads=asked.threads,
            progress=tell,
            ablate=asked.ablate,
        )
        result = json.loads(hindcast.as_json(found))
        print(file=sys.stderr)
    from headlong.verify.results.track_record import as_text, brief

    RECORD.write_text(as_text(brief(result)), encoding="utf-8")
    DIAGRAM.write_text(diagram(result["sets"]["weekly"], [str(d) for d in result["leads"]]), encoding="utf-8")
    PAGE.write_text("\n".join(page(result)).rstrip() + "\n", encoding="utf-8")
    from docsite.model_card import card

    CARD.write_text(card(), encoding="utf-8")
    print("Wrote " + ", ".join(str(p.relative_to(ROOT)) for p in (PAGE, DIAGRAM, RECORD, CARD)) + ".")


if __name__ == "__main__":
    main()
