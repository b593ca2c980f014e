"""How well texts are read, by the rules of reading_score.py: rows, fields, flags and negatives; and speed.

python validation/reading.py [--set tuned|held_out|learn|validate|opened|fresh|sealed|all] [--misses]
python validation/reading.py --speed --mutated 10000 [--minutes 20] [--drafter rules|local|model]
python validation/reading.py --requests FOLDER     # what a model would be asked: WRITER/ID.txt, ID-1.txt ...
python validation/reading.py --answers FOLDER      # scores what it answered: files of the same names
Gold texts: tests/reading/gold. The founding report is scored too where its coding lies beside the repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from reading_damage import UNSAFE, damage_answer, mutate
from reading_score import Gold, Score, lines_of, score_text

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "reading" / "gold"
SHARED = ROOT.parent / "shared"
HANDS = ("learn", "validate", "opened", "fresh", "sealed")
"""Sets by many hands; nothing is learned from the last two, and the very last is only scored once."""
PIECE = 400
"""Characters of a damaged piece, before the damage."""
COLUMNS = ["sentence", "event_date", "place", "claim", "side", "leader", "count", "polarity"]
COLUMNS += ["source_class", "verification", "interest", "note"]


def load(path: Path) -> Gold:
    """Read one gold file: head, text, rows, flags, negatives, between lines of three dashes."""
    head, text, rows, flags, negatives = (
        part.strip("\n") for part in (path.read_text("utf-8") + "\n").split("---\n", 4)
    )
    about = {key: value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
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
        about.get("writer", ""),
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
    """Return the gold texts of a set; ``all``: those of the rules' author."""
    folders = ["tuned", "held_out"] if which == "all" else [which]
    folders = [f"hands/{name}" if name in HANDS else name for name in folders]
    return [load(path) for name in folders for path in sorted((GOLD / name).rglob("*.txt"))]


def open_gold_case(name: str):
    """Return a case of the gallery, or one of the small ones beside the gold texts."""
    from headlong.case import open_case

    own = GOLD / "cases" / name
    return open_case(str(own) if own.exists() else name)


def by_rules(gold: Gold, case) -> dict:
    """Read a text by the rules."""
    from headlong.reading.reader import read_text

    return read_text(gold.text, case, gold.published)


def by_local(gold: Gold, case) -> dict:
    """Read a text by the trained network."""
    from headlong.reading.reader import read_text
    from headlong.reading.trained.network import load_network
    from headlong.reading.trained.weights import weights_needed

    return read_text(gold.text, case, gold.published, load_network(weights_needed()))


READERS = {"rules": by_rules, "local": by_local}


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


def write_requests(golds: list[Gold], folder: Path) -> None:
    """Write the requests for texts, one file for each, in a folder of its writer."""
    from headlong.reading.drafter.drafting import requests_of

    for gold in golds:
        own = folder / gold.writer
        own.mkdir(parents=True, exist_ok=True)
        requests = requests_of(gold.text, open_gold_case(gold.case), gold.published)
        for number, request in enumerate(requests, 1):
            name = f"{gold.id}-{number}.txt" if len(requests) > 1 else f"{gold.id}.txt"
            (own / name).write_text(request, "utf-8")


def by_answers(folder: Path) -> Callable[[Gold, object], dict]:
    """Return what drafts a text from the answers in a folder."""
    from headlong.reading.drafter.drafting import by_hand, draft_text

    def read(gold: Gold, case) -> dict:
        files = answers_to(gold, folder)
        found = draft_text(
            gold.text, case, gold.published, by_hand([file.read_text("utf-8") for file in files])
        )
        for one in found["failed"]:
            print(f"{gold.id} failed: {one['why']}")
        return found

    return read


def answers_to(gold: Gold, folder: Path) -> list[Path]:
    """Return the files that a folder holds of answers to a text."""
    whole = folder / gold.writer / f"{gold.id}.txt"
    return [whole] if whole.exists() else sorted(whole.parent.glob(f"{gold.id}-*.txt"))


def gold_answer(gold: Gold) -> str:
    """Return the coding of a text in the form of an answer; its spans are whole sentences."""
    from headlong.reading.text.decode import text_of
    from headlong.reading.text.sentences import lay_out

    said = {str(one.number): one.text for one in lay_out(text_of(gold.text)).sentences}
    rows = [
        {key: row[key] for key in COLUMNS}
        | {"span": said.get(row["sentence"], ""), "speaker": "", "date_words": "", "range": "", "to": ""}
        for row in gold.rows
    ]
    flags = [{"kind": kind, "sentences": sorted(numbers), "note": note} for kind, numbers, note in gold.flags]
    return json.dumps({"rows": rows, "flags": flags, "nothing": []})


def _piece(text: str, luck: random.Random) -> str:
    """Return some paragraphs of a text: enough to damage, and a third of the time to read."""
    paragraphs = text.split("\n\n")
    begin = luck.randrange(len(paragraphs))
    return "\n\n".join(paragraphs[begin : begin + 2])[:PIECE]


def _numbers(count: int, minutes: float) -> Iterator[int]:
    """Count until the time is spent; say now and then how far it is."""
    for number in range(count):
        if time.process_time() > 60 * minutes:
            return
        if number and number % 100 == 0:
            print(f"{number} read, no fault", file=sys.stderr, flush=True)
        yield number


def mutated(count: int, seed: int, drafter: str, minutes: float) -> None:
    """Read damaged texts; print how many were read, and how long the slowest took for its size.

    The trained reader gets pieces of texts, so that as many can be read.
    """
    from headlong.errors import BadRequest
    from headlong.reading.drafter.drafting import by_hand, draft_text
    from headlong.reading.output.printing import lines_of

    golds = gold_texts("all")
    cases = {gold.case: open_gold_case(gold.case) for gold in golds}
    luck = random.Random(seed)
    slowest, longest, size, rows, none, begun = 0.0, 0.0, 0, 0, 0, time.perf_counter()
    for number in _numbers(count, minutes):
        gold = luck.choice(golds)
        raw = mutate(_piece(gold.text, luck) if drafter == "local" else gold.text, luck)
        if number % 2000 == 1999:
            raw = raw * (1_000_000 // max(1, len(raw)))
        said = damage_answer(gold_answer(gold), luck) if drafter == "model" else ""
        begin = time.process_time()
        try:
            if drafter == "model":
                pieces = [said] * 20  # the same answer to every piece of a long text
                found = draft_text(raw, cases[gold.case], gold.published, by_hand(pieces))
            else:
                damaged = Gold("", gold.case, gold.published, raw, [], [], set())
                found = READERS[drafter](damaged, cases[gold.case])
        except BadRequest:
            none += 1
            continue
        spent = time.process_time() - begin
        rows += len(found["reports"])
        longest, size = max(longest, spent), size + len(raw)
        slowest = max(slowest, spent / max(10_000, len(raw)) * 1e6)
        shown = json.dumps(found, ensure_ascii=False) + "\n".join(lines_of(found))
        assert not UNSAFE.search(shown), repr(shown)
    spent = time.perf_counter() - begun
    print(
        f"\nmutated, {drafter}: {number + 1} texts, {size / 1e6:.1f} MB, {rows} rows, no fault, {spent:.0f} s"
    )
    print(
        f"  {none} answers without a row in them; longest {longest:.2f} s; slowest {slowest:.0f} s a megabyte"
    )


def speed(drafter: str) -> None:
    """Print texts a minute on one core, the cases being open."""
    golds = gold_texts("all")
    cases = {gold.case: open_gold_case(gold.case) for gold in golds}
    size = sum(len(gold.text) for gold in golds) // len(golds)
    count, begun = -len(golds), time.process_time()
    while (spent := time.process_time() - begun) < 8:
        for gold in golds:
            READERS[drafter](gold, cases[gold.case])
        count += len(golds)
        if count == 0:
            begun = time.process_time()
    print(
        f"\nspeed: {60 * count / spent:.0f} texts a minute, {1000 * spent / count:.1f} ms for {size} characters"
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", default="all", choices=["tuned", "held_out", *HANDS, "all"])
    ask.add_argument("--text", help="only the text with this id")
    ask.add_argument("--misses", action="store_true")
    ask.add_argument("--mutated", type=int, default=0)
    ask.add_argument("--minutes", type=float, default=1e9, help="of processor time, after which to stop")
    ask.add_argument("--seed", type=int, default=1, help="of the damage done to texts")
    ask.add_argument("--drafter", default="rules", choices=["rules", "local", "model"])
    ask.add_argument("--speed", action="store_true")
    ask.add_argument("--requests", type=Path, metavar="FOLDER")
    ask.add_argument("--answers", type=Path, metavar="FOLDER")
    asked = ask.parse_args()
    names = ("tuned", "held_out") if asked.set == "all" else (asked.set,)
    sets = {name: gold_texts(name) for name in names}
    report = founding()
    sets["founding report"] = [report] if report is not None else []
    reader = READERS.get(asked.drafter, by_rules)
    for name, golds in sets.items():
        golds = [gold for gold in golds if asked.text in (None, gold.id)]
        if asked.requests:
            write_requests(golds, asked.requests)
            continue
        if asked.answers:
            golds = [gold for gold in golds if answers_to(gold, asked.answers)]
        scores = score_all(golds, by_answers(asked.answers) if asked.answers else reader)
        if scores:
            print("\n".join(lines_of(name, scores)))
        if asked.misses:
            print("\n".join(note for score in scores for note in score.notes))
    if asked.speed:
        speed("rules" if asked.drafter == "model" else asked.drafter)
    if asked.mutated:
        mutated(asked.mutated, asked.seed, asked.drafter, asked.minutes)


if __name__ == "__main__":
    sys.exit(main())
