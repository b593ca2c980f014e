"""What came back, from an endpoint or by hand: the JSON in it, whatever stands around it, as rows and flags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Answer", "NoAnswer", "answer_in"]

LONGEST = 4_000_000
"""Characters of an answer that are looked at."""
STARTS = 2000
"""Braces at which a JSON object is sought."""
KEYS = ("rows", "flags", "nothing")
INNER = re.compile(r'(?<![{\[,:\\\s])"(?!\s*(?:[:}\]]|\Z|,\s*["{\[\d]))|(?<=\w )"(?=\w)')
"""Quotation marks inside a string that nobody escaped."""


class NoAnswer(Exception):
    """There is no usable JSON; the message says what there is instead."""


@dataclass
class Answer:
    """Rows, flags and skipped sentences as they came; ``broken`` says where an answer breaks off.

    Parameters
    ----------
    rows, flags, nothing : list
        Whatever stood there; not checked yet.
    broken : str
        What is missing, or nothing.
    """

    rows: list[Any] = field(default_factory=list)
    flags: list[Any] = field(default_factory=list)
    nothing: list[Any] = field(default_factory=list)
    broken: str = ""


def answer_in(text: str) -> Answer:
    """Return the answer in a text: its last whole JSON object with rows, fences and chatter left aside.

    Parameters
    ----------
    text
        What an assistant wrote.

    Raises
    ------
    NoAnswer
        If there is no such object.
    """
    text = text[:LONGEST].lstrip("\ufeff")
    found = [value for value in _objects(text) if _is_answer(value)]
    if found:
        value = found[-1]
        if isinstance(value, list):
            return Answer(rows=value)
        rows, flags, nothing = (value[key] if isinstance(value.get(key), list) else [] for key in KEYS)
        return Answer(rows, flags, nothing)
    rescued = _rescued(text)
    if rescued is not None:
        return rescued
    said = " ".join(text.split())
    raise NoAnswer(f"no JSON object with rows in it: '{said[:150]}'" if said else "an empty answer")


def _is_answer(value: Any) -> bool:
    if isinstance(value, dict):
        return isinstance(value.get("rows"), list)
    return (
        isinstance(value, list) and bool(value) and all(isinstance(v, dict) and "claim" in v for v in value)
    )


def _objects(text: str) -> Iterator[Any]:
    """Yield the outermost JSON values of a text, mended where commas are left over."""
    decoder = json.JSONDecoder(strict=False)
    at, tried = 0, 0
    mended = re.sub(r",(?=\s*[}\]])", "", text)
    sources = dict.fromkeys((text, mended, INNER.sub(lambda mark: '\\"', mended)))
    for source in sources:
        at, seen = 0, False
        while tried < STARTS and (start := _next_start(source, at)) >= 0:
            tried += 1
            try:
                value, at = decoder.raw_decode(source, start)
            except (ValueError, RecursionError):
                at = start + 1
                continue
            seen = seen or _is_answer(value)
            yield value
        if seen:
            return


def _next_start(text: str, at: int) -> int:
    found = re.compile(r"[{\[]").search(text, at)
    return found.start() if found else -1


def _rescued(text: str) -> Answer | None:
    """Return the whole rows of an answer that breaks off."""
    start = text.rfind('"rows"')
    if start < 0:
        return None
    decoder = json.JSONDecoder(strict=False)
    answer = Answer(
        broken="the answer breaks off; what was whole is kept. Ask for the rest, or for fewer sentences"
    )
    lists = {"sentence": answer.rows, "kind": answer.flags}
    at = start
    while (at := text.find("{", at)) >= 0:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        name = next((key for key in lists if key in value), "") if isinstance(value, dict) else ""
        (answer.nothing if "why" in value else lists.get(name, [])).append(value)
    return answer if answer.rows else None
