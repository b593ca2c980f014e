"""A person's decisions on a draft: each row and flag accepted, edited or rejected, and the outcome kept as gold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from headlong.case import Case
from headlong.reading.claims.shapes import Draft, DraftCells, Field, FlagEntry, SecondOpinion, Skipped
from headlong.reading.drafter.check import Checker
from headlong.reading.output.printing import row_lines
from headlong.reading.reader import day_of_publication
from headlong.reading.text.decode import one_line, text_of
from headlong.reading.text.sentences import lay_out

__all__ = ["Offer", "Review", "gold_text"]

COLUMNS: tuple[Field, ...] = get_args(Field)[:8]
WEIGHED: tuple[Field, ...] = ("source_class", "verification", "interest", "note")
KNOWN = frozenset({*COLUMNS, *WEIGHED, "to", "words"})


@dataclass
class Offer:
    """One thing to decide on.

    Parameters
    ----------
    row : DraftCells or None
        A draft report.
    flag : FlagEntry or None
        Else a flag.
    lines : list of str
        What is shown.
    default : str
        ``a`` for what the drafter stands for, ``r`` for second opinions and what failed.
    """

    row: DraftCells | None = None
    flag: FlagEntry | None = None
    lines: list[str] = field(default_factory=list)
    default: str = "a"


class Review:
    """The walk through one draft.

    Parameters
    ----------
    raw : bytes or str
        The text.
    found : dict
        What was read of it.
    case : Case
        The case.
    published : str
        Day of publication.
    """

    def __init__(self, raw: bytes | str, found: Draft, case: Case, published: str) -> None:
        self.found, self.layout = found, lay_out(text_of(raw))
        self.checker = Checker(case, self.layout, day_of_publication(published))
        self.text = {sentence.number: sentence.text for sentence in self.layout.sentences}
        self.rows: list[DraftCells] = []
        self.flags: list[FlagEntry] = []

    def offers(self) -> Iterator[Offer]:
        """Yield what is to be decided, sentence by sentence, then flags, second opinions, and what failed."""
        found = self.found
        for row in sorted([*found["reports"], *found["displaced"]], key=lambda row: row["sentence"]):
            yield self._offer(row, "a")
        for flag in found["flags"]:
            yield self._flag(flag, "a")
        alone = found.get("second_opinion") or SecondOpinion(reports=[], flags=[])
        for row in alone["reports"]:
            yield self._offer(row, "r")
        for flag in alone["flags"]:
            yield self._flag(flag, "r")
        for one in found.get("failed", ()):
            if one["what"] == "row":
                cells = {**dict.fromkeys(KNOWN, ""), "count": None, "drafter": "model", **one["came"]}
                lines = [
                    f"Failed the checks: {one['why']}",
                    *(f"  {k}: {v}" for k, v in one["came"].items() if v),
                ]
                yield Offer(cast("DraftCells", cells), None, lines, "r")

    def _offer(self, row: DraftCells, default: str) -> Offer:
        said = one_line(self.text.get(row["sentence"], ""), 400)
        alone = ["Read by the rules alone:"] if default == "r" else []
        return Offer(row.copy(), None, [*alone, f"[{row['sentence']}] {said}", *row_lines(row)], default)

    def _flag(self, flag: FlagEntry, default: str) -> Offer:
        said = [f"[{n}] {one_line(self.text.get(n, self.layout.headline), 300)}" for n in flag["sentences"]]
        return Offer(
            None, flag.copy(), [*said, f"Flag: {flag['kind'].replace('_', ' ')}: {flag['note']}"], default
        )

    def decide(self, offer: Offer, keep: bool) -> None:
        """Keep or drop what was offered."""
        if keep:
            self.rows += [offer.row] if offer.row else []
            self.flags += [offer.flag] if offer.flag else []

    def edit(self, offer: Offer, changes: str) -> str:
        """Change fields and keep the row if it passes the checks; return why not, or nothing.

        Parameters
        ----------
        offer : Offer
            A row.
        changes : str
            ``field=value``, several apart by semicolons.
        """
        if offer.row is None:
            return "flags are accepted or rejected"
        cells: dict[str, object] = {**offer.row}
        for change in filter(None, (part.strip() for part in changes.split(";"))):
            name, sign, value = change.partition("=")
            if name.strip() not in KNOWN or not sign:
                return f"'{one_line(change, 60)}' is no field=value; fields: {', '.join(sorted(KNOWN))}"
            cells[name.strip()] = value.strip()
        came = cells | {"span": cells.get("words") or cells.get("span", ""), "date_words": ""}
        span = [mark for mark in str(cells.get("note", "")).split("; ") if mark.startswith("range=")]
        came["range"] = span[0].removeprefix("range=") if span else ""
        row, why = self.checker.row(came)
        if row is None:
            return why
        row["drafter"] = offer.row.get("drafter", "model")
        offer.lines = list(row_lines(row))
        offer.row = row
        self.rows.append(row)
        return ""

    def result(self) -> Draft:
        """Return what was read as the person left it."""
        told = {row["sentence"] for row in self.rows}
        skipped: list[Skipped] = (
            [{"sentence": 0, "why": "headline: never coded"}] if self.layout.headline else []
        )
        whys = {one["sentence"]: one["why"] for one in self.found["skipped"]}
        skipped += [
            {"sentence": n, "why": whys.get(n, "no row was accepted")} for n in self.text if n not in told
        ]
        return {
            "reports": [row for row in self.rows if row["claim"] != "displaced"],
            "displaced": [row for row in self.rows if row["claim"] == "displaced"],
            "flags": self.flags,
            "skipped": skipped,
            "unread": [n for n in self.found["unread"] if n not in told],
        }


def gold_text(raw: bytes | str, done: Draft, case: Case, published: str, *, finished: bool = True) -> str:
    """Return a reviewed text as gold: head, text, rows, flags, sentences that yield nothing.

    Parameters
    ----------
    raw
        The text.
    done
        The review's result.
    case
        The case.
    published
        Day of publication.
    finished
        Whether all is decided; before, nothing is said of sentences without rows.
    """
    body = text_of(raw).strip("\n").replace("\n---\n", "\n- - -\n")
    rows = [" | ".join(_cell(row.get(key)) for key in (*COLUMNS, *WEIGHED)) for row in done["reports"]]
    flags = [
        f"{f['kind']} | {';'.join(map(str, f['sentences']))} | {_cell(f['note'])}" for f in done["flags"]
    ]
    nothing = [f"{one['sentence']} | {_cell(one['why'])}" for one in done["skipped"] if one["sentence"]]
    head = [
        f"case: {case.id}",
        f"published: {published}",
        f"style: {'reviewed' if finished else 'unfinished'}",
    ]
    parts = [head, [body], rows, flags, nothing if finished else []]
    return "---\n".join("".join(f"{line}\n" for line in part) for part in parts)


def _cell(value: Any) -> str:
    return "" if value is None else one_line(str(value)).replace("|", "/")
