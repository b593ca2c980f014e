"""The log of a review that has not come to its end: what was decided, so that the same command goes on from there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from headlong.errors import BadRequest
from headlong.files import write_text

__all__ = ["ReviewLog"]

SCHEMA = "headlong-review/1"


class ReviewLog:
    """Decisions on offers, each under a hash of its text and of what was offered.

    Parameters
    ----------
    path
        The file; it need not be there.
    about
        What the review is of beside its texts: case, day of publication.
    names, raws
        The texts, by name and as they are.
    anew
        Whether what is kept is left aside.
    force
        Whether a log of another review is left aside.

    Raises
    ------
    BadRequest
        What is there is no such log, or one of other texts.
    """

    def __init__(
        self,
        path: Path,
        about: Sequence[str],
        names: Sequence[str],
        raws: Sequence[bytes],
        *,
        anew: bool = False,
        force: bool = False,
    ) -> None:
        self.path, self.about = path, list(about)
        self.texts = [[name, sha256(raw).hexdigest()] for name, raw in zip(names, raws, strict=True)]
        self.decided: dict[str, str] = {}
        self.wrote: dict[str, list[str]] = {}
        self.seen: Counter[str] = Counter()
        if not anew and path.is_file():
            try:
                self._read()
            except BadRequest:
                if not force:
                    raise

    def key_of(self, text: int, offered: Any) -> str:
        """Name of an offer: the same for the same row of the same text, the second of two that are alike apart."""
        said = json.dumps([self.texts[text][1], text, offered], sort_keys=True, default=str)
        self.seen[said] += 1
        return sha256(f"{said} {self.seen[said]}".encode()).hexdigest()[:20]

    def decide(self, key: str, answer: str) -> None:
        """Keep one decision at once."""
        self.decided[key] = answer
        self._write()

    def note(self, file: Path, text: str) -> None:
        """Keep what a file is about to hold, so that the next run knows it for its own."""
        before = self.wrote.get(file.name, [])[-1:]  # it still holds that, if all ends before it is written
        self.wrote[file.name] = [*before, sha256(text.encode()).hexdigest()]
        self._write()

    def knows(self, file: Path) -> bool:
        """Say whether a file holds what this review wrote into it."""
        try:
            return file.is_file() and sha256(file.read_bytes()).hexdigest() in self.wrote.get(file.name, ())
        except OSError:
            return False

    def _write(self) -> None:
        kept = {
            "schema": SCHEMA,
            "about": self.about,
            "texts": self.texts,
            "wrote": self.wrote,
            "decided": self.decided,
        }
        write_text(self.path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")

    def _read(self) -> None:
        again = "Name another --out FILE, or begin afresh with --anew, which drops it."
        try:
            kept = json.loads(self.path.read_bytes())
            if kept["schema"] != SCHEMA:
                raise ValueError("another schema")
            decided = {str(key): str(answer) for key, answer in kept["decided"].items()}
            wrote = {str(name): [str(one) for one in hashes] for name, hashes in kept["wrote"].items()}
            of = (kept["about"], kept["texts"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise BadRequest(f"'{self.path}' is no log of a review, or damaged. {again}") from None
        if of != (self.about, self.texts):
            raise BadRequest(
                f"'{self.path}' keeps a review of other texts, another case or day that was stopped. {again}"
            )
        self.decided, self.wrote = decided, wrote
