"""How well texts are read, by the rules of reading_score.py: rows, fields, flags and negatives; and speed.

python benchmarks/reading.py [--set tuned|held_out|all] [--misses] [--mutated 10000] [--speed]
Gold texts: tests/reading/gold. The founding report is scored too where its coding lies beside the repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from reading_damage import UNSAFE, mutate
from reading_score import Gold, Score, lines_of, score_text

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "reading" / "gold"
SHARED = ROOT.parent / "shared"
COLUMNS = ["sentence", "event_date", "place", "claim", "side", "leader", "count", "polarity"]
COLUMNS += ["source_class", "verification", "interest", "note"]


def load(path: Path) -> Gold:
    """Read one gold file: head, text, rows, flags, negatives, between lines of three dashes."""
    head, text, rows, flags, negatives = (
        part.strip("\n") for part in (path.read_text("utf-8") + "\n").split("---\n", 4)
    )
    about = dict(line.split(": ", 1) for line in head.splitlines())
    cells = [[cell.strip() for cell in line.split("|")] for line in rows.splitlines() if line.strip()]
    return Gold(
        path.stem,
        about["case"],
        about["published"],
        text,
        [dict(zip(COLUMNS, row, strict=True)) for row in cells],
        [_flag(line) for line in flags.splitlines() if line.strip()],
        {int(line.split("|")[0]) for line in negatives.splitlines() if line.strip()},
        about.get("style", ""),
        frozenset(int(n) for n in about.get("unscored", "").split()),
    )


def _flag(line: str) -> tuple[str, set[int], str]:
    kind, numbers, note = (part.strip() for part in line.split("|", 2))
    return kind, {int(n) for n in numbers.split(";")}, note


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((SHARED / "reading" / name).open(encoding="utf-8")))


def founding() -> Gold | None:
    """Return the founding report where it lies beside the repository."""
    report = SHARED / "founding-report.txt"
    if not report.exists() or not (SHARED / "reading").exists():
        return None
    rows = [
        {"sentence": row["sentence_no"], "place": row["place_id"]}
        | {key: row[key] for key in COLUMNS if key not in ("sentence", "place")}
        for row in _table("gold_founding.csv")
    ]
    flags = [
        (row["kind"], {int(n) for n in row["sentence_nos"].split(";")}, row["note"])
        for row in _table("flags_founding.csv")
    ]
    negatives = {int(row["sentence_no"]) for row in _table("negatives_founding.csv")}
    text = report.read_text("utf-8")
    return Gold("founding", "afghanistan-2021", "2021-08-15", text, rows, flags, negatives, "damaged")


def gold_texts(which: str) -> list[Gold]:
    """Return the gold texts of a set."""
    folders = ["tuned", "held_out"] if which == "all" else [which]
    return [load(path) for name in folders for path in sorted((GOLD / name).glob("*.txt"))]


def open_gold_case(name: str):
    """Return a case of the gallery, or one of the small ones beside the gold texts."""
    from headlong.case import open_case

    own = GOLD / "cases" / name
    return open_case(str(own) if own.exists() else name)


def by_rules(gold: Gold, case) -> dict:
    """Read a text by the rules."""
    from headlong.reading.reader import read_text

    return read_text(gold.text, case, gold.published)


def score_all(golds: list[Gold], read: Callable[[Gold, object], dict] = by_rules) -> list[Score]:
    """Read and score texts."""
    cases: dict = {}
    scores = []
    for gold in golds:
        if gold.case not in cases:
            cases[gold.case] = open_gold_case(gold.case)
        case = cases[gold.case]
        scores.append(score_text(gold, read(gold, case), {side.id for side in case.sides}))
    return scores


def mutated(count: int, seed: int = 1) -> None:
    """Read damaged texts; print how many were read, and how long the slowest took for its size."""
    from headlong.reading.output.printing import lines_of
    from headlong.reading.reader import read_text

    golds = gold_texts("all")
    cases = {gold.case: open_gold_case(gold.case) for gold in golds}
    for gold in golds[:3]:
        read_text(gold.text, cases[gold.case], gold.published)
    luck = random.Random(seed)
    slowest, longest, size, begun = 0.0, 0.0, 0, time.perf_counter()
    for number in range(count):
        gold = luck.choice(golds)
        raw = mutate(gold.text, luck)
        if number % 2000 == 1999:
            raw = raw * (1_000_000 // max(1, len(raw)))
        begin = time.process_time()
        found = read_text(raw, cases[gold.case], gold.published)
        spent = time.process_time() - begin
        longest, size = max(longest, spent), size + len(raw)
        slowest = max(slowest, spent / max(10_000, len(raw)) * 1e6)
        shown = json.dumps(found, ensure_ascii=False) + "\n".join(lines_of(found))
        assert not UNSAFE.search(shown), repr(shown)
    spent = time.perf_counter() - begun
    print(f"\nmutated: {count} texts, {size / 1e6:.1f} MB, no fault, {spent:.0f} s")
    print(f"  longest {longest:.2f} s; slowest {slowest:.0f} s a megabyte")


def speed() -> None:
    """Print texts a minute on one core, the cases being open."""
    from headlong.reading.reader import read_text

    golds = gold_texts("all")
    cases = {gold.case: open_gold_case(gold.case) for gold in golds}
    size = sum(len(gold.text) for gold in golds) // len(golds)
    count, begun = -len(golds), time.process_time()
    while (spent := time.process_time() - begun) < 8:
        for gold in golds:
            read_text(gold.text, cases[gold.case], gold.published)
        count += len(golds)
        if count == 0:
            begun = time.process_time()
    print(
        f"\nspeed: {60 * count / spent:.0f} texts a minute, {1000 * spent / count:.1f} ms for {size} characters"
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", default="all", choices=["tuned", "held_out", "all"])
    ask.add_argument("--text", help="only the text with this id")
    ask.add_argument("--misses", action="store_true")
    ask.add_argument("--mutated", type=int, default=0)
    ask.add_argument("--seed", type=int, default=1, help="of the damage done to texts")
    ask.add_argument("--speed", action="store_true")
    asked = ask.parse_args()
    sets = {name: gold_texts(name) for name in ("tuned", "held_out") if asked.set in (name, "all")}
    report = founding()
    sets["founding report"] = [report] if report is not None else []
    for name, golds in sets.items():
        scores = score_all([gold for gold in golds if asked.text in (None, gold.id)])
        if scores:
            print("\n".join(lines_of(name, scores)))
        if asked.misses:
            print("\n".join(note for score in scores for note in score.notes))
    if asked.speed:
        speed()
    if asked.mutated:
        mutated(asked.mutated, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
