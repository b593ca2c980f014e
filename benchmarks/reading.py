"""How well texts are read: precision, recall and F1 of rows and fields, flags and negatives, and speed.

python benchmarks/reading.py [--set tuned|held_out|all] [--misses] [--mutated 10000] [--speed]
Gold texts: tests/reading/gold. The founding report is scored too where its coding lies beside the repository.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "reading" / "gold"
SHARED = ROOT.parent / "shared"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|<[a-zA-Z/!]")
"""What must never come out: control characters, marks of direction, markup."""

FIELDS = [
    "sentence",
    "event_date",
    "place",
    "claim",
    "side",
    "leader",
    "count",
    "polarity",
    "source_class",
    "verification",
    "interest",
]


@dataclass
class Gold:
    """One coded text."""

    id: str
    case: str
    published: str
    text: str
    rows: list[dict[str, str]]
    flags: list[tuple[str, set[int], str]]
    negatives: set[int]


@dataclass
class Score:
    """Counts from which precision, recall and F1 follow."""

    matched: int = 0
    missed: int = 0
    extra: int = 0
    fields: Counter = field(default_factory=Counter)
    asked: Counter = field(default_factory=Counter)
    flags: list[int] = field(default_factory=lambda: [0, 0, 0])  # found, missed, extra
    negatives: list[int] = field(default_factory=lambda: [0, 0])  # kept, broken
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.matched += other.matched
        self.missed += other.missed
        self.extra += other.extra
        self.fields += other.fields
        self.asked += other.asked
        self.flags = [a + b for a, b in zip(self.flags, other.flags, strict=True)]
        self.negatives = [a + b for a, b in zip(self.negatives, other.negatives, strict=True)]


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
        [dict(zip([*FIELDS, "note"], row, strict=True)) for row in cells],
        [_flag(line) for line in flags.splitlines() if line.strip()],
        {int(line.split("|")[0]) for line in negatives.splitlines() if line.strip()},
    )


def _flag(line: str) -> tuple[str, set[int], str]:
    kind, numbers, note = (part.strip() for part in line.split("|", 2))
    return kind, {int(n) for n in numbers.split(";")}, note


def founding() -> Gold | None:
    """Return the founding report where it lies beside the repository."""
    folder = SHARED / "reading"
    if not (SHARED / "founding-report.txt").exists() or not folder.exists():
        return None
    rows = []
    for row in csv.DictReader((folder / "gold_founding.csv").open(encoding="utf-8")):
        rows.append(
            {"sentence": row["sentence_no"], "place": row["place_id"]}
            | {key: row[key] for key in [*FIELDS[3:], "event_date", "note"]}
        )
    flags = [
        (row["kind"], {int(n) for n in row["sentence_nos"].split(";")}, row["note"])
        for row in csv.DictReader((folder / "flags_founding.csv").open(encoding="utf-8"))
    ]
    negatives = {
        int(row["sentence_no"])
        for row in csv.DictReader((folder / "negatives_founding.csv").open(encoding="utf-8"))
    }
    text = (SHARED / "founding-report.txt").read_text("utf-8")
    return Gold("founding", "afghanistan-2021", "2021-08-15", text, rows, flags, negatives)


def tokens_of(note: str) -> dict[str, set[str]]:
    """Return the marks of a gold row; alternatives by field."""
    found: dict[str, set[str]] = {}
    for part in (piece.strip() for piece in note.replace(" ", ";").split(";")):
        key, _, value = part.partition("=")
        found.setdefault(key, set()).add(value)
    return found


def right(name: str, said: dict, gold: dict[str, str]) -> bool:
    """Whether a field is as coded, or an accepted alternative."""
    value, wanted = str(said.get(name) if said.get(name) is not None else ""), gold[name]
    marks = tokens_of(gold["note"])
    if value == wanted:
        return True
    short = {"source_class": "source", "place": "place", "side": "side", "claim": "claim"}.get(name)
    if short and value in marks.get(f"alt_{short}", ()):
        return True
    if name == "place":
        return "province" in marks and value == ""
    if name == "event_date" and "range" in marks:
        first, last = next(iter(marks["range"])).split("..")
        return first <= value <= last
    return False


def match(said: list[dict], gold: Gold) -> Score:
    """Pair rows: same claim and place (or an alternative), most fields in common first."""
    score = Score()
    pairs = []
    for i, row in enumerate(said):
        for j, wanted in enumerate(gold.rows):
            if right("claim", row, wanted) and right("place", row, wanted) and right("polarity", row, wanted):
                if row["leader"] and wanted["leader"] and not right("leader", row, wanted):
                    continue
                if abs(row["sentence"] - int(wanted["sentence"])) > 2:
                    continue
                pairs.append((-sum(right(name, row, wanted) for name in FIELDS), i, j))
    used_said, used_gold = set(), set()
    for _, i, j in sorted(pairs):
        if i in used_said or j in used_gold:
            continue
        used_said.add(i)
        used_gold.add(j)
        score.matched += 1
        for name in FIELDS:
            score.asked[name] += 1
            if right(name, said[i], gold.rows[j]):
                score.fields[name] += 1
            else:
                score.notes.append(
                    f"{gold.id} s{said[i]['sentence']} {said[i]['claim']} {said[i]['place']}: {name} "
                    f"{said[i][name]!r}, coded {gold.rows[j][name]!r}"
                )
    for j, wanted in enumerate(gold.rows):
        if j not in used_gold and "optional" not in tokens_of(wanted["note"]):
            score.missed += 1
            what = " ".join(filter(None, (wanted[name] for name in FIELDS[1:])))
            score.notes.append(f"{gold.id} s{wanted['sentence']} MISSED {what}")
    for i, row in enumerate(said):
        if i not in used_said:
            score.extra += 1
            what = " ".join(str(row[name]) for name in FIELDS[1:] if row[name])
            score.notes.append(f"{gold.id} s{row['sentence']} EXTRA {what} | {row['words'][:80]}")
    return score


def judge(gold: Gold, found: dict) -> Score:
    """Score one text: rows, fields, flags, negatives."""
    score = match(found["reports"], gold)
    left = list(gold.flags)
    for flag in found["flags"]:
        hit = next((g for g in left if g[0] == flag["kind"] and g[1] & set(flag["sentences"])), None)
        again = any(g[0] == flag["kind"] and g[1] & set(flag["sentences"]) for g in gold.flags)
        if hit is not None:
            left.remove(hit)
            score.flags[0] += 1
        elif not again:
            score.flags[2] += 1
            score.notes.append(f"{gold.id} FLAG EXTRA {flag['kind']} {flag['sentences']} {flag['note']}")
    for kind, numbers, note in left:
        if not note.startswith("look-alike"):
            score.flags[1] += 1
            score.notes.append(f"{gold.id} FLAG MISSED {kind} {sorted(numbers)} {note}")
    broken = {row["sentence"] for row in found["reports"]} & gold.negatives
    score.negatives = [len(gold.negatives) - len(broken), len(broken)]
    return score


def f1(hit: int, miss: int, extra: int) -> str:
    """Write precision, recall and F1 of counts."""
    p = hit / (hit + extra) if hit + extra else 0.0
    r = hit / (hit + miss) if hit + miss else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return f"P {p:.2f}  R {r:.2f}  F1 {f:.2f}"


def show(name: str, score: Score, texts: int) -> None:
    """Print one table."""
    print(
        f"\n{name}: {texts} texts, {score.matched + score.missed} rows coded, {score.matched + score.extra} read"
    )
    print(f"  rows           {f1(score.matched, score.missed, score.extra)}")
    for field_ in FIELDS:
        good = score.fields[field_]
        wrong = score.asked[field_] - good
        figures = f1(good, score.missed + wrong, score.extra + wrong)
        print(f"  {field_:<14} {figures}   right on {good}/{score.asked[field_]} matched")
    print(f"  flags          {f1(*score.flags)}")
    kept, broken = score.negatives
    print(f"  negatives      {kept} of {kept + broken} sentences yield nothing")


def open_gold_case(name: str):
    """Return a case of the gallery, or one of the small ones beside the gold texts."""
    from headlong.case import open_case

    own = GOLD / "cases" / name
    return open_case(str(own) if own.exists() else name)


def read_all(golds: list[Gold]) -> Score:
    """Read and score texts."""
    from headlong.reading.reader import read_text

    cases: dict = {}
    total = Score()
    for gold in golds:
        if gold.case not in cases:
            cases[gold.case] = open_gold_case(gold.case)
        score = judge(gold, read_text(gold.text, cases[gold.case], gold.published))
        total.add(score)
        total.notes += score.notes
    return total


def mutate(text: str, luck: random.Random) -> bytes:
    """Damage a text: bytes, encodings, markup, directional marks, long lines, shuffled and repeated pieces."""
    raw = bytearray(
        text.encode(luck.choice(["utf-8", "utf-8", "utf-16", "cp1252", "utf-16-be", "utf-8-sig"]), "replace")
    )
    for _ in range(luck.randint(1, 6)):
        kind, at = luck.randrange(9), luck.randrange(len(raw) + 1)
        if kind == 0 and raw:
            for _ in range(luck.randint(1, 50)):
                raw[luck.randrange(len(raw))] = luck.randrange(256)
        elif kind == 1:
            raw[at:at] = luck.choice(
                [
                    b"\x1b[31m",
                    b"\x1b]0;title\x07",
                    b"\x00",
                    "\u202e".encode(),
                    "\u200f".encode(),
                    b"\xff\xfe",
                    b"\r",
                ]
            ) * luck.randint(1, 9)
        elif kind == 2:
            raw[at:at] = luck.choice(
                [
                    b"<script>",
                    b"<p>",
                    b"</div>",
                    b"<!--",
                    b"<b",
                    b"&amp;",
                    b"&#27;",
                    b"&#x202e;",
                    b"<![CDATA[",
                ]
            ) * luck.randint(1, 30)
        elif kind == 3:
            del raw[at : at + luck.randint(1, 300)]
        elif kind == 4:
            piece = raw[at : at + 200]
            raw[at:at] = piece * luck.randint(1, 10)
        elif kind == 5:
            raw[at:at] = luck.choice(
                ["=1+1", "@x", "+", "-", '"', "''", "((((", ", and ", " the ", "\u0301", "said "]
            ).encode() * luck.randint(1, 60)
        elif kind == 6:
            raw = bytearray(raw.replace(b"\n", b" ").replace(b".", b""))
        elif kind == 7:
            words = raw.split(b" ")
            luck.shuffle(words)
            raw = bytearray(b" ".join(words))
        else:
            raw = bytearray(raw.upper() if luck.random() < 0.5 else raw.lower())
    return bytes(raw)


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


def gold_texts(which: str) -> list[Gold]:
    """Return the gold texts of a set."""
    folders = ["tuned", "held_out"] if which == "all" else [which]
    return [load(path) for name in folders for path in sorted((GOLD / name).glob("*.txt"))]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", default="all", choices=["tuned", "held_out", "all"])
    ask.add_argument("--text", help="only the text with this id")
    ask.add_argument("--misses", action="store_true")
    ask.add_argument("--mutated", type=int, default=0)
    ask.add_argument("--seed", type=int, default=1, help="of the damage done to texts")
    ask.add_argument("--speed", action="store_true")
    asked = ask.parse_args()
    for name in ("tuned", "held_out") if asked.set == "all" else (asked.set,):
        golds = [g for g in gold_texts(name) if asked.text in (None, g.id)]
        if golds:
            score = read_all(golds)
            show(name, score, len(golds))
            if asked.misses:
                print("\n".join(score.notes))
    report = founding()
    if report is not None and asked.text in (None, "founding"):
        score = read_all([report])
        show("founding report", score, 1)
        if asked.misses:
            print("\n".join(score.notes))
    if asked.speed:
        speed()
    if asked.mutated:
        mutated(asked.mutated, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
