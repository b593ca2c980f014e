"""One text that carries everything a coder needs: rules, examples, the ids of the case, numbered sentences, schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from headlong.case import Case
from headlong.reading.drafter.candidates import calendar_of, candidates_of
from headlong.reading.drafter.schema import answer_schema
from headlong.reading.text.sentences import Layout, Sentence

__all__ = ["Piece", "piece_request", "pieces_of", "tokens_in"]

LONGEST = 60
"""Sentences of one piece: an answer to more grows long, and models grow careless."""
BESIDE = 3
"""Sentences before a piece that are shown with it, for what "the town" and "he" mean."""


@dataclass(frozen=True)
class Piece:
    """A part of a text that one request is about.

    Parameters
    ----------
    layout : Layout
        The whole text.
    sentences : tuple of Sentence
        What is to be coded.
    before : tuple of Sentence
        What is only shown.
    number, of : int
        Which piece, of how many.
    """

    layout: Layout
    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()
    number: int = 1
    of: int = 1


def pieces_of(layout: Layout, longest: int = LONGEST) -> list[Piece]:
    """Cut a text into pieces of whole sentences, of about one length, at the ends of paragraphs where it can be."""
    sentences = layout.sentences
    count = -(-len(sentences) // longest)
    cuts, at = [0], 0
    for left in range(count, 1, -1):
        at += -(-(len(sentences) - at) // left)
        back = next((k for k in range(at, max(cuts[-1], at - 8), -1) if _new_paragraph(sentences, k)), at)
        at = back if back > cuts[-1] else at
        cuts.append(at)
    cuts.append(len(sentences))
    parts = [part for part in pairwise(cuts) if part[0] < part[1]]
    return [
        Piece(layout, tuple(sentences[a:b]), tuple(sentences[max(0, a - BESIDE) : a]), n, len(parts))
        for n, (a, b) in enumerate(parts, 1)
    ]


def _new_paragraph(sentences: Sequence[Sentence], at: int) -> bool:
    return sentences[at].paragraph != sentences[at - 1].paragraph


@cache
def _coding(name: str) -> str:
    return (files("headlong.reading.drafter") / "coding" / name).read_text("utf-8").strip()


def piece_request(piece: Piece, case: Case, published: date) -> str:
    """Return the request for one piece of a text."""
    head = f"published {published:%A} {published.isoformat()}"
    schema = json.dumps(answer_schema(), separators=(",", ":"))
    return "\n\n".join(
        [
            _coding("rules.md"),
            _coding("examples.md"),
            candidates_of(case, published),
            calendar_of(published),
            f"# THE TEXT ({head})\n\n{_numbered(piece)}",
            _coding("ending.md"),
            f"JSON schema of the answer:\n{schema}\n",
        ]
    )


def _numbered(piece: Piece) -> str:
    lines = []
    if piece.layout.headline:
        lines.append(f"[0] {piece.layout.headline}")
    if piece.layout.dateline and piece.number == 1:
        lines.append(f"(the text opens with, not to be coded: {piece.layout.dateline.rstrip(' -:')})")
    if piece.of > 1:
        lines.append(f"(part {piece.number} of {piece.of} of a long text)")
    paragraph = -1
    for sentence in piece.before:
        lines.append(f"(before, not to be coded: {sentence.text})")
    for sentence in piece.sentences:
        lines += [""] * (sentence.paragraph != paragraph)
        paragraph = sentence.paragraph
        lines.append(f"[{sentence.number}] {sentence.text}")
    return "\n".join(lines)


def tokens_in(text: str) -> int:
    """Return about how many tokens a text is: 3.6 letters each, and one for each of other scripts."""
    foreign = sum(ord(c) > 0x24F for c in text)
    return (len(text) - foreign) * 5 // 18 + foreign
