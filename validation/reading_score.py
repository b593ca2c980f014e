"""How draft reports are scored against coded ones: the one rule behind every figure of a reader.

A draft row is right when place, claim, side, polarity and date agree with a coded row, counting the alternatives that
its coder accepts: ``alt_place=``, ``alt_claim=``, ``alt_side=``, ``range=A..B``; no place where the note says
``province``; no side where the coded one is none of the case; a day either way for undated denials and states. As many
pairs as possible are made at once. Rows of sentences that are not scored are left out, and a coded row that is
``optional`` is no miss. A flag is right when a coded one of its kind shares a sentence with it; ``look-alike`` ones are
not missed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

STRICT = ("place", "claim", "side", "polarity", "event_date")
UNDATED = STRICT[:4]
PLACED = ("place", "claim")
OTHERS = ("sentence", "leader", "count", "source_class", "verification", "interest")
STATES = ("held", "stayed")
DRAWS = 2000


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
    style: str = ""
    unscored: frozenset[int] = frozenset()
    writer: str = (
        ""  # who wrote and coded it; empty: the author of the rules, who codes no displaced civilians
    )


@dataclass
class Counts:
    """Hits, false ones and misses, from which precision, recall and F1 follow."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.false + self.missed)


@dataclass
class Score:
    """What one text came to."""

    gold: Gold
    strict: Counts
    undated: Counts
    placed: Counts
    right: Counter = field(default_factory=Counter)  # by field, of the pairs that agree in place and claim
    whole: int = 0  # strict hits whose other fields are right as well
    flags: Counts = field(default_factory=Counts)  # recall: coded flags found
    flags_said: Counts = field(default_factory=Counts)  # precision: flags said that are coded
    kept: int = 0
    broken: int = 0
    edits: int = 0
    notes: list[str] = field(default_factory=list)


def accepted(note: str, name: str) -> set[str]:
    """Return the values that a coder's note accepts beside the coded one."""
    values = (value for found in re.findall(rf"\b{name}=([^;]*)", note) for value in found.split(","))
    return {next(iter(value.split()), "") for value in values}


def span(coded: dict[str, str]) -> tuple[str, str]:
    """Return the first and last day that count as right."""
    ranges = accepted(coded["note"], "range")
    if ranges:
        first, _, last = min(ranges).partition("..")
        return first[:10], last[:10]
    day = date.fromisoformat(coded["event_date"][:10])
    slack = timedelta(days=coded["polarity"] == "denied" or coded["claim"] in STATES)
    return (day - slack).isoformat(), (day + slack).isoformat()


def says(name: str, row: dict, coded: dict[str, str], sides: Iterable[str] = ()) -> bool:
    """Whether one field of a draft row is as coded, or as its coder also accepts."""
    value = "" if row.get(name) is None else str(row[name])
    wanted, note = coded[name], coded["note"]
    if name == "event_date":
        first, last = span(coded)
        return first <= value[:10] <= last
    if name == "polarity":
        return (value == "denied") == (wanted == "denied")
    short = {"source_class": "source"}.get(name, name)
    if value == wanted or value in accepted(note, f"alt_{short}"):
        return True
    if name == "leader":
        return _as_id(value) == _as_id(wanted)
    if name == "place":
        return value == "" and "province" in note
    return name == "side" and value == "" and wanted not in sides


def _as_id(name: str) -> str:
    """Return a name as an id has it: coders give leaders by id, drafts by name, and a case takes both."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def pairs_of(
    rows: Sequence[dict], coded: Sequence[dict[str, str]], sides: Iterable[str], names: Sequence[str]
) -> list[tuple[int, int]]:
    """Return as many pairs (draft, coded) that agree in the fields `names` as can be had at once."""
    near = [
        [i for i, row in enumerate(rows) if all(says(n, row, one, sides) for n in names)] for one in coded
    ]
    for one, some in zip(coded, near, strict=True):
        some.sort(key=lambda i: -sum(says(name, rows[i], one) for name in (*STRICT, *OTHERS)))
    taken: dict[int, int] = {}

    def seat(j: int, tried: set[int]) -> bool:
        for i in near[j]:
            if i in tried:
                continue
            tried.add(i)
            if i not in taken or seat(taken[i], tried):
                taken[i] = j
                return True
        return False

    for j in sorted(range(len(coded)), key=lambda j: "optional" in coded[j]["note"]):
        seat(j, set())
    return sorted(taken.items())


def count_rows(
    rows: Sequence[dict], coded: Sequence[dict[str, str]], pairs: Sequence[tuple[int, int]]
) -> Counts:
    """Count hits, false rows and misses of a matching."""
    hit = {j for _, j in pairs}
    missed = sum(j not in hit and "optional" not in one["note"] for j, one in enumerate(coded))
    return Counts(len(pairs), len(rows) - len(pairs), missed)


def score_text(gold: Gold, found: dict, sides: Iterable[str]) -> Score:
    """Score what was read of one text."""
    told = [*found["reports"], *(found.get("displaced", []) if gold.writer else [])]
    rows = [row for row in told if row["sentence"] not in gold.unscored]
    pairs = {names: pairs_of(rows, gold.rows, sides, names) for names in (STRICT, UNDATED, PLACED)}
    score = Score(gold, *(count_rows(rows, gold.rows, pairs[names]) for names in (STRICT, UNDATED, PLACED)))
    for i, j in pairs[PLACED]:
        for name in (*STRICT, *OTHERS):
            score.right[name] += says(name, rows[i], gold.rows[j], sides)
    wrong = 0
    for i, j in pairs[STRICT]:
        bad = [name for name in OTHERS if name != "sentence" and not says(name, rows[i], gold.rows[j])]
        score.whole += not bad
        wrong += len(bad)
        score.notes += [_field(gold.id, rows[i], gold.rows[j], name) for name in bad]
    score.edits = score.strict.false + score.strict.missed + wrong
    _note_rows(score, rows, pairs)
    _score_flags(score, found["flags"])
    score.broken = len({row["sentence"] for row in rows} & gold.negatives)
    score.kept = len(gold.negatives) - score.broken
    return score


def _field(id: str, row: dict, coded: dict[str, str], name: str) -> str:
    return (
        f"{id} s{row['sentence']} {row['claim']} {row['place']}: {name} {row[name]!r}, coded {coded[name]!r}"
    )


def _note_rows(score: Score, rows: list[dict], pairs: dict[tuple[str, ...], list[tuple[int, int]]]) -> None:
    gold = score.gold
    strict = pairs[STRICT]
    drafts, codes = {i for i, _ in strict}, {j for _, j in strict}
    for j, coded in enumerate(gold.rows):
        if j not in codes and "optional" not in coded["note"]:
            what = " ".join(filter(None, (coded[name] for name in (*STRICT, *OTHERS[1:]))))
            score.notes.append(f"{gold.id} s{coded['sentence']} MISSED {what} {coded['note']}")
    for i, row in enumerate(rows):
        if i not in drafts:
            what = " ".join(str(row[name]) for name in (*STRICT, *OTHERS[1:]) if row[name])
            score.notes.append(f"{gold.id} s{row['sentence']} FALSE {what} | {row['words'][:80]}")


def _score_flags(score: Score, said: list[dict]) -> None:
    gold = score.gold
    said = [flag for flag in said if set(flag["sentences"]) - gold.unscored or not flag["sentences"]]

    def same(flag: dict, coded: tuple[str, set[int], str]) -> bool:
        return flag["kind"] == coded[0] and bool(coded[1] & set(flag["sentences"]))

    for coded in gold.flags:
        if any(same(flag, coded) for flag in said):
            score.flags.hits += 1
        elif not coded[2].startswith("look-alike"):
            score.flags.missed += 1
            score.notes.append(f"{gold.id} FLAG MISSED {coded[0]} {sorted(coded[1])} {coded[2]}")
    for flag in said:
        if any(same(flag, coded) for coded in gold.flags):
            score.flags_said.hits += 1
        else:
            score.flags_said.false += 1
            score.notes.append(f"{gold.id} FLAG FALSE {flag['kind']} {flag['sentences']} {flag['note']}")


def total(counts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    return sum(counts, Counts())


def interval(
    scores: Sequence[Score], figure: Callable[[Sequence[Score]], float], seed: int = 1
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a figure over texts."""
    luck = random.Random(seed)
    drawn = sorted(figure(luck.choices(scores, k=len(scores))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1]


def strict_f1(scores: Sequence[Score]) -> float:
    """Return F1 of rows, all texts together."""
    return total(one.strict for one in scores).f1


def worst_tenth(scores: Sequence[Score]) -> float:
    """Return F1 of the worst tenth of the texts, together."""
    worst = sorted(scores, key=lambda one: one.strict.f1)[: max(1, round(len(scores) / 10))]
    return strict_f1(worst)


def lines_of(name: str, scores: Sequence[Score]) -> Iterable[str]:
    """Yield a table of what a set of texts came to."""
    kinds = ("strict", "undated", "placed")
    strict, undated, placed = (total(getattr(one, kind) for one in scores) for kind in kinds)
    coded = sum(len(one.gold.rows) for one in scores)
    yield f"\n{name}: {len(scores)} texts, {coded} rows coded, {strict.hits + strict.false} read"
    first, last = interval(scores, strict_f1)
    sure = f"(95 % {first:.2f} to {last:.2f})"
    yield f"  strict F1 {strict.f1:.2f} {sure}  P {strict.precision:.2f}  R {strict.recall:.2f}"
    yield (
        f"  without date {undated.f1:.2f}  place and claim {placed.f1:.2f}  "
        f"worst tenth {worst_tenth(scores):.2f}"
    )
    found, said = total(one.flags for one in scores), total(one.flags_said for one in scores)
    of = f"{found.hits} of {found.hits + found.missed}"
    yield f"  flags: recall {found.recall:.2f} ({of}), precision {said.precision:.2f}"
    kept, broken = sum(one.kept for one in scores), sum(one.broken for one in scores)
    yield f"  negatives: {kept} of {kept + broken} sentences yield nothing"
    edits = sum(one.edits for one in scores) / len(scores)
    whole = sum(one.whole for one in scores)
    yield f"  edits a text {edits:.1f}; of {strict.hits} strict hits {whole} have all other fields right"
    right: Counter = sum((one.right for one in scores), Counter())
    names = (*STRICT[2:], *OTHERS)
    shares = [f"{key.replace('_', ' ')} {right[key] / max(1, placed.hits):.2f}" for key in names]
    yield f"  of {placed.hits} rows with place and claim right: {', '.join(shares)}"
    yield from _groups(scores)


def _groups(scores: Sequence[Score]) -> Iterable[str]:
    for what, said in (("style", "style"), ("case", "war"), ("writer", "writer")):
        groups: dict[str, list[Score]] = {}
        for one in scores:
            groups.setdefault(getattr(one.gold, what), []).append(one)
        if len(groups) > 1:
            told = [f"{key} {strict_f1(some):.2f} ({len(some)})" for key, some in sorted(groups.items())]
            yield f"  strict F1 by {said}: {', '.join(told)}"
