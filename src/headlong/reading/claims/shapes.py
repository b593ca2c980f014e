"""Shapes of what is read of a text, for the terminal, ``--json`` and review: the type checker finds a renamed key."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Field = Literal[
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
    "words",
    "note",
]
"""A column that every draft has."""

BEYOND = "not read: beyond"
"""How the reason begins of sentences that are too many to be read."""


Flag = tuple[str, tuple[int, ...], str]
"""A warning as it is found: its kind, its sentences, a note."""


class DraftCells(TypedDict):
    """One draft report; `to` is of displaced people, `mended` and `rules` of a model's rows."""

    sentence: int
    event_date: str
    place: str
    claim: str
    side: str
    leader: str
    count: int | None
    polarity: str
    source_class: str
    verification: str
    interest: str
    words: str
    note: str
    drafter: NotRequired[str]
    to: NotRequired[str]
    mended: NotRequired[str]
    rules: NotRequired[str]


class FlagEntry(TypedDict):
    """A warning about sentences."""

    kind: str
    sentences: list[int]
    note: str
    drafter: NotRequired[str]


class Skipped(TypedDict):
    """A sentence that gave no row, and why."""

    sentence: int
    why: str


class Failure(TypedDict):
    """What did not pass the checks, why, and how it came."""

    what: str
    why: str
    came: dict[str, str]


class SecondOpinion(TypedDict):
    """What the rules alone read."""

    reports: list[DraftCells]
    flags: list[FlagEntry]


class Draft(TypedDict):
    """What is read of a text; a model's draft has what failed the checks and the rules' second opinion, too."""

    reports: list[DraftCells]
    displaced: list[DraftCells]
    flags: list[FlagEntry]
    skipped: list[Skipped]
    unread: list[int]
    failed: NotRequired[list[Failure]]
    second_opinion: NotRequired[SecondOpinion]
