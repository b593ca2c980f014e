"""A person goes through drafts in the terminal; each decision is kept as it is made, at the end as drafts and gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from headlong.cli.outputs import check_replacing
from headlong.cli.review_log import ReviewLog
from headlong.errors import BadRequest
from headlong.files import write_text
from headlong.text import many

if TYPE_CHECKING:
    from headlong.case import Case
    from headlong.reading.claims.shapes import Draft

__all__ = ["Decisions", "gold_names"]

ASKED = "[a]ccept, [e]dit, [r]eject, [q]uit and reject the rest"
PART = "unfinished"
"""In the names of files that hold a review which has not come to its end."""


class Decisions:
    """What a person decides on the drafts of some texts, and the files that keep it.

    What is there already, the table and the gold of an earlier review, is replaced only by what is finished. A review
    that was stopped goes on: its log says what was decided, and what it wrote.

    Parameters
    ----------
    texts
        Names of the texts, and what they hold.
    case, published
        As for reading.
    out
        Where the drafts will be written; the gold goes beside it.
    force
        Whether files that are there may be replaced.
    anew
        Whether a review that was stopped is left aside.

    Raises
    ------
    click.UsageError, BadRequest
        A file that will be written is there, or its name is too long, or there is a log of another review.
    """

    def __init__(
        self,
        texts: list[tuple[str, bytes]],
        case: Case,
        published: str,
        out: Path,
        *,
        force: bool = False,
        anew: bool = False,
    ) -> None:
        self.names, self.case, self.published, self.out = [n for n, _ in texts], case, published, out
        self.golds = gold_names(out, self.names)
        self.part = out.with_name(f"{out.stem}.{PART}{out.suffix}")
        raws = [raw for _, raw in texts]
        log = out.with_name(f"{out.stem}.{PART}.json")
        self.log = ReviewLog(log, [case.id, published], self.names, raws, anew=anew, force=force)
        parts = [] if anew else [self.part, *map(_part_of, self.golds)]
        files = [file for file in [*self.golds, *parts] if not self.log.knows(file)]
        check_replacing("--review", files if log.is_file() else [*files, log], force)
        self.anew, self.taken = anew, 0
        self.done: list[tuple[str, Draft]] = []
        self.files: dict[Path, None] = {}
        self.count = 0

    def review_all(self, texts: list[tuple[bytes, Draft]]) -> list[tuple[str, Draft]]:
        """Walk a person through all texts; if that is stopped, say where what was decided lies.

        Parameters
        ----------
        texts
            Each text, and what was read of it.
        """
        try:
            for raw, found in texts:
                self._review(raw, found)
            self._write(self.out, self._table(self.done))
            self._drop(self.part)
            self.log.path.unlink(missing_ok=True)
            self._tell_taken()
        except (click.Abort, KeyboardInterrupt, BadRequest):
            self._tell()
            raise
        return self.done

    def _review(self, raw: bytes, found: Draft) -> None:
        """Walk a person through the rows and flags of one text, and keep the outcome."""
        from headlong.reading.drafter.review import Review, gold_text

        number = len(self.done)
        name, gold = self.names[number], self.golds[number]
        walk = Review(raw, found, self.case, self.published)
        for offer in walk.offers():
            key = self.log.key_of(number, [offer.row, offer.flag, offer.default])
            answer = self.log.decided.get(key)
            if answer is not None and _apply(walk, offer, answer):
                self.taken += 1
            else:
                self._tell_taken()
                click.echo("")
                click.echo("\n".join(offer.lines))
                answer = _decide(walk, offer)
                self.log.decide(key, answer)
            if answer == "q":
                break
            so_far = walk.result()
            self._write(_part_of(gold), gold_text(raw, so_far, self.case, self.published, finished=False))
            self._write(self.part, self._table([*self.done, (name, so_far)]))
            self.count += 1
        self._write(gold, gold_text(raw, walk.result(), self.case, self.published))
        self._drop(_part_of(gold))
        self.done.append((name, walk.result()))
        click.echo(f"\nKept as gold: {gold}.")

    def _table(self, texts: list[tuple[str, Draft]]) -> str:
        from headlong.reading.output.draft_table import table_of_texts

        return table_of_texts(texts, self.case, self.published, reviewed=True)

    def _write(self, file: Path, text: str) -> None:
        self.log.note(file, text)
        write_text(file, text)
        self.files[file] = None

    def _drop(self, file: Path) -> None:
        """Take away what a finished file has replaced; what an earlier review left goes with --anew only."""
        if file in self.files or self.anew:
            file.unlink(missing_ok=True)
            self.files.pop(file, None)

    def _tell(self) -> None:
        """Say what is kept of a review that was stopped."""
        if not self.files:
            click.echo("\nNo decision is kept yet; nothing was written.", err=True)
            return
        files = ", ".join(map(str, [*self.files, self.log.path]))
        click.echo(
            f"\n{many(self.count, 'decision')} kept in {files}. The same command goes on from there; with --anew it "
            "begins afresh.",
            err=True,
        )

    def _tell_taken(self) -> None:
        """Say once how many decisions were taken over, before the first that is new."""
        if self.taken:
            click.echo(f"{many(self.taken, 'decision')} taken over from {self.log.path}.", err=True)
            self.taken = 0


def gold_names(out: Path, names: list[str]) -> list[Path]:
    """Name the gold of each text, beside the drafts; texts whose names differ in no more than their ends are numbered.

    Parameters
    ----------
    out
        File of the drafts.
    names
        Names of the texts.
    """
    found: dict[str, Path] = {}
    for name in names:
        gold, number = f"{out.stem}.{Path(name).stem}.gold.txt", 1
        while gold.casefold() in found:
            number += 1
            gold = f"{out.stem}.{Path(name).stem}-{number}.gold.txt"
        found[gold.casefold()] = out.with_name(gold)
    return list(found.values())


def _part_of(gold: Path) -> Path:
    return gold.with_name(f"{gold.name.removesuffix('.gold.txt')}.{PART}.txt")


def _apply(walk: Any, offer: Any, answer: str) -> bool:
    """Do what was decided on an offer; false where it cannot be done."""
    if answer.startswith("e "):
        return not walk.edit(offer, answer[2:])
    if answer in ("a", "r"):
        walk.decide(offer, answer == "a")
    return answer in ("a", "r", "q")


def _decide(walk: Any, offer: Any) -> str:
    """Ask about one offer until there is a decision, and do it."""
    while True:
        answer = click.prompt(ASKED, default=offer.default, show_default=True).strip()
        verb, _, rest = answer.partition(" ")
        verb = verb.lower()[:1]
        if verb == "q" or (verb in ("a", "r") and not rest):
            _apply(walk, offer, verb)
            return verb
        if verb == "e":
            changes = rest or click.prompt(
                "field=value, several apart by ';' (e.g. side=taliban; claim=entered)"
            )
            why = walk.edit(offer, changes)
            if not why:
                click.echo("\n".join(offer.lines))
                return f"e {changes}"
            click.echo(f"Not so: {why}")
            continue
        click.echo("a, e, r or q; 'e side=taliban; claim=entered' edits at once.")
